// Sums, extremes and the like of numbers in equal steps.

/**
 * Reduces n numbers from a place on, in equal steps, to one.
 * @typedef {(d: Float64Array, start: number, step: number, n: number, how: How) => number} Reduce
 */
/** @typedef {{ddof: number, inOrder: boolean}} How */

const BLOCK = 128;
const LANES = new Float64Array(8);

/**
 * NumPy's pairwise sum, in its order, so that the last digits are the same.
 * @param {Float64Array} d
 * @param {number} start
 * @param {number} step
 * @param {number} n
 * @returns {number}
 */
function pairwise(d, start, step, n) {
  if (n < 8) {
    let sum = -0;
    for (let k = 0; k < n; k++) sum += d[start + k * step];
    return sum;
  }
  if (n > BLOCK) {
    const half = Math.floor(n / 2);
    const first = half - (half % 8);
    const rest = pairwise(d, start + first * step, step, n - first);
    return pairwise(d, start, step, first) + rest;
  }
  for (let lane = 0; lane < 8; lane++) LANES[lane] = d[start + lane * step];
  let k = 8;
  for (; k < n - (n % 8); k += 8) {
    for (let lane = 0; lane < 8; lane++) LANES[lane] += d[start + (k + lane) * step];
  }
  const [a, b, c, e, f, g, h, i] = LANES;
  let sum = a + b + (c + e) + (f + g + (h + i));
  for (; k < n; k++) sum += d[start + k * step];
  return sum;
}

/** @type {Reduce} */
function sum(d, start, step, n, how) {
  if (!how.inOrder) return 0 + pairwise(d, start, step, n);
  let total = 0;
  for (let k = 0; k < n; k++) total += d[start + k * step];
  return total;
}

/** @type {Reduce} */
function variance(d, start, step, n, how) {
  const mean = sum(d, start, step, n, how) / n;
  const squares = new Float64Array(n);
  for (let k = 0; k < n; k++) squares[k] = (d[start + k * step] - mean) ** 2;
  return sum(squares, 0, 1, n, how) / Math.max(n - how.ddof, 0);
}

/**
 * @param {(x: number, y: number) => boolean} better
 * @returns {Reduce} the place of the best number, the first one; that of a nan before it
 */
const placeOf = (better) => (d, start, step, n) => {
  let best = 0;
  for (let k = 0; k < n; k++) {
    const x = d[start + k * step];
    if (Number.isNaN(x)) return k;
    if (better(x, d[start + best * step])) best = k;
  }
  return best;
};

const argmin = placeOf((x, y) => x < y);
const argmax = placeOf((x, y) => x > y);

/**
 * @param {Reduce} find
 * @returns {Reduce}
 */
const valueAt = (find) => (d, start, step, n, how) =>
  d[start + find(d, start, step, n, how) * step];

/** @type {Reduce} */
function median(d, start, step, n) {
  const values = Float64Array.from({ length: n }, (_, k) => d[start + k * step]).sort();
  if (n === 0 || Number.isNaN(values[n - 1])) return Number.NaN;
  const middle = Math.floor(n / 2);
  return n % 2 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

/** @type {Reduce} */
function product(d, start, step, n) {
  let result = 1;
  for (let k = 0; k < n; k++) result *= d[start + k * step];
  return result;
}

/** @type {Reduce} */
function any(d, start, step, n) {
  for (let k = 0; k < n; k++) if (d[start + k * step] !== 0) return 1;
  return 0;
}

/** @type {Reduce} */
function all(d, start, step, n) {
  for (let k = 0; k < n; k++) if (d[start + k * step] === 0) return 0;
  return 1;
}

/** In the order of `_array.py`'s names. @type {Reduce[]} */
export const REDUCE = [
  sum,
  (d, start, step, n, how) => sum(d, start, step, n, how) / n,
  valueAt(argmin),
  valueAt(argmax),
  argmin,
  argmax,
  variance,
  (d, start, step, n, how) => Math.sqrt(variance(d, start, step, n, how)),
  median,
  product,
  any,
  all,
];
