// The player, frame by frame, and the swarm that it plays.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Player, stepsAfter } from "../../d2lmini/lab/js/lab/player.js";
import { SEEDS } from "../../d2lmini/lab/js/lab/swarm.js";
import { Trial } from "../../d2lmini/lab/js/lab/trial.js";
import { Walk } from "../../d2lmini/lab/js/lab/walk.js";
import { KnownTimes, small, withDefaults } from "./small_problem.mjs";

/** Frames that a test draws when it wants to. */
function fakeFrames() {
  /** @type {Map<number, (milliseconds: number) => void>} */
  const waiting = new Map();
  let count = 0;
  return {
    request(/** @type {(milliseconds: number) => void} */ draw) {
      waiting.set(count, draw);
      return count++; // the first id is falsy
    },
    cancel: (/** @type {number} */ id) => void waiting.delete(id),
    draw(/** @type {number} */ milliseconds) {
      const now = [...waiting.values()];
      waiting.clear();
      for (const draw of now) draw(milliseconds);
    },
    pending: () => waiting.size,
  };
}

/** @param {number} planned */
function makePlayer(planned) {
  const frames = fakeFrames();
  /** @type {number[]} */
  const shown = [];
  const begin = () => ({
    steps: 0,
    planned,
    get done() {
      return this.steps >= planned;
    },
    advance(/** @type {number} */ steps) {
      this.steps = Math.min(planned, this.steps + steps);
    },
  });
  let changes = 0;
  const player = new Player({
    start: begin,
    show: (/** @type {{ steps: number }} */ { steps }) => void shown.push(steps),
    changed: () => {
      changes += 1;
    },
    frames,
  });
  return { player, frames, shown, changes: () => changes };
}

/**
 * Draw frames of 1/60 s until playing ends; return how many seconds that took.
 *
 * @param {ReturnType<typeof makePlayer>} made
 */
function playToEnd({ player, frames }) {
  player.play();
  let milliseconds = 1000;
  for (; player.playing && milliseconds < 60000; milliseconds += 1000 / 60) {
    frames.draw(milliseconds);
  }
  return milliseconds / 1000 - 1;
}

test("a run is played frame by frame, paused and continued", () => {
  const { player, frames, shown, changes } = makePlayer(4);
  player.play();
  assert.ok(player.playing && player.underway);
  for (const milliseconds of [100, 110, 400, 620, 640, 1130]) frames.draw(milliseconds);
  assert.deepEqual(shown, [0, 1, 2]); // each step by itself
  player.pause();
  assert.equal(frames.pending(), 0);
  assert.ok(player.underway && !player.playing);
  player.step();
  assert.deepEqual(shown, [0, 1, 2, 3]);
  const before = changes();
  player.play();
  frames.draw(9000);
  frames.draw(9510);
  assert.equal(shown.at(-1), 4);
  assert.ok(!player.playing && !player.underway && frames.pending() === 0);
  assert.equal(changes(), before + 2); // it began, it ended
});

test("what plays can be paused, however often it was started", () => {
  const { player, frames, shown } = makePlayer(100);
  player.play();
  frames.draw(0);
  player.play();
  player.play();
  frames.draw(20);
  assert.equal(frames.pending(), 1);
  player.pause();
  const seen = shown.length;
  for (const milliseconds of [40, 2000, 4000]) frames.draw(milliseconds);
  assert.equal(shown.length, seen);
  assert.ok(!player.playing);
});

test("a step after the end begins another run, and a stop forgets it", () => {
  const { player, frames, shown } = makePlayer(4);
  for (const _ of [1, 2, 3, 4, 5]) player.step();
  assert.deepEqual(shown, [1, 2, 3, 4, 1]);
  player.play();
  player.stop();
  assert.ok(!player.underway && !player.playing && frames.pending() === 0);
  player.step();
  assert.equal(shown.at(-1), 1);
});

test("a run of two full gradients lasts long enough to be seen, step by step", () => {
  const made = makePlayer(2);
  assert.ok(playToEnd(made) >= 1);
  assert.deepEqual(made.shown, [0, 1, 2]);
});

test("runs with more steps take longer, none longer than about eight seconds", () => {
  const seconds = [1, 2, 10, 300, 30000].map((planned) => playToEnd(makePlayer(planned)));
  assert.deepEqual(
    seconds,
    [...seconds].sort((a, b) => a - b),
  );
  assert.ok(seconds[0] >= 0.5 && seconds[4] <= 8.1);
  const made = makePlayer(300);
  playToEnd(made);
  assert.deepEqual(made.shown, [...Array(301).keys()]); // so few that each is drawn by itself
});

test("few steps are shown slowly, many within some seconds", () => {
  assert.equal(stepsAfter(0.4, 2), 0);
  assert.equal(stepsAfter(0.6, 2), 1);
  assert.ok(stepsAfter(1, 300) <= 60); // no more than one a frame
  assert.ok(stepsAfter(8, 60000) >= 60000);
});

test("a walk takes all seeds from the start to the end that was trained, each step drawn", () => {
  const trial = new Trial(small, withDefaults({ batch_size: 16, start_up: 0.5 }), new KnownTimes());
  for (const _ of trial.swarm.fill());
  let drawn = 0;
  const walk = new Walk(trial, (from, to) => {
    drawn += 1;
    assert.equal(from.length, SEEDS);
    assert.equal(to.length, SEEDS);
    assert.notDeepEqual(from[7], to[7]);
  });
  const start = [...walk.positions[0]];
  assert.ok(walk.positions.every((w) => String([...w]) === String(start)));
  assert.deepEqual([start.indexOf(0.5), start.filter(Boolean).length], [4, 1]);
  walk.advance(3);
  assert.deepEqual([walk.steps, walk.expectation.steps, drawn], [3, 3, 3]);
  walk.advance(1000);
  assert.ok(walk.done);
  assert.equal(walk.steps, walk.planned);
  assert.equal(walk.expectation.point.total, trial.expected.end.point.total);
  assert.deepEqual(
    walk.positions.map(String),
    trial.swarm.runs.map(({ w }) => String(w)),
  );
});

test("a walk that began before all seeds were trained has all of them", () => {
  const trial = new Trial(small, withDefaults({ batch_size: 1 }), new KnownTimes());
  assert.ok(trial.swarm.runs.length < SEEDS);
  assert.equal(new Walk(trial, () => {}).positions.length, SEEDS);
});
