// Runs: how long they are, what is expected of them, the swarm, the map, the kernel.
import assert from "node:assert/strict";
import { test } from "node:test";
import { loss } from "../../d2lmini/lab/js/engine/problem.js";
import { begin, diverged, finalLoss, plannedSteps } from "../../d2lmini/lab/js/engine/run.js";
import { StepTimes } from "../../d2lmini/lab/js/engine/timing.js";
import { advance } from "../../d2lmini/lab/js/engine/training.js";
import { budgetOf, secondsOf } from "../../d2lmini/lab/js/lab/budget.js";
import {
  CELLS,
  COLUMNS_OF_MAP,
  mapKey,
  positionIn,
  settingsOfCell,
  trainCells,
} from "../../d2lmini/lab/js/lab/cells.js";
import { codeOf } from "../../d2lmini/lab/js/lab/code.js";
import { Expectation, expectedAtEnd, expectedCurve } from "../../d2lmini/lab/js/lab/expected.js";
import { connectKernel } from "../../d2lmini/lab/js/lab/kernel.js";
import { computeLines, limitOf } from "../../d2lmini/lab/js/lab/lines.js";
import { walkFrom } from "../../d2lmini/lab/js/lab/map_keys.js";
import { noiseFloor } from "../../d2lmini/lab/js/lab/noise_floor.js";
import { BATCH_SIZES, LAB_DEFAULTS, RATES, startOf } from "../../d2lmini/lab/js/lab/settings.js";
import { SEEDS, Swarm } from "../../d2lmini/lab/js/lab/swarm.js";
import { Trial } from "../../d2lmini/lab/js/lab/trial.js";
import { COST, cost, KnownTimes, small, withDefaults } from "./small_problem.mjs";

/** @typedef {import("../../d2lmini/lab/js/lab/settings.js").LabSettings} LabSettings */

/** @param {Partial<LabSettings>} changes */
function trained(changes) {
  const settings = withDefaults({ lr: 0.01, ...changes });
  const budget = budgetOf(settings, small.n, cost);
  return advance(begin(small, settings, budget, { weights: startOf(settings) }));
}

/** All kinds of runs: with short last minibatches, with schedules, and of every budget. */
const KINDS = /** @type {Partial<LabSettings>[]} */ ([
  {},
  { batch_size: 1 },
  { batch_size: 7, num_epochs: 3 },
  { batch_size: 50 },
  { batch_size: 64 },
  { batch_size: 1500 },
  { batch_size: 5, grow: true, num_epochs: 3 },
  { batch_size: 7, decay: true, num_epochs: 3, momentum: 0.5 },
  { batch_size: 7, decay: true, grow: true, replacement: true, num_epochs: 3 },
  { batch_size: 50, copies: 3 },
  { batch_size: 100, copies: 2, num_epochs: 3, replacement: true },
  { batch_size: 12, budget: "steps", grow: true },
  { batch_size: 500, budget: "steps" },
  { batch_size: 9, budget: "time" },
  { batch_size: 1500, budget: "time", num_epochs: 5 },
]);

for (const kind of KINDS) {
  test(`the steps of a run are known before, and theory counts the same rows: ${JSON.stringify(kind)}`, () => {
    const run = trained(kind);
    assert.equal(plannedSteps(small.n, run.settings, run.budget), run.steps);
    const settings = withDefaults({ lr: 0.01, ...kind });
    const { points, end } = expectedCurve(small, settings, cost);
    assert.deepEqual(
      points.map(({ examples, steps }) => [examples, steps]),
      run.log.map(({ examples, steps }) => [examples, steps]),
    );
    assert.equal(end.steps, run.steps);
  });
}

