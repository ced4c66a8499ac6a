// The rows' gradients at the first weights, w = 0, seen along two directions of weight space.

/** @import { Random } from "../engine/random.js" */
import { minibatchGradient } from "../engine/gradients.js";
import { COLUMNS, dot, WEIGHTS } from "../engine/problem.js";
import { shuffle } from "../engine/random.js";
import { noiseFactor } from "../engine/settings.js";

/** @typedef {[number, number]} Pair - Coordinates along and across the full gradient. */

/**
 * What numpy has computed of all rows' gradients.
 *
 * @typedef {object} Directions
 * @property {number} length - That of the negative gradient of all rows.
 * @property {number[]} along - The unit vector in its direction.
 * @property {number[]} across - That orthogonal to it in which single rows differ most.
 * @property {[number, number, number]} covariance - Of rows in the plane of the two: xx, xy, yy.
 * @property {number} variance - Of a row's gradient, summed over all weights.
 */

/**
 * @typedef {object} Rows
 * @property {Float64Array} table - Rows of five features and the target.
 * @property {number} n - How many rows there are.
 * @property {Pair[]} arrows - The negative gradient of each row in the plane of the directions.
 */

/** @typedef {Rows & Directions} Cloud */

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
 * @param {Directions} directions
 * @returns {Cloud}
 */
export function makeCloud(values, directions) {
  const table = Float64Array.from(values);
  const n = table.length / COLUMNS;
  const arrows = Array.from({ length: n }, (_, k) => inPlane(meanStep(table, [k]), directions));
  return { ...directions, table, n, arrows };
}

/**
 * @param {number[]} step
 * @param {Directions} directions
 * @returns {Pair}
 */
const inPlane = (step, { along, across }) => [dot(step, along), dot(step, across)];

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
 * Draw a minibatch without replacement, and take its mean.
 *
 * @param {Cloud} cloud
 * @param {number} batchSize
 * @param {Random} random
 * @returns {Draw}
 */
export function drawMinibatch(cloud, batchSize, random) {
  const { table, n, length } = cloud;
  const order = Uint16Array.from({ length: n }, (_, k) => k);
  shuffle(order, 0, batchSize, random);
  const rows = Array.from(order.subarray(0, batchSize));
  const mean = meanStep(table, rows);
  const size = Math.sqrt(dot(mean, mean));
  const [x, y] = inPlane(mean, cloud);
  const cosine = Math.max(-1, Math.min(1, x / size)); // `along` is where the full step goes
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
