// The player, frame by frame.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Player } from "../../d2lmini/lab/js/player.js";
import { begin } from "../../d2lmini/lab/js/run.js";
import { DEFAULTS } from "../../d2lmini/lab/js/settings.js";
import { small } from "./small_problem.mjs";

/** Frames that a test draws when it wants to. */
function fakeFrames() {
  /** @type {((milliseconds: number) => void) | null} */
  let next = null;
  return {
    request(/** @type {(milliseconds: number) => void} */ draw) {
      next = draw;
      return 0; // a valid id, although it is falsy
    },
    cancel() {
      next = null;
    },
    draw: (/** @type {number} */ milliseconds) => next?.(milliseconds),
    pending: () => next !== null,
  };
}

function makePlayer() {
  const frames = fakeFrames();
  /** @type {number[]} */
  const shown = [];
  const settings = { ...DEFAULTS, batch_size: 60, num_epochs: 4 };
  const player = new Player({
    start: () => ({ run: begin(small, settings), planned: 4 }),
    show: (run) => void shown.push(run.steps),
    changed: () => {},
    frames,
  });
  return { player, frames, shown };
}

test("a run is played frame by frame, paused and continued", () => {
  const { player, frames, shown } = makePlayer();
  player.play();
  assert.ok(player.playing && player.underway);
  for (const milliseconds of [100, 110, 400, 620, 640, 1130]) frames.draw(milliseconds);
  assert.deepEqual(shown, [0, 1, 2]); // each step by itself
  player.pause();
  assert.ok(!frames.pending());
  assert.ok(player.underway);
  player.step();
  assert.deepEqual(shown, [0, 1, 2, 3]);
  player.play();
  frames.draw(9000);
  frames.draw(9510);
  assert.equal(shown.at(-1), 4);
  assert.ok(!player.playing && !player.underway && !frames.pending());
});

test("a step after the end begins another run, and a stop forgets it", () => {
  const { player, frames, shown } = makePlayer();
  for (const _ of [1, 2, 3, 4, 5]) player.step();
  assert.deepEqual(shown, [1, 2, 3, 4, 1]);
  player.play();
  player.stop();
  assert.ok(!player.underway && !player.playing && !frames.pending());
  player.step();
  assert.equal(shown.at(-1), 1);
});