test("budgets give all runs the same examples, steps or time", () => {
  const budget = (/** @type {Partial<LabSettings>} */ changes) =>
    budgetOf(withDefaults(changes), 1500, cost);
  assert.deepEqual(budget({ num_epochs: 3 }), { examples: 4500, steps: Infinity });
  const steps = { examples: Infinity, steps: 90 };
  assert.deepEqual(budget({ num_epochs: 3, budget: "steps", batch_size: 7 }), steps);
  assert.equal(secondsOf(2, 1500, COST), 300 * (2e-6 + 10 * 1e-7));
  for (const batch_size of [1, 10, 64, 1500]) {
    const seconds = budget({ budget: "time", batch_size }).steps * (2e-6 + 1e-7 * batch_size);
    const wanted = secondsOf(2, 1500, COST);
    assert.ok(seconds <= wanted * 1.000001 && seconds > wanted - (2e-6 + 1e-7 * batch_size));
  }
  assert.equal(budget({ budget: "time", batch_size: 10 }).steps, 300);
  const slow = budgetOf(withDefaults({ budget: "time", batch_size: 1500 }), 1500, () => ({
    alpha: 0,
    beta: 1e-3,
  }));
  assert.equal(slow.steps, 2);
  const never = () => assert.fail("the cost is measured for nothing");
  budgetOf(withDefaults({}), 1500, never);
});

test("a run in pieces is the run at once", () => {
  for (const kind of KINDS) {
    const whole = trained(kind);
    const { settings, budget } = whole;
    const inPieces = begin(small, settings, budget, { weights: startOf(withDefaults(kind)) });
    for (let steps = 1; !inPieces.done; steps = (steps % 5) + 1) advance(inPieces, steps);
    assert.deepEqual([...inPieces.w], [...whole.w]);
    assert.deepEqual(inPieces.log, whole.log);
  }
});

test("a log begins at the start, has about so many points, and ends at the end", () => {
  const run = trained({ batch_size: 1, num_epochs: 20 });
  assert.deepEqual(run.log[0], { examples: 0, steps: 0, loss: loss(small, new Float64Array(6)) });
  assert.ok(run.log.length > 120 && run.log.length <= 162);
  assert.deepEqual(run.log.at(-1), { examples: 1280, steps: 1280, loss: loss(small, run.w) });
  assert.equal(finalLoss(run), loss(small, run.w));
  const short = advance(begin(small, run.settings, run.budget, { logPoints: 8 }));
  assert.ok(short.log.length >= 8 && short.log.length <= 10);
});

test("the seed decides the rows and the usual start, and nothing else is random", () => {
  const settings = { batch_size: 4, lr: 0.05 };
  const budget = { examples: 128, steps: Infinity };
  const ends = [1, 1, 2].map((seed) => [...advance(begin(small, { ...settings, seed }, budget)).w]);
  assert.deepEqual(ends[0], ends[1]);
  assert.notDeepEqual(ends[0], ends[2]);
  const { w } = begin(small, { ...settings, seed: 3 }, budget);
  assert.equal(w[5], 0);
  assert.ok(w.slice(0, 5).every((value) => value !== 0 && Math.abs(value) < 0.05));
});

test("an epoch has every row once, with copies as often as there are copies", () => {
  for (const copies of [1, 3]) {
    const settings = { batch_size: 7, lr: 0.01, copies };
    const run = begin(small, settings, { examples: 64 * copies, steps: Infinity });
    advance(run);
    const counts = new Map();
    for (const row of run.order) counts.set(row, (counts.get(row) ?? 0) + 1);
    assert.equal(counts.size, 64);
    assert.ok([...counts.values()].every((count) => count === copies));
  }
});

test("a run whose loss grows ends early, and no number of it is undefined", () => {
  for (const [batch_size, num_epochs] of [
    [1, 20],
    [64, 20],
  ]) {
    const run = trained({ lr: 5, batch_size, num_epochs, budget: "steps" });
    assert.ok(diverged(run) && run.done);
    assert.ok(run.steps < run.budget.steps);
    assert.ok(run.log.every((point) => !Number.isNaN(point.loss)));
  }
  const settings = { batch_size: 1, lr: 1e80 };
  const far = advance(begin(small, settings, { examples: 1e5, steps: Infinity }));
  assert.equal(finalLoss(far), Infinity);
  assert.ok(diverged(far));
  assert.ok(!diverged(trained({})));
});

