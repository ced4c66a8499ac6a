// The training loop of the engine, step by step, against one that is written out here.
import assert from "node:assert/strict";
import { test } from "node:test";
import { loss } from "../../d2lmini/lab/js/engine/problem.js";
import { seededRandom } from "../../d2lmini/lab/js/engine/random.js";
import { begin } from "../../d2lmini/lab/js/engine/run.js";
import { advance } from "../../d2lmini/lab/js/engine/training.js";
import { small } from "./small_problem.mjs";

/** @import { Budget, RunSettings } from "../../d2lmini/lab/js/engine/settings.js" */

const { n, table } = small;
const START = [0.1, -0.2, 0.3, -0.4, 0.5, -0.6];
const UNLIMITED = { examples: Infinity, steps: Infinity };

/**
 * A run from fixed weights.
 *
 * @param {Partial<RunSettings>} settings
 * @param {Partial<Budget>} budget
 * @param {{ orders?: number[][], logPoints?: number }} [options]
 */
const beginRun = (settings, budget, options = {}) =>
  begin(
    small,
    { batch_size: 10, lr: 0.05, ...settings },
    { ...UNLIMITED, ...budget },
    { weights: START, ...options },
  );

/** `count` row indices, one after the other, from `first` on. */
const indices = (/** @type {number} */ count, first = 0) =>
  Array.from({ length: count }, (_, k) => (first + 7 * k) % n);

/**
 * The mean gradient of some rows, column by column.
 *
 * @param {number[]} rows
 * @param {number[]} w
 */
function gradientOf(rows, w) {
  const total = w.map(() => 0);
  for (const row of rows) {
    const x = [...table.slice(6 * row, 6 * row + 5), 1];
    const error = x.reduce((sum, value, k) => sum + value * w[k], -table[6 * row + 5]);
    x.forEach((value, k) => {
      total[k] += error * value;
    });
  }
  return total.map((value) => value / rows.length);
}

/** @param {ArrayLike<number>} found @param {number[]} wanted */
function close(found, wanted) {
  assert.equal(found.length, wanted.length);
  wanted.forEach((value, k) => {
    assert.ok(Math.abs(found[k] - value) < 1e-12, `${Array.from(found)} are not ${wanted}`);
  });
}

// --- A step

test("a step goes against the mean gradient of the next rows, with momentum", () => {
  const order = indices(n);
  const run = beginRun({ lr: 0.03, momentum: 0.7 }, { examples: 2 * n }, { orders: [order] });
  let w = START;
  let v = START.map(() => 0);
  for (let k = 0; k < 6; k++) {
    advance(run, 1);
    const gradient = gradientOf(order.slice(10 * k, 10 * k + 10), w);
    v = v.map((value, i) => 0.7 * value + gradient[i]);
    w = w.map((value, i) => value - 0.03 * v[i]);
    close(run.w, w);
    assert.deepEqual([run.steps, run.examples, run.next], [k + 1, 10 * k + 10, 10 * k + 10]);
  }
});

test("without momentum among the settings there is none", () => {
  const order = indices(n);
  const run = advance(beginRun({}, { steps: 2 }, { orders: [order] }));
  let w = START;
  for (const k of [0, 10]) {
    const gradient = gradientOf(order.slice(k, k + 10), w);
    w = w.map((value, i) => value - 0.05 * gradient[i]);
  }
  close(run.w, w);
});

test("the last minibatch of an epoch, and of the budget, is as short as what is left", () => {
  const counts = (/** @type {Partial<Budget>} */ budget) => {
    const run = beginRun({ batch_size: 25 }, budget);
    const seen = [];
    while (!run.done) {
      const before = run.examples;
      seen.push(advance(run, 1).examples - before);
    }
    return seen;
  };
  assert.equal(n, 64);
  assert.deepEqual(counts({ examples: 2 * n }), [25, 25, 14, 25, 25, 14]);
  assert.deepEqual(counts({ examples: n + 30 }), [25, 25, 14, 25, 5]);
  assert.deepEqual(counts({ steps: 5 }), [25, 25, 14, 25, 25]);
  assert.deepEqual(counts({ steps: 5, examples: 50 }), [25, 25]);
});

// --- Epochs

test("each epoch has its order, rate and batch size", () => {
  const orders = [indices(n), indices(n, 3), indices(n, 5)];
  const settings = { batch_size: 2, lr: 0.5, decay: true, grow: true };
  const run = beginRun(settings, { examples: 3 * n }, { orders });
  const seen = [];
  let w = START;
  while (!run.done) {
    const { examples } = run;
    advance(run, 1);
    const epoch = Math.floor(examples / n);
    const rows = orders[epoch].slice(examples % n, (examples % n) + (run.examples - examples));
    const gradient = gradientOf(rows, w);
    w = w.map((value, i) => value - run.lr * gradient[i]);
    close(run.w, w);
    seen.push(`${run.epoch} ${run.lr} ${run.batchSize} ${rows.length}`);
  }
  assert.deepEqual(
    [...new Set(seen)],
    ["1 0.5 2 2", "2 0.05 20 20", "2 0.05 20 4", "3 0.005 64 64"],
  );
});

