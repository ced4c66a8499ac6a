// Random numbers, the loss, its gradients, and theory, summed over all there is.
import assert from "node:assert/strict";
import { test } from "node:test";
import { minibatchGradient } from "../../d2lmini/lab/js/engine/gradients.js";
import {
  COLUMNS,
  dot,
  FEATURES,
  fullGradient,
  loss,
  PAIRS,
  WEIGHTS,
} from "../../d2lmini/lab/js/engine/problem.js";
import {
  sampleWithReplacement,
  seededRandom,
  shuffle,
  standardNormal,
} from "../../d2lmini/lab/js/engine/random.js";
import { noiseFactor, scheduled } from "../../d2lmini/lab/js/engine/settings.js";
import { fullBatchLimit, stabilityLimit } from "../../d2lmini/lab/js/engine/stability.js";
import {
  expectedExcess,
  startMoments,
  stepMoments,
  weightSpread,
} from "../../d2lmini/lab/js/engine/theory.js";
import { small } from "./small_problem.mjs";

/** @param {number} length */
const range = (length) => Uint16Array.from({ length }, (_, i) => i);

/**
 * @param {number} value
 * @param {number} expected
 * @param {number} [tolerance]
 */
function assertNear(value, expected, tolerance = 1e-12) {
  assert.ok(Math.abs(value - expected) <= tolerance, `${value} is not ${expected}`);
}

/** Shuffles of all rows: at once, and in the pieces that minibatches are. */
const SHUFFLES = /** @type {[string, (order: Uint16Array, random: () => number) => void][]} */ ([
  ["a shuffle", (order, random) => shuffle(order, 0, order.length, random)],
  [
    "a shuffle by minibatches",
    (order, random) => {
      for (let k = 0; k < order.length; k += 2) {
        shuffle(order, k, Math.min(2, order.length - k), random);
      }
    },
  ],
]);

for (const [name, permute] of SHUFFLES) {
  test(`${name} has every row once, and a seed repeats it`, () => {
    const [first, again, other] = [3, 3, 4].map((seed) => {
      const order = range(101);
      permute(order, seededRandom(seed));
      return [...order];
    });
    assert.deepEqual(first, again);
    assert.notDeepEqual(first, other);
    assert.deepEqual(
      [...first].sort((a, b) => a - b),
      [...range(101)],
    );
  });

  test(`every position of ${name} is as likely to get every row`, () => {
    const random = seededRandom(1);
    const counts = Array.from({ length: 5 }, () => new Array(5).fill(0));
    const order = range(5);
    for (let k = 0; k < 20000; k++) {
      permute(order, random);
      for (const [position, row] of order.entries()) counts[position][row] += 1;
    }
    for (const count of counts.flat()) assertNear(count, 4000, 5 * Math.sqrt(4000 * 0.8));
  });
}

test("a shuffle changes nothing before the place where it begins", () => {
  const order = range(20);
  shuffle(order, 8, 5, seededRandom(2));
  assert.deepEqual(order.slice(0, 8), range(8));
  assert.notDeepEqual(order.slice(8, 13), range(20).slice(8, 13));
  assert.deepEqual(new Set(order), new Set(range(20)));
});

test("draws with replacement repeat rows, where they are asked for", () => {
  const draws = new Uint16Array(1600);
  sampleWithReplacement(draws, 50, 1500, 1500, seededRandom(5));
  assert.ok(draws.slice(0, 50).every((row) => row === 0));
  assert.ok(draws.slice(1550).every((row) => row === 0));
  assertNear(new Set(draws.slice(50, 1550)).size / 1500, 1 - Math.exp(-1), 0.05);
});

test("uniform numbers are uniform, normal ones normal", () => {
  const random = seededRandom(5);
  const numbers = Array.from({ length: 20000 }, () => standardNormal(random));
  const mean = numbers.reduce((a, b) => a + b) / 20000;
  const variance = numbers.reduce((a, b) => a + (b - mean) ** 2, 0) / 20000;
  assertNear(mean, 0, 0.03);
  assertNear(variance, 1, 0.05);
  const uniform = Array.from({ length: 20000 }, random);
  assert.ok(uniform.every((value) => value >= 0 && value < 1));
  assertNear(uniform.filter((value) => value < 0.3).length / 20000, 0.3, 0.015);
});

