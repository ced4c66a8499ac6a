// The race: runners that really train, places, the pace of the clock, the guess, and the words.
import assert from "node:assert/strict";
import { test } from "node:test";
import CLOCK from "../../d2lmini/lab/js/clock.json" with { type: "json" };
import {
  chosenCost,
  decades,
  describeSource,
  formatShort,
} from "../../d2lmini/lab/js/clocks/clocks.js";
import { loss } from "../../d2lmini/lab/js/engine/problem.js";
import { begin } from "../../d2lmini/lab/js/engine/run.js";
import { StepTimes } from "../../d2lmini/lab/js/engine/timing.js";
import { advance } from "../../d2lmini/lab/js/engine/training.js";
import { withPlace } from "../../d2lmini/lab/js/race/guess.js";
import { raceTime, readerTime, speed } from "../../d2lmini/lab/js/race/pace.js";
import {
  endOf,
  LANES,
  nextStepAt,
  placesOf,
  progress,
  stepsAt,
  trainRunner,
} from "../../d2lmini/lab/js/race/runners.js";
import {
  describePace,
  describeRace,
  describeRunner,
  describeSteps,
  tableRows,
} from "../../d2lmini/lab/js/race/words.js";
import RACE from "../../d2lmini/lab/js/race.json" with { type: "json" };
import { madeUp } from "./race_problem.mjs";

const RULES = { copies: 1, seed: 3, finish: 0.27 };
const CHEAP_ROWS = { alpha: 1e-4, beta: 1e-9 };
const DEAR_ROWS = { alpha: 1e-9, beta: 1e-4 };

const runners = LANES.map((lane) => trainRunner(madeUp, lane, RULES));

test("a runner takes the steps of the engine, and stops at the finish", () => {
  const { losses, steps, arrives } = runners[1];
  assert.ok(arrives && losses[steps] <= 0.27 && losses[steps - 1] > 0.27);
  const settings = { batch_size: 10, lr: 0.05, seed: 3 };
  const run = advance(begin(madeUp, settings, { examples: Infinity, steps }));
  assert.equal(losses.length, steps + 1);
  assert.ok(Math.abs(losses[steps] - loss(madeUp, run.w)) < 1e-12);
});

test("copies cost the runner with all rows, and only this one", () => {
  const copied = LANES.map((lane) => trainRunner(madeUp, lane, { ...RULES, copies: 10 }));
  assert.deepEqual(
    copied.map(({ rows }) => rows),
    [1, 10, 100, 10 * madeUp.n],
  );
  assert.deepEqual(
    copied.map(({ losses }) => losses),
    runners.map(({ losses }) => losses),
  );
  assert.ok(endOf(copied[3], CHEAP_ROWS) > endOf(runners[3], CHEAP_ROWS));
  assert.equal(endOf(copied[2], CHEAP_ROWS), endOf(runners[2], CHEAP_ROWS));
});

test("a runner that does not get there gives up, and has no place", () => {
  const slow = trainRunner(madeUp, { name: "b = 100", b: 100, lr: 1e-9 }, RULES);
  assert.ok(!slow.arrives);
  assert.equal(slow.steps, 600);
  const all = [slow, ...runners.slice(1)];
  assert.equal(placesOf(all, CHEAP_ROWS)[0], 0);
  assert.match(
    describeRace(all, CHEAP_ROWS, [1, 2, 3, 4]),
    /b = 100 is not at the finish after 60,000 rows, and stops\./,
  );
  assert.match(describeRunner(slow, CHEAP_ROWS, 600, 0), /^not there after 600 × /);
});

test("the order of arrival turns over with the clock", () => {
  const cheap = placesOf(runners, CHEAP_ROWS);
  const dear = placesOf(runners, DEAR_ROWS);
  assert.equal(cheap[3], 1);
  assert.equal(cheap[0], 4);
  assert.equal(dear[3], 4);
  assert.deepEqual([...dear].sort(), [1, 2, 3, 4]);
});