// --- Rows

/** @param {Partial<RunSettings>} settings */
function rowsOf(settings, epochs = 3) {
  const run = beginRun({ batch_size: 7, ...settings }, { examples: epochs * n });
  /** @type {number[]} */
  const found = [];
  while (!run.done) {
    const before = run.next >= run.size ? 0 : run.next;
    advance(run, 1);
    found.push(...run.order.slice(before, run.next));
  }
  return Array.from({ length: epochs }, (_, k) => found.slice(k * n, (k + 1) * n));
}

const sorted = (/** @type {number[]} */ rows) => [...rows].sort((a, b) => a - b);

test("without replacement an epoch has each row once, and the epochs differ", () => {
  const [first, second, third] = rowsOf({});
  const all = indices(n).sort((a, b) => a - b);
  for (const epoch of [first, second, third]) assert.deepEqual(sorted(epoch), all);
  assert.notDeepEqual(first, all);
  assert.notDeepEqual(first, second);
  assert.notDeepEqual(second, third);
});

test("with replacement rows repeat, also where a step takes as many as there are", () => {
  for (const batch_size of [7, n]) {
    for (const epoch of rowsOf({ batch_size, replacement: true })) {
      assert.ok(new Set(epoch).size < 0.85 * n);
      assert.ok(new Set(epoch).size > 0.4 * n);
    }
  }
});

test("where a step takes all rows none is drawn: the random numbers are not used", () => {
  const run = advance(beginRun({ batch_size: n, seed: 3 }, { steps: 4 }));
  const random = seededRandom(3 * 2654435761 + 1);
  for (let k = 0; k < 10; k++) random(); // the start: two for each weight but the bias
  assert.equal(run.random(), random());
  assert.deepEqual([...run.order], sorted([...run.order]));
});

test("rows that are given are not drawn, with and without replacement", () => {
  for (const replacement of [false, true]) {
    const orders = [indices(n), indices(n, 1)];
    const run = beginRun({ replacement }, { examples: 2 * n }, { orders });
    advance(run, 7);
    assert.deepEqual([...run.order], orders[0]);
    advance(run);
    assert.deepEqual([...run.order], orders[1]);
  }
});

// --- The end, and the log

test("a run advances as many steps as asked, and none when it is done", () => {
  const run = beginRun({}, { steps: 9 });
  assert.equal(advance(run, 4), run);
  assert.deepEqual([run.steps, run.done], [4, false]);
  advance(run, 0);
  assert.equal(run.steps, 4);
  advance(run, 100);
  assert.deepEqual([run.steps, run.done], [9, true]);
  const before = [...run.w];
  advance(run, 5);
  assert.deepEqual([run.steps, [...run.w]], [9, before]);
});

test("a log has the loss at each interval, and at the end once", () => {
  for (const [steps, logPoints, wanted] of /** @type {[number, number, number[]][]} */ ([
    [10, 5, [0, 2, 4, 6, 8, 10]],
    [10, 4, [0, 3, 6, 9, 10]],
    [7, 100, [0, 1, 2, 3, 4, 5, 6, 7]],
  ])) {
    const run = beginRun({}, { steps }, { logPoints });
    /** @type {number[]} */
    const losses = [];
    while (!run.done) {
      losses[run.steps] = loss(small, run.w);
      advance(run, 1);
    }
    losses[run.steps] = loss(small, run.w);
    assert.deepEqual(
      run.log.map((point) => point.steps),
      wanted,
    );
    for (const point of run.log) {
      assert.equal(point.loss, losses[point.steps]);
      const epochs = Math.floor(point.steps / 7); // of 64 rows in steps of 10
      assert.equal(point.examples, epochs * n + (point.steps - 7 * epochs) * 10);
    }
  }
});

test("a run that is above a million at a log point ends there", () => {
  const weights = START.map(() => 3000);
  const far = begin(small, { batch_size: n, lr: 1e-9 }, { ...UNLIMITED, steps: 8 }, { weights });
  assert.ok(far.log[0].loss > 1e6);
  advance(far);
  assert.deepEqual([far.steps, far.done, far.log.length], [1, true, 2]);
  const near = START.map(() => 300);
  const run = begin(
    small,
    { batch_size: n, lr: 1e-9 },
    { ...UNLIMITED, steps: 8 },
    { weights: near },
  );
  assert.equal(advance(run).steps, 8);
});

test("a loss that is exactly the limit ends a run, and one that is no number counts as infinite", () => {
  const problem = {
    ...small,
    s: 2e6,
    H: small.H.map(() => new Float64Array(6)),
    c: new Float64Array(6),
  };
  const run = begin(problem, { batch_size: 8, lr: 0.1 }, { ...UNLIMITED, steps: 5 });
  assert.equal(run.log[0].loss, 1e6);
  assert.deepEqual([advance(run).steps, run.done], [1, true]);
  const broken = begin(small, { batch_size: 8, lr: NaN }, { ...UNLIMITED, steps: 5 });
  advance(broken);
  assert.deepEqual([broken.steps, broken.log.map((point) => point.loss)[1]], [1, Infinity]);
});
