// Runs: their paths, the time of a step, and the kernel.
import assert from "node:assert/strict";
import { test } from "node:test";
import { connectKernel } from "../../d2lmini/lab/js/kernel.js";
import { stepsAfter } from "../../d2lmini/lab/js/player.js";
import { begin, plannedSteps } from "../../d2lmini/lab/js/run.js";
import { DEFAULTS } from "../../d2lmini/lab/js/settings.js";
import { makeTiming } from "../../d2lmini/lab/js/timing.js";
import { advance } from "../../d2lmini/lab/js/training.js";
import { small } from "./small_problem.mjs";

/** @typedef {import("../../d2lmini/lab/js/settings.js").Settings} Settings */

/** A model as a widget has it, without a kernel: what is sent is kept. */
function fakeModel() {
  /** @type {any[]} */
  const sent = [];
  /** @type {Set<(message: any) => void>} */
  const listeners = new Set();
  return {
    sent,
    listeners,
    send: (/** @type {object} */ message) => void sent.push(message),
    on: (/** @type {string} */ _, /** @type {() => void} */ listener) =>
      void listeners.add(listener),
    off: (/** @type {string} */ _, /** @type {() => void} */ listener) =>
      void listeners.delete(listener),
    answer(/** @type {object} */ message) {
      for (const listener of listeners) listener(message);
    },
  };
}

test("only the answer to the latest request counts", () => {
  const model = fakeModel();
  /** @type {number[][]} */
  const curves = [];
  /** @type {string[]} */
  const failures = [];
  let ready = 0;
  const kernel = connectKernel(model, {
    ready: () => {
      ready += 1;
    },
    curve: (message) => curves.push(message.losses),
    failed: ({ message }) => failures.push(message),
  });
  model.answer({ kind: "ready" });
  assert.equal(ready, 1);
  const ask = (/** @type {number} */ lr) => {
    kernel.request({ ...DEFAULTS, lr });
    return model.sent[model.sent.length - 1];
  };
  const [first, second] = [ask(1), ask(2)];
  assert.notEqual(first.id, second.id);
  model.answer({ kind: "curve", id: first.id, losses: [1] });
  assert.deepEqual(curves, []);
  model.answer({ kind: "curve", id: second.id, losses: [2] });
  model.answer({ kind: "curve", id: second.id, losses: [2] });
  assert.deepEqual(curves, [[2]]);
  const third = ask(3);
  kernel.cancel();
  model.answer({ kind: "curve", id: third.id, losses: [3] });
  model.answer({ kind: "curve", losses: [3] });
  assert.deepEqual(curves, [[2]]);
  model.answer({ kind: "error", id: ask(4).id, message: "out of memory" });
  assert.deepEqual(failures, ["out of memory"]);
  kernel.close();
  assert.equal(model.listeners.size, 0);
});

/** A clock that shows whole milliseconds only; each look at it takes 0.3 ms. */
function coarseClock() {
  let looks = 0;
  return { now: () => Math.floor(0.3 * looks++) / 1000, looks: () => looks };
}

test("a step is timed for at least 30 ms, once for what changes its cost", () => {
  const clock = coarseClock();
  const timing = makeTiming(small, clock.now);
  const settings = { ...DEFAULTS, batch_size: 7 };
  assert.ok(!timing.isMeasured(settings) && timing.secondsPerStep(settings) > 0);
  let before = clock.looks();
  timing.measure(settings);
  assert.ok(clock.looks() - before >= 100); // 30 ms of this clock
  before = clock.looks();
  const cheap = [{ lr: 0.9 }, { momentum: 0.5 }, { seed: 4 }, { num_epochs: 9 }, { decay: true }];
  for (const same of cheap) {
    assert.ok(timing.isMeasured({ ...settings, ...same }));
    assert.equal(timing.secondsPerStep({ ...settings, ...same }), timing.secondsPerStep(settings));
  }
  for (const other of [{ batch_size: 8 }, { genie: true }, { replacement: true }]) {
    assert.ok(!timing.isMeasured({ ...settings, ...other }));
    timing.secondsPerStep({ ...settings, ...other });
  }
  assert.equal(clock.looks(), before);
});

test("a step is timed after a pause, for the latest settings only", ({ mock }) => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const timing = makeTiming(small, coarseClock().now);
  const [first, second] = [3, 4].map((batch_size) => ({ ...DEFAULTS, batch_size }));
  let done = 0;
  const count = () => {
    done += 1;
  };
  timing.measureWhenIdle(first, count);
  mock.timers.tick(150);
  timing.measureWhenIdle(second, count);
  mock.timers.tick(150);
  assert.equal(done, 0);
  mock.timers.tick(50);
  assert.deepEqual([done, timing.isMeasured(first), timing.isMeasured(second)], [1, false, true]);
  timing.measureWhenIdle(first, count);
  timing.cancel();
  timing.measureWhenIdle(second, count);
  mock.timers.tick(1000);
  assert.equal(done, 1);
});

test("the path has every step; of a very long run evenly spread ones, and the last", () => {
  const train = (/** @type {Partial<Settings>} */ settings) => {
    const run = advance(begin(small, { ...DEFAULTS, lr: 0.01, ...settings }, { path: true }));
    assert.ok(run.path);
    const { points, weights } = run.path;
    assert.deepEqual([...weights.slice(6 * points - 6, 6 * points)], [...run.w]);
    return { run, path: run.path };
  };
  const each = train({ batch_size: 1 });
  assert.deepEqual(each.path.steps, [...Array(121).keys()]);
  const long = train({ batch_size: 1, num_epochs: 101 });
  assert.equal(long.path.every, 3);
  assert.equal(long.path.steps[1], 3);
  assert.equal(long.path.steps.at(-1), 6060);
  const wild = train({ batch_size: 60, lr: 1e4, num_epochs: 20 });
  assert.ok(wild.run.steps < 20 && wild.path.steps.at(-1) === wild.run.steps);
  assert.equal(plannedSteps(small, { ...DEFAULTS, batch_size: 7, genie: true }), 36);
});

test("few steps are shown slowly, many within some seconds", () => {
  assert.equal(stepsAfter(0.4, 2), 0);
  assert.equal(stepsAfter(0.6, 2), 1);
  assert.ok(stepsAfter(1, 300) <= 60); // no more than one a frame
  assert.ok(stepsAfter(10, 60000) >= 60000);
});