test("the place in the lane is a share of the orders of magnitude", () => {
  const { s, floor } = madeUp;
  assert.ok(Math.abs(progress(madeUp, s / 2, 0.27)) < 1e-9);
  assert.ok(Math.abs(progress(madeUp, 0.27, 0.27) - 1) < 1e-9);
  const middle = floor + Math.sqrt((s / 2 - floor) * (0.27 - floor));
  assert.ok(Math.abs(progress(madeUp, middle, 0.27) - 0.5) < 1e-9);
  assert.equal(progress(madeUp, 9, 0.27), 0);
});

test("a step is taken when its time is over", () => {
  const step = 1e-4 + 10 * 1e-9;
  assert.equal(stepsAt(runners[1], CHEAP_ROWS, 2.99 * step), 2);
  assert.equal(stepsAt(runners[1], CHEAP_ROWS, 3 * step), 3);
  assert.equal(stepsAt(runners[1], CHEAP_ROWS, 1e9), runners[1].steps);
  assert.ok(Math.abs(endOf(runners[1], CHEAP_ROWS) - runners[1].steps * step) < 1e-12);
});

test("from one step to the next, one runner moves, and the words say which", () => {
  const cost = { alpha: 1e-4, beta: 1e-7 };
  let time = 0;
  const moves = Array.from({ length: 6 }, () => {
    const before = time;
    time = nextStepAt(runners, cost, before) * (1 + 1e-9);
    return describeSteps(runners, cost, [before, time]);
  });
  const expected = ["b = 1", "b = 10", "b = 100", "b = 1", "b = 10", "b = 100"];
  const steps = [1, 1, 1, 2, 2, 2];
  for (const [k, text] of moves.entries()) {
    assert.match(
      text,
      new RegExp(`^${expected[k]} took step ${steps[k]}: loss [\\d.]+(, at the finish)?\\.$`),
    );
  }
  const last = endOf(runners[3], cost);
  const end = describeSteps(runners, cost, [last * 0.999999, last * 1.000001]);
  assert.match(end, /all rows took step \d+: loss [\d.]+, at the finish\./);
  assert.equal(nextStepAt(runners, cost, 1e9), Infinity);
});

test("the words say how fast the clock is, and that it speeds up", () => {
  const clock = { time: 0.003, speed: 0.045, accelerates: false };
  assert.equal(describePace(clock), "clock: 3 ms; 1 s here = 45 ms");
  assert.match(describePace({ ...clock, accelerates: true }), /= 45 ms, speeding up$/);
});

test("the clock reaches the first arrival evenly, then accelerates without a jump", () => {
  assert.ok(Math.abs(raceTime(1.25, 8) - 4) < 1e-9);
  for (const time of [1, 8, 300, 8000]) {
    assert.ok(Math.abs(raceTime(readerTime(time, 8), 8) / time - 1) < 1e-9);
  }
  const [before, after] = [2.499, 2.501].map((seconds) => speed(seconds, 8));
  assert.ok(Math.abs(after / before - 1) < 0.01);
  assert.ok(speed(6, 8) > 3 * after);
});

test("a place is given once: lanes exchange, and the last one gets what is left", () => {
  assert.deepEqual(withPlace([0, 0, 0, 0], 2, 1), [0, 0, 1, 0]);
  assert.deepEqual(withPlace([4, 3, 0, 0], 2, 2), [4, 3, 2, 1]);
  assert.deepEqual(withPlace([4, 3, 2, 1], 0, 1), [1, 3, 2, 4]);
  assert.deepEqual(withPlace([4, 3, 2, 1], 0, 0), [0, 3, 2, 1]);
  assert.deepEqual(withPlace([0, 3, 0, 0], 1, 0), [0, 0, 0, 0]);
});

test("guess and result are shown together", () => {
  const places = placesOf(runners, CHEAP_ROWS);
  const names = [1, 2, 3, 4].map((place) => LANES[places.indexOf(place)].name).join(", ");
  const text = describeRace(runners, CHEAP_ROWS, places);
  assert.equal(text, `Order of arrival: ${names}. Your order: ${names}. 4 of 4 places are right.`);
  const wrong = withPlace(places, 0, places[1]);
  assert.match(describeRace(runners, CHEAP_ROWS, wrong), / 2 of 4 places are right\.$/);
  assert.match(describeRace(runners, CHEAP_ROWS, [0, 0, 0, 0]), /You made no guess\.$/);
  const row = tableRows(runners, CHEAP_ROWS, wrong)[3];
  assert.equal(row[0], "all rows");
  assert.equal(row[4], String(runners[3].steps));
});