test("an expectation that diverges stays finite, and theory then stops", () => {
  const settings = withDefaults({ batch_size: 1, lr: 5, num_epochs: 20 });
  const { points, end } = expectedCurve(small, settings, cost);
  assert.ok(end.point.total > 1e6);
  for (const point of [...points, end.point]) {
    assert.ok(Number.isFinite(point.total) && Number.isFinite(point.noise));
  }
  const before = end.point;
  end.advance(100);
  assert.deepEqual(end.point, before);
});

test("what is expected is the mean of runs that draw with replacement", () => {
  const changes = { batch_size: 5, lr: 0.1, decay: true, num_epochs: 2, replacement: true };
  const settings = withDefaults({ ...changes, start_across: 0.7 });
  const swarm = new Swarm(small, settings, budgetOf(settings, small.n, cost), 3000);
  swarm.advance(1000);
  const excesses = swarm.runs.map((run) => finalLoss(run) - small.floor);
  const mean = excesses.reduce((a, b) => a + b) / 3000;
  const variance = excesses.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 2999;
  const expected = expectedAtEnd(small, settings, cost);
  assert.ok(Math.abs(mean - expected) < 3 * Math.sqrt(variance / 3000));
  const expectation = new Expectation(small, settings, { examples: 128, steps: Infinity });
  expectation.advance(26);
  assert.equal(expectation.point.total, expected);
});

test("the first of a swarm is the run of the settings, all others have other seeds", () => {
  const settings = withDefaults({ batch_size: 6, seed: 12 });
  const budget = budgetOf(settings, small.n, cost);
  const swarm = new Swarm(small, settings, budget);
  swarm.complete();
  assert.ok(swarm.atOnce >= 1 && swarm.atOnce <= SEEDS / 5);
  for (const _ of swarm.fill());
  assert.equal(swarm.runs.length, SEEDS);
  assert.equal(SEEDS, 200);
  assert.deepEqual(swarm.runs[0].log, trained({ batch_size: 6, seed: 12, lr: 0.05 }).log);
  assert.equal(new Set(swarm.runs.map(({ w }) => String(w))).size, SEEDS);
  assert.ok(swarm.done);
});

test("the area of a swarm has the asked shares of it below, also where runs diverged", () => {
  const settings = withDefaults({ batch_size: 6 });
  const swarm = new Swarm(small, settings, budgetOf(settings, small.n, cost));
  for (const _ of swarm.fill());
  const area = swarm.quantiles([0.1, 0.9]);
  assert.equal(area.length, swarm.runs[0].log.length);
  for (const [k, { examples, values }] of area.entries()) {
    assert.equal(examples, swarm.runs[0].log[k].examples);
    const losses = swarm.runs.map(({ log }) => log[k].loss - small.floor);
    assert.equal(losses.filter((value) => value < values[0]).length, k === 0 ? 0 : 20);
    assert.equal(losses.filter((value) => value > values[1]).length, k === 0 ? 0 : 20);
  }
  for (const run of swarm.runs.slice(1, 50)) run.log.length = 2; // these ended early
  const [low, high] = /** @type {{ values: number[] }} */ (swarm.quantiles([0.1, 0.9]).at(-1))
    .values;
  assert.ok(Number.isFinite(low) && high === Infinity);
});

test("a run takes alpha for each step and beta for each row", () => {
  const trial = new Trial(small, withDefaults({ batch_size: 8 }), new KnownTimes());
  assert.ok(Math.abs(/** @type {number} */ (trial.seconds) - 16 * 2e-6 - 128 * 1e-7) < 1e-15);
  const unknown = new Trial(small, withDefaults({}), new StepTimes(small, () => 0));
  assert.equal(unknown.seconds, null);
});

test("full gradients leave one point of the swarm, b = 1 a cloud", () => {
  const spreads = [1, 64].map((batch_size) => {
    const { swarm } = new Trial(small, withDefaults({ batch_size }), new KnownTimes());
    const ends = swarm.runs.map(({ w }) => w[0]);
    return Math.max(...ends) - Math.min(...ends);
  });
  assert.ok(spreads[0] > 0.01);
  assert.equal(spreads[1], 0);
});