test("the pairs are those of a symmetric matrix, each once", () => {
  assert.equal(PAIRS.length, (WEIGHTS * (WEIGHTS + 1)) / 2);
  assert.equal(new Set(PAIRS.map(String)).size, PAIRS.length);
  assert.ok(PAIRS.every(([i, j]) => i <= j && j < WEIGHTS));
});

/**
 * Features, the one of the bias, target.
 *
 * @param {number} i
 */
function rowOf(i) {
  const row = small.table.slice(COLUMNS * i, COLUMNS * (i + 1));
  return { x: Float64Array.of(...row.slice(0, FEATURES), 1), y: row[FEATURES] };
}
const allRows = Array.from({ length: small.n }, (_, i) => rowOf(i));
const W = Float64Array.of(0.3, -0.7, 0.2, 1.1, -0.4, 0.6);

test("loss and gradient by the moments are those over the rows", () => {
  const errors = allRows.map(({ x, y }) => dot(x, W) - y);
  assertNear(loss(small, W), errors.reduce((sum, error) => sum + error ** 2, 0) / small.n / 2);
  const gradient = fullGradient(small, W);
  const minibatch = new Float64Array(WEIGHTS);
  minibatchGradient(small.table, W, range(small.n), 0, small.n, minibatch);
  for (let k = 0; k < WEIGHTS; k++) {
    const sum = errors.reduce((total, error, i) => total + error * allRows[i].x[k], 0);
    assertNear(gradient[k], sum / small.n);
    assertNear(minibatch[k], sum / small.n);
  }
  assertNear(loss(small, small.best), small.floor);
  assert.ok(fullGradient(small, small.best).every((entry) => Math.abs(entry) < 1e-12));
});

test("a minibatch is the rows of the order from its start on", () => {
  const [order, gradient] = [[9, 3, 3, 50, 7], new Float64Array(WEIGHTS)];
  minibatchGradient(small.table, W, order, 1, 3, gradient);
  const taken = [3, 3, 50].map(rowOf);
  for (let k = 0; k < WEIGHTS; k++) {
    assertNear(gradient[k], taken.reduce((sum, { x, y }) => sum + (dot(x, W) - y) * x[k], 0) / 3);
  }
});

test("noise falls as 1/b, and without replacement to nothing", () => {
  assert.deepEqual(
    [1, 4, 100].map((b) => noiseFactor(b, 100, true)),
    [1, 0.25, 0.01],
  );
  assert.deepEqual(
    [1, 100, 500].map((b) => noiseFactor(b, 100)),
    [1, 0, 0],
  );
  assertNear(noiseFactor(25, 100), 75 / 99 / 25);
});

test("rate and batch size change by ten each epoch where that is asked for", () => {
  const settings = { batch_size: 20, lr: 0.5 };
  assert.deepEqual(scheduled(3, 1500, settings), { lr: 0.5, batchSize: 20 });
  assert.deepEqual(scheduled(2, 1500, { ...settings, decay: true }), { lr: 0.005, batchSize: 20 });
  const sizes = [0, 1, 2].map((epoch) => scheduled(epoch, 1500, { ...settings, grow: true }));
  assert.deepEqual(
    sizes.map(({ batchSize }) => batchSize),
    [20, 200, 1500],
  );
  assert.equal(scheduled(0, 100, { batch_size: 500, lr: 1 }).batchSize, 100);
});

/**
 * Mean and mean square of the error w - w* and the mean loss over all pairs of rows that two steps
 * with b = 1 can draw.
 *
 * @param {number} lr
 * @param {number} momentum
 */
