// The gradient of a minibatch, and how much it varies.

/** @import { Vector } from "./linear.js" */
/** @import { Problem } from "./problem.js" */
/** @import { Settings } from "./settings.js" */
import { COLUMNS, FEATURES, rowsPerEpoch } from "./problem.js";

/**
 * Write the mean gradient of the rows order[start … start+size-1], taken modulo n, to `gradient`.
 *
 * The loop over the six weights is unrolled: this is where a run spends its time.
 *
 * @param {Problem} problem
 * @param {Float64Array} w
 * @param {Vector} order
 * @param {number} start
 * @param {number} size
 * @param {Float64Array} gradient
 */
export function minibatchGradient({ table, n }, w, order, start, size, gradient) {
  const w0 = w[0];
  const w1 = w[1];
  const w2 = w[2];
  const w3 = w[3];
  const w4 = w[4];
  const w5 = w[5];
  let g0 = 0;
  let g1 = 0;
  let g2 = 0;
  let g3 = 0;
  let g4 = 0;
  let g5 = 0;
  for (let k = start; k < start + size; k++) {
    const index = order[k];
    const p = (index < n ? index : index - n) * 6;
    const a = table[p];
    const b = table[p + 1];
    const c = table[p + 2];
    const d = table[p + 3];
    const e = table[p + 4];
    const error = a * w0 + b * w1 + c * w2 + d * w3 + e * w4 + w5 - table[p + 5];
    g0 += error * a;
    g1 += error * b;
    g2 += error * c;
    g3 += error * d;
    g4 += error * e;
    g5 += error;
  }
  gradient[0] = g0 / size;
  gradient[1] = g1 / size;
  gradient[2] = g2 / size;
  gradient[3] = g3 / size;
  gradient[4] = g4 / size;
  gradient[5] = g5 / size;
}

/**
 * Variance of a minibatch's mean in units of a single example's variance: 1/b for independent
 * draws, and times (N - b)/(N - 1) without replacement.
 *
 * @param {Problem} problem
 * @param {Settings} settings
 */
export function noiseFactor(problem, settings) {
  const size = rowsPerEpoch(problem, settings);
  const b = Math.min(settings.batch_size, size);
  return settings.replacement ? 1 / b : (size - b) / (size - 1) / b;
}

/**
 * Variance of a single example's gradient along a direction.
 *
 * @param {Problem} problem
 * @param {Vector} w
 * @param {Vector} direction
 */
export function varianceAlong({ table, n }, w, direction) {
  let mean = 0;
  let square = 0;
  for (let p = 0; p < n * COLUMNS; p += COLUMNS) {
    let error = w[FEATURES] - table[p + FEATURES];
    let projected = direction[FEATURES];
    for (let i = 0; i < FEATURES; i++) {
      error += table[p + i] * w[i];
      projected += table[p + i] * direction[i];
    }
    mean += (error * projected) / n;
    square += (error * projected) ** 2 / n;
  }
  return square - mean ** 2;
}