// --- The map

test("every cell of the map is the end of the run of its settings", () => {
  const excess = new Float64Array(CELLS).fill(NaN);
  const settings = withDefaults({ momentum: 0.3, budget: "steps", num_epochs: 1, start_up: -0.5 });
  let calls = 0;
  for (const _ of trainCells(small, settings, cost, excess)) calls += 1;
  assert.equal(calls, CELLS);
  assert.equal(CELLS, BATCH_SIZES.length * RATES.length);
  assert.ok(excess.every((value) => !Number.isNaN(value)));
  assert.ok(excess.some((value) => value === Infinity));
  for (const cell of [0, 43, 44, 700, 1001, CELLS - 20, CELLS - 1]) {
    const { batch_size, lr } = settingsOfCell(cell);
    assert.equal(batch_size, BATCH_SIZES[Math.floor(cell / COLUMNS_OF_MAP)]);
    assert.equal(lr, RATES[cell % COLUMNS_OF_MAP]);
    const run = trained({ ...settings, batch_size, lr });
    const expected = diverged(run) ? Infinity : finalLoss(run) - small.floor;
    assert.equal(excess[cell], expected);
  }
});

test("the map is trained anew for what changes its cells, and for nothing else", () => {
  const key = mapKey(LAB_DEFAULTS);
  for (const same of [
    { batch_size: 7, lr: 0.1, axis: "time", split: true, pins: "b:1,lr:1" },
    { across: "chord", up: "bias" },
  ]) {
    assert.equal(mapKey({ ...LAB_DEFAULTS, .../** @type {object} */ (same) }), key);
  }
  for (const other of [
    { momentum: 0.1 },
    { budget: "time" },
    { num_epochs: 3 },
    { copies: 2 },
    { seed: 1 },
    { replacement: true },
    { decay: true },
    { grow: true },
    { start_up: 0.1 },
  ]) {
    assert.notEqual(mapKey({ ...LAB_DEFAULTS, .../** @type {object} */ (other) }), key);
  }
  const moved = withDefaults({ start_up: 0.1 });
  assert.notEqual(mapKey(moved), mapKey({ ...moved, up: "chord" }));
});

test("a value of an axis lies between its neighbours, never far outside", () => {
  for (const [k, value] of BATCH_SIZES.entries()) assert.equal(positionIn(BATCH_SIZES, value), k);
  for (const [k, value] of RATES.entries())
    assert.ok(Math.abs(positionIn(RATES, value) - k) < 1e-9);
  assert.ok(Math.abs(positionIn([1, 10, 100], Math.sqrt(1000)) - 1.5) < 1e-9);
  assert.deepEqual(
    [1e-9, 1e9].map((value) => positionIn([1, 10, 100], value)),
    [-0.5, 2.5],
  );
});

test("theory's lines: limits rise with the batch, the best rate lies below and is the best", () => {
  const lines = { limits: /** @type {number[]} */ ([]), best: /** @type {number[]} */ ([]) };
  const settings = withDefaults({ budget: "steps", num_epochs: 1, replacement: true });
  for (const _ of computeLines(small, settings, cost, lines));
  assert.equal(lines.limits.length, BATCH_SIZES.length);
  assert.equal(lines.best.length, BATCH_SIZES.length);
  for (const [k, batch_size] of BATCH_SIZES.entries()) {
    const { limits, best } = lines;
    assert.equal(limits[k], limitOf(small, { ...settings, batch_size }));
    if (batch_size <= small.n) assert.ok(limits[k] > (limits[k - 1] ?? 0));
    assert.ok(best[k] < limits[k]);
    const end = (/** @type {number} */ lr) =>
      expectedAtEnd(small, { ...settings, batch_size, lr }, cost);
    assert.ok(end(best[k]) < end(best[k] * 1.05));
    assert.ok(end(best[k]) < end(best[k] / 1.05));
  }
});

// --- The time of a step