test("the sliders of a clock reach both ends of the range in the table, and no further", () => {
  for (const { range } of [RACE.alpha, RACE.beta, CLOCK.alpha, CLOCK.beta]) {
    const values = decades(range);
    assert.deepEqual([values[0], values[values.length - 1]], range);
    assert.ok(values.every((value, k) => !k || value > values[k - 1]));
  }
  assert.deepEqual(decades([2, 20]), [2, 3, 5, 7, 10, 15, 20]);
});

test("a browser is timed for 30 ms at a time, in blocks after which the page answers", ({
  mock,
}) => {
  /** @type {(() => void)[]} */
  const waiting = [];
  mock.method(globalThis, "setTimeout", (/** @type {() => void} */ work) => waiting.push(work));
  let looks = 0;
  const times = new StepTimes(madeUp, () => Math.floor(0.3 * looks++) / 1000);
  let done = false;
  times.measureWhenIdle(() => {
    done = true;
  });
  assert.equal(looks, 0); // it waits
  const blocks = [];
  while (!done) {
    const before = looks;
    waiting.shift()?.();
    blocks.push(0.3 * (looks - before));
  }
  assert.ok(Math.max(...blocks) <= 13, `a block of ${Math.max(...blocks)} ms`);
  assert.equal(blocks.filter((block) => block > 9).length, 2 * 3 * 3);
});

test("a clock that ticks in milliseconds does not make a step seem longer", ({ mock }) => {
  /** @type {(() => void)[]} */
  const waiting = [];
  mock.method(globalThis, "setTimeout", (/** @type {() => void} */ work) => waiting.push(work));
  let now = 0;
  const coarse = () => {
    now += 0.00037;
    return Math.floor(now * 1000) / 1000;
  };
  const times = new StepTimes(madeUp, coarse);
  times.measureWhenIdle(() => {});
  while (!times.knownCost) {
    now += 0.01033; // the page has something else to do, until a time between two ticks
    waiting.shift()?.();
  }
  const run = 0.00037 / madeUp.n; // each look at the clock comes after a run of so many steps
  assert.ok(Math.abs((times.known(1) ?? 0) / run - 1) < 0.02);
});

test("a clock is recorded, chosen, or the browser's", () => {
  const now = (() => {
    let t = 0;
    return () => (t += 0.02);
  })();
  const times = new StepTimes(madeUp, now);
  const own = { clock: "your own", alpha: 5, beta: 2 };
  assert.deepEqual(chosenCost(own, times), { alpha: 5e-6, beta: 2e-9 });
  const browser = { ...own, clock: "this browser" };
  assert.equal(chosenCost(browser, times), null);
  times.measure(1);
  times.measure(madeUp.n);
  const timed = chosenCost(browser, times);
  assert.ok(timed && timed.alpha >= 0);
  assert.match(
    describeRunner(runners[0], { ...timed, alpha: 1.234e-6, beta: 0 }, 1, 1),
    /^1 step of 1\.2 µs$/,
  );
  const loader = chosenCost({ ...own, clock: "PyTorch, row-by-row loader" }, times);
  const arrays = chosenCost({ ...own, clock: "PyTorch, arrays" }, times);
  assert.ok(loader && arrays && loader.beta > 3 * arrays.beta);
  assert.match(describeSource("PyTorch, arrays"), /^Measured on \d{4}-/);
  assert.match(describeSource("a GPU (cited)"), /^From cited figures, not measured\..*https:/);
  assert.match(describeSource("128 workers (cited)"), /github\.com\/NVIDIA\/nccl/);
  assert.equal(describeSource("your own"), "Chosen by you.");
  assert.equal(formatShort(2.5e-8), "25 ns");
});
