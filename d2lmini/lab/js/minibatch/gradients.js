// The rows' gradients at the first weights, w = 0, seen along two directions of weight space.

/** @import { Random } from "../engine/random.js" */
import { minibatchGradient } from "../engine/gradients.js";
import { COLUMNS, dot, WEIGHTS } from "../engine/problem.js";
import { shuffle } from "../engine/random.js";
import { noiseFactor } from "../engine/settings.js";

const ITERATIONS = 300; // of the power method: the largest two eigenvalues are 1.2 and 2.6

/** @typedef {[number, number]} Pair - Coordinates along and across the full gradient. */

/**
 * @typedef {object} Cloud
 * @property {Float64Array} table - Rows of five features and the target.
 * @property {number} n - How many rows there are.
 * @property {number[]} full - The negative gradient of all rows.
 * @property {number} length - Its length.
 * @property {number[]} along - The unit vector in its direction.
 * @property {number[]} across - That orthogonal to it in which single rows differ most.
 * @property {Pair[]} arrows - The negative gradient of each row in the plane of the two.
 * @property {[number, number, number]} covariance - Of the arrows: xx, xy, yy.
 * @property {number} variance - Of a row's gradient, summed over all weights.
 */

/**
 * A step of one minibatch.
 *
 * @typedef {object} Draw
 * @property {number[]} rows - Their numbers.
 * @property {Pair} step - The mean of their arrows.
 * @property {Deviation} seen - From the full step, in the plane of the picture,
 * @property {Deviation} whole - and in the space of all weights.
 */

/**
 * How long a step is relative to the full step, and the angle between the two in degrees.
 *
 * @typedef {{ ratio: number, angle: number }} Deviation
 */

/**
 * @param {ArrayLike<number>} values - Rows of five features and the target.
 * @returns {Cloud}
 */
export function makeCloud(values) {
  const table = Float64Array.from(values);
  const n = table.length / COLUMNS;
  const rows = Array.from({ length: n }, (_, k) => meanStep(table, [k]));
  const full = meanStep(table, Array.from(rows.keys()));
  const length = Math.sqrt(dot(full, full));
  const along = full.map((value) => value / length);
  const covariances = full.map((a, i) =>
    full.map((b, j) => rows.reduce((sum, row) => sum + row[i] * row[j], 0) / n - a * b),
  );
  const across = strongestAcross(covariances, along);
  const arrows = rows.map((row) => /** @type {Pair} */ ([dot(row, along), dot(row, across)]));
  const between = (/** @type {number[]} */ u, /** @type {number[]} */ v) =>
    dot(
      u,
      covariances.map((row) => dot(row, v)),
    );
  const variance = covariances.reduce((sum, row, i) => sum + row[i], 0);
  return {
    ...{ table, n, full, length, along, across, arrows, variance },
    covariance: [between(along, along), between(along, across), between(across, across)],
  };
}

/**
 * The negative mean gradient of some rows at w = 0.
 *
 * @param {Float64Array} table
 * @param {ArrayLike<number>} rows
 */
function meanStep(table, rows) {
  const gradient = new Float64Array(WEIGHTS);
  minibatchGradient(table, new Float64Array(WEIGHTS), rows, 0, rows.length, gradient);
  return Array.from(gradient, (value) => -value);
}

/**
 * The direction of the largest variance among those orthogonal to `along` (power method).
 *
 * @param {number[][]} covariances
 * @param {number[]} along
 */
function strongestAcross(covariances, along) {
  let vector = along.map((_, i) => Number(i === 0));
  for (let k = 0; k < ITERATIONS; k++) {
    const image = covariances.map((row) => dot(row, vector));
    const inside = dot(image, along);
    const across = image.map((value, i) => value - inside * along[i]);
    const size = Math.sqrt(dot(across, across));
    vector = across.map((value) => value / size);
  }
  return vector;
}

/**
 * Draw a minibatch without replacement, and take its mean.
 *
 * @param {Cloud} cloud
 * @param {number} batchSize
 * @param {Random} random
 * @returns {Draw}
 */
export function drawMinibatch({ table, n, full, length, along, across }, batchSize, random) {
  const order = Uint16Array.from({ length: n }, (_, k) => k);
  shuffle(order, 0, batchSize, random);
  const rows = Array.from(order.subarray(0, batchSize));
  const mean = meanStep(table, rows);
  const size = Math.sqrt(dot(mean, mean));
  const cosine = Math.max(-1, Math.min(1, dot(mean, full) / (size * length)));
  const [x, y] = [dot(mean, along), dot(mean, across)];
  return {
    rows,
    step: [x, y],
    seen: { ratio: Math.hypot(x, y) / length, angle: inDegrees(Math.abs(Math.atan2(y, x))) },
    whole: { ratio: size / length, angle: inDegrees(Math.acos(cosine)) },
  };
}

/** @param {number} radians */
const inDegrees = (radians) => (radians * 180) / Math.PI;

/**
 * How far minibatch means spread around the full gradient: the ellipse of one standard deviation
 * in the plane (half its axes, and the angle of the longer one in degrees), the root mean square
 * of the distance in the space of all weights.
 *
 * @param {Pick<Cloud, "covariance" | "variance" | "n">} cloud
 * @param {number} batchSize
 */
export function spreadOf({ covariance: [xx, xy, yy], variance, n }, batchSize) {
  const factor = noiseFactor(batchSize, n);
  const middle = (xx + yy) / 2;
  const radius = Math.hypot((xx - yy) / 2, xy);
  return {
    long: Math.sqrt(factor * (middle + radius)),
    short: Math.sqrt(factor * (middle - radius)),
    angle: (Math.atan2(2 * xy, xx - yy) * 90) / Math.PI,
    distance: Math.sqrt(factor * variance),
  };
}
