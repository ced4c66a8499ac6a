// Linear regression on the whitened airfoil table: loss, gradient, minimum, stability limit.

/** @import { Eigen, Vector } from "./linear.js" */
/** @import { Settings } from "./settings.js" */
import { dot, eigen, solve } from "./linear.js";

export const FEATURES = 5;
export const WEIGHTS = FEATURES + 1; // the last one is the bias
export const COLUMNS = FEATURES + 1; // of the table: five features and the target

/**
 * The loss as a quadratic: loss(w) = (w' H w - 2 c' w + s) / 2.
 *
 * @typedef {object} Quadratic
 * @property {Float64Array[]} H - E[x x'], the Hessian.
 * @property {Float64Array} c - E[y x].
 * @property {number} s - E[y²].
 */

/**
 * A table of rows and what is computed from it once.
 *
 * @typedef {object} TableProblem
 * @property {Float64Array} table - Rows of five features and the target.
 * @property {number} n - The number of rows.
 * @property {Float64Array} best - The weights at the minimum.
 * @property {number} floor - The loss at the minimum.
 * @property {Eigen} eigen - Of the Hessian.
 * @property {number} limit - The largest stable learning rate of full gradients.
 */

/** @typedef {TableProblem & Quadratic} Problem */

/**
 * The problem of a table of rows (five features, then the target).
 *
 * The loss is a quadratic, so its second moments give it for every w, without another pass over
 * the rows.
 *
 * @param {Float32Array} values
 * @returns {Problem}
 */
export function makeProblem(values) {
  const table = Float64Array.from(values);
  const n = table.length / COLUMNS;
  const quadratic = secondMoments(table, n);
  const best = solve(quadratic.H, quadratic.c);
  const spectrum = eigen(quadratic.H);
  const limit = 2 / spectrum.values[WEIGHTS - 1];
  return { ...quadratic, table, n, best, floor: loss(quadratic, best), eigen: spectrum, limit };
}

/**
 * @param {Float64Array} table
 * @param {number} n
 * @returns {Quadratic}
 */
function secondMoments(table, n) {
  const H = Array.from({ length: WEIGHTS }, () => new Float64Array(WEIGHTS));
  const c = new Float64Array(WEIGHTS);
  let s = 0;
  for (let start = 0; start < table.length; start += COLUMNS) {
    const x = [...table.subarray(start, start + FEATURES), 1];
    const y = table[start + FEATURES];
    for (let i = 0; i < WEIGHTS; i++) {
      for (let j = 0; j < WEIGHTS; j++) H[i][j] += (x[i] * x[j]) / n;
      c[i] += (x[i] * y) / n;
    }
    s += (y * y) / n;
  }
  return { H, c, s };
}

/**
 * How many rows an epoch reads; the genie's data set holds every row twice.
 *
 * @param {Problem} problem
 * @param {Pick<Settings, "genie">} settings
 */
export function rowsPerEpoch(problem, settings) {
  return settings.genie ? 2 * problem.n : problem.n;
}

/**
 * Half the mean squared error over all rows.
 *
 * @param {Quadratic} quadratic
 * @param {Vector} w
 */
export function loss({ H, c, s }, w) {
  let total = s;
  for (let i = 0; i < WEIGHTS; i++) {
    total -= 2 * c[i] * w[i];
    for (let j = 0; j < WEIGHTS; j++) total += w[i] * H[i][j] * w[j];
  }
  return total / 2;
}

/**
 * The gradient of the loss over all rows.
 *
 * @param {Quadratic} quadratic
 * @param {Vector} w
 */
export function fullGradient({ H, c }, w) {
  return H.map((row, i) => dot(row, w) - c[i]);
}