/** A clock that shows whole milliseconds only; each look at it takes 0.3 ms. */
function coarseClock() {
  let looks = 0;
  return { now: () => Math.floor(0.3 * looks++) / 1000, looks: () => looks };
}

test("a step is timed three times for at least 12 ms, once for each batch size", () => {
  const clock = coarseClock();
  const times = new StepTimes(small, clock.now);
  assert.equal(times.known(7), undefined);
  let before = clock.looks();
  const seconds = times.measure(7);
  assert.ok(clock.looks() - before >= 120); // 36 ms of this clock
  assert.ok(seconds > 0);
  before = clock.looks();
  assert.equal(times.measure(7), seconds);
  assert.equal(times.known(7), seconds);
  assert.equal(times.known(8), undefined);
  assert.equal(clock.looks(), before);
});

test("the least of three times counts: what else a machine does only adds to it", () => {
  let looks = 0;
  let now = 0;
  const clock = () => {
    looks += 1;
    now += looks < 3 ? 1 : 0.01; // the first block is held up
    return now;
  };
  const slow = new StepTimes(small, () => {
    now += 1;
    return now;
  });
  assert.ok(new StepTimes(small, clock).measure(64) < slow.measure(64) / 50);
});

test("the cost of a step is the line through the smallest and the largest batch", () => {
  for (const [one, all, cost] of [
    [1.1e-6, 7.4e-6, { alpha: 1e-6, beta: 1e-7 }],
    [2e-6, 1e-6, { alpha: 2e-6, beta: 0 }], // never below nothing, however the clock erred
    [1e-7, 6.4e-6, { alpha: 0, beta: 1e-7 }],
  ]) {
    const times = new StepTimes(small, () => 0);
    times.measure = (batchSize) => /** @type {number} */ (batchSize === 1 ? one : all);
    const { alpha, beta } = times.cost();
    const wanted = /** @type {{ alpha: number, beta: number }} */ (cost);
    assert.ok(Math.abs(alpha - wanted.alpha) < 1e-15 && Math.abs(beta - wanted.beta) < 1e-15);
  }
});

test("the cost of a step is measured after a pause, and once", ({ mock }) => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const times = new StepTimes(small, coarseClock().now);
  let done = 0;
  const count = () => {
    done += 1;
  };
  times.measureWhenIdle(count);
  mock.timers.tick(150);
  times.measureWhenIdle(count);
  mock.timers.tick(150);
  assert.deepEqual([done, times.knownCost], [0, null]);
  mock.timers.tick(50);
  assert.equal(done, 1);
  assert.deepEqual(times.knownCost, times.cost());
  times.measureWhenIdle(count); // it is known already
  mock.timers.tick(1000);
  assert.equal(done, 1);
  const other = new StepTimes(small, coarseClock().now);
  other.measureWhenIdle(count);
  other.cancel();
  mock.timers.tick(1000);
  assert.deepEqual([done, other.knownCost], [1, null]);
});

test("the noise floor is where the expected loss stays", () => {
  for (const changes of [
    { batch_size: 1, lr: 0.1 },
    { batch_size: 5, lr: 0.3 },
    { batch_size: 5, lr: 0.1, momentum: 0.7 },
    { batch_size: 5, lr: 0.3, replacement: true, copies: 2 },
  ]) {
    const settings = withDefaults(changes);
    const expectation = new Expectation(small, settings, { examples: Infinity, steps: Infinity });
    expectation.advance(3000);
    const stays = expectation.point.total; // to the short minibatch at the end of an epoch
    const floor = noiseFloor(small, settings);
    assert.ok(floor > 0);
    assert.ok(Math.abs(floor / stays - 1) < 0.03, `${floor} ${stays}`);
  }
});

test("there is no noise floor above the limit, nor with a schedule; full gradients have 0", () => {
  const floor = (/** @type {Partial<LabSettings>} */ changes) =>
    noiseFloor(small, withDefaults({ batch_size: 4, ...changes }));
  const limit = limitOf(small, withDefaults({ batch_size: 4 }));
  assert.ok(floor({ lr: limit / 2 }) < floor({ lr: 0.9 * limit }));
  for (const none of [{ lr: 1.01 * limit }, { decay: true }, { grow: true }]) {
    assert.ok(Number.isNaN(floor(none)));
  }
  assert.equal(floor({ batch_size: small.n, lr: 0.2 }), 0);
  const began = performance.now();
  for (const share of [0.99, 0.999, 0.9999]) floor({ lr: share * limit });
  assert.ok(performance.now() - began < 300); // also close to the limit
});

