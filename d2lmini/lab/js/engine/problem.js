// Linear regression on the whitened airfoil table. What can be computed once, numpy has computed.

export const FEATURES = 5;
export const WEIGHTS = FEATURES + 1; // the last one is the bias
export const COLUMNS = FEATURES + 1; // of the table: five features and the target

/** The entries i <= j of a symmetric matrix of weights, in the order in which they are stored. */
export const PAIRS = Array.from({ length: WEIGHTS }, (_, i) =>
  Array.from({ length: WEIGHTS - i }, (_, k) => [i, i + k]),
).flat();

/** @typedef {ArrayLike<number>} Vector */

/**
 * What `d2lmini.lab.problem.constants` returns. The loss is (w' H w - 2 c' w + s) / 2. The moments
 * are those of z, the row in the eigenbasis of H, and of its residual r at the minimum.
 *
 * @typedef {object} Constants
 * @property {Vector[]} H - E[x x'], the Hessian.
 * @property {Vector} c - E[y x].
 * @property {number} s - E[y²].
 * @property {Vector} best - The weights at the minimum.
 * @property {number} floor - The loss at the minimum.
 * @property {Vector} curvatures - The eigenvalues of H, in ascending order.
 * @property {Vector[]} directions - An eigenvector of each.
 * @property {Vector[]} fourth - E[z[i] z[j] z[k] z[l]], a row for each pair i <= j.
 * @property {Vector[]} third - E[r z[i] z[j] z[k]], a row for each pair i <= j.
 * @property {Vector} second - E[r² z[i] z[j]], for each pair i <= j.
 */

/**
 * @typedef {object} Table
 * @property {Float64Array} table - Rows of five features and the target.
 * @property {number} n - The number of rows.
 */

/** @typedef {Table & Constants} Problem */

/**
 * The problem of a table of rows (five features, then the target).
 *
 * @param {ArrayLike<number>} values
 * @param {Constants} constants
 * @returns {Problem}
 */
export function makeProblem(values, constants) {
  const table = Float64Array.from(values);
  // All of them the same type of array: what reads them is compiled for it.
  const vectors = Object.entries(constants).map(([name, value]) => [name, toTyped(value)]);
  return { ...Object.fromEntries(vectors), table, n: table.length / COLUMNS };
}

/**
 * @param {any} value
 * @returns {any}
 */
function toTyped(value) {
  if (!Array.isArray(value)) return value;
  return Array.isArray(value[0]) ? value.map(toTyped) : Float64Array.from(value);
}

/**
 * Half the mean squared error over all rows.
 *
 * @param {Pick<Constants, "H" | "c" | "s">} quadratic
 * @param {Vector} w
 */
export function loss({ H, c, s }, w) {
  let total = s;
  for (let i = 0; i < WEIGHTS; i++) {
    const row = H[i];
    let product = -2 * c[i];
    for (let j = 0; j < WEIGHTS; j++) product += row[j] * w[j];
    total += w[i] * product;
  }
  return total / 2;
}

/**
 * The gradient of the loss over all rows.
 *
 * @param {Pick<Constants, "H" | "c">} quadratic
 * @param {Vector} w
 */
export const fullGradient = ({ H, c }, w) => H.map((row, i) => dot(row, w) - c[i]);

/**
 * @param {Vector} a
 * @param {Vector} b
 */
export function dot(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