function overAllPairsOfRows(lr, momentum) {
  const mean = new Float64Array(WEIGHTS);
  const square = new Float64Array(WEIGHTS * WEIGHTS);
  let excess = 0;
  const gradient = new Float64Array(WEIGHTS);
  const order = new Uint16Array(2);
  for (let pair = 0; pair < small.n ** 2; pair++) {
    order.set([pair % small.n, Math.floor(pair / small.n)]);
    const [w, velocity] = [W.slice(), new Float64Array(WEIGHTS)];
    for (const step of [0, 1]) {
      minibatchGradient(small.table, w, order, step, 1, gradient);
      for (let k = 0; k < WEIGHTS; k++) {
        velocity[k] = momentum * velocity[k] + gradient[k];
        w[k] -= lr * velocity[k];
      }
    }
    excess += (loss(small, w) - small.floor) / small.n ** 2;
    const error = w.map((value, k) => value - small.best[k]);
    for (let k = 0; k < WEIGHTS; k++) {
      mean[k] += error[k] / small.n ** 2;
      for (let l = 0; l < WEIGHTS; l++)
        square[WEIGHTS * k + l] += (error[k] * error[l]) / small.n ** 2;
    }
  }
  return { mean, square, excess };
}

for (const momentum of [0, 0.7]) {
  test(`theory is the mean over all rows that can be drawn, with momentum ${momentum}`, () => {
    const lr = 0.21;
    const exact = overAllPairsOfRows(lr, momentum);
    const moments = startMoments(small, W);
    for (const _ of [0, 1]) stepMoments(small, moments, lr, momentum, 1);
    const { bias, noise, total } = expectedExcess(small, moments);
    assertNear(total, exact.excess);
    assertNear(bias + noise, total);
    const meanWeights = exact.mean.map((value, k) => small.best[k] + value);
    assertNear(bias, loss(small, meanWeights) - small.floor);
    assert.ok(noise > 0);
    const [a, b] = [0, 4];
    const spread = weightSpread(small, moments, a, b);
    const covariance = (/** @type {number} */ k, /** @type {number} */ l) =>
      exact.square[WEIGHTS * k + l] - exact.mean[k] * exact.mean[l];
    for (const [k, index] of [a, b].entries()) assertNear(spread.mean[k], meanWeights[index]);
    for (const [k, value] of [covariance(a, a), covariance(a, b), covariance(b, b)].entries()) {
      assertNear(spread.covariance[k], value);
    }
  });
}

test("theory without noise is the path of full gradients", () => {
  const moments = startMoments(small, W);
  const w = W.slice();
  for (let step = 0; step < 12; step++) {
    stepMoments(small, moments, 0.3, 0, 0);
    const gradient = fullGradient(small, w);
    for (let k = 0; k < WEIGHTS; k++) w[k] -= 0.3 * gradient[k];
  }
  const { bias, noise, total } = expectedExcess(small, moments);
  assertNear(total, loss(small, w) - small.floor);
  assertNear(noise, 0);
  assert.ok(bias > 0);
  const { mean, covariance } = weightSpread(small, moments, 1, 5);
  assertNear(mean[0], w[1]);
  assertNear(mean[1], w[5]);
  for (const entry of covariance) assertNear(entry, 0);
});

test("at the stability limit the noise neither grows nor dies away", () => {
  for (const [factor, momentum] of [
    [1, 0],
    [0.1, 0],
    [0.1, 0.8],
    [0.01, 0.4],
  ]) {
    const limit = stabilityLimit(small, factor, momentum);
    assert.ok(limit > 0 && limit < fullBatchLimit(small, momentum));
    const growth = (/** @type {number} */ rate) => {
      const moments = startMoments(small, W);
      const excess = [2000, 2000].map((steps) => {
        for (let k = 0; k < steps; k++) stepMoments(small, moments, rate, momentum, factor);
        return expectedExcess(small, moments).total;
      });
      return excess[1] / excess[0];
    };
    assert.ok(growth(0.99 * limit) < 1.01);
    assert.ok(growth(1.01 * limit) > 1.5);
  }
});

test("full gradients have the limit of the steepest direction", () => {
  const steepest = 1.4 ** 2;
  assertNear(fullBatchLimit(small), 2 / steepest);
  assertNear(fullBatchLimit(small, 0.9), 3.8 / steepest);
  assert.equal(stabilityLimit(small, 0, 0.5), fullBatchLimit(small, 0.5));
});