test("a key walks along its axis, from between two values to the next one", () => {
  const between = { batch_size: 11, lr: 0.055 };
  assert.deepEqual(walkFrom(between, 1, 0), { batch_size: 11, lr: 0.06 });
  assert.deepEqual(walkFrom(between, -1, 0), { batch_size: 11, lr: 0.05 });
  assert.deepEqual(walkFrom(between, 0, 1), { batch_size: 12, lr: 0.055 });
  assert.deepEqual(walkFrom(between, 0, -1), { batch_size: 10, lr: 0.055 });
  assert.deepEqual(walkFrom(between, -Infinity, 0), { batch_size: 11, lr: 0.001 });
  assert.deepEqual(walkFrom({ batch_size: 10, lr: 0.05 }, 1, 0), { batch_size: 10, lr: 0.06 });
  const outside = { batch_size: 1, lr: 5 };
  assert.deepEqual(walkFrom(outside, 1, 0), outside);
  assert.deepEqual(walkFrom(outside, -1, -1), { batch_size: 1, lr: 2 });
  const low = { batch_size: 1, lr: 0.0001 };
  assert.deepEqual(walkFrom(low, -1, 0), low);
  assert.deepEqual(walkFrom(low, 1, 0), { batch_size: 1, lr: 0.001 });
});

// --- The code, and the kernel

/** @param {Partial<LabSettings>} changes */
function linesOf(changes) {
  const settings = withDefaults(changes);
  return codeOf(settings, budgetOf(settings, 1500, cost), 1500).split("\n");
}

test("the lines of Python have the numbers of the run", () => {
  assert.deepEqual(linesOf({}), [
    "for epoch in range(2):",
    "    order = rng.permutation(n)",
    "    for k in range(0, n, 10):",
    "        rows = order[k:k + 10]",
    "        w = w - 0.05 * X[rows].T @ (X[rows] @ w - y[rows]) / len(rows)",
  ]);
  const all = { batch_size: 4, momentum: 0.9, replacement: true, decay: true, grow: true };
  assert.deepEqual(linesOf(all), [
    "v = 0",
    "for epoch in range(2):",
    "    order = rng.integers(n, size=n)",
    "    for k in range(0, n, 4 * 10**epoch):",
    "        rows = order[k:k + 4 * 10**epoch]",
    "        v = 0.9 * v + X[rows].T @ (X[rows] @ w - y[rows]) / len(rows)",
    "        w = w - 0.05 / 10**epoch * v",
  ]);
});

test("the lines of Python end within an epoch where the run does", () => {
  assert.deepEqual(linesOf({ copies: 2, num_epochs: 3 }).slice(0, 3), [
    "for epoch in range(2):",
    "    order = rng.permutation(2 * n)[:4500 - epoch * 2 * n] % n",
    "    for k in range(0, len(order), 10):",
  ]);
  assert.deepEqual(linesOf({ budget: "steps", num_epochs: 1, batch_size: 1000 }).slice(0, 3), [
    "for epoch in range(15):", // 30 steps, of 1000 and 500 rows in turn
    "    order = rng.permutation(n)",
    "    for k in range(0, n, 1000):",
  ]);
});

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
  assert.deepEqual(model.sent, [{ kind: "hello" }]);
  model.answer({ kind: "ready" });
  assert.equal(ready, 1);
  const ask = (/** @type {number} */ lr) => {
    kernel.request(withDefaults({ lr }), 300);
    return model.sent[model.sent.length - 1];
  };
  const [first, second] = [ask(1), ask(2)];
  assert.notEqual(first.id, second.id);
  assert.deepEqual([second.settings.lr, second.steps], [2, 300]);
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
