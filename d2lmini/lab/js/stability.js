// The largest learning rate at which the noise of minibatches does not grow without bound.

/** @import { Problem } from "./problem.js" */
/** @import { Settings } from "./settings.js" */
import { noiseFactor } from "./gradients.js";
import { dot } from "./linear.js";
import { COLUMNS, FEATURES, WEIGHTS } from "./problem.js";

/** The entries i <= j of a symmetric matrix, in the order in which they are stored. */
const PAIRS = Array.from({ length: WEIGHTS }, (_, i) =>
  Array.from({ length: WEIGHTS - i }, (_, k) => [i, i + k]),
).flat();

/**
 * What is computed once for a problem: fourth moments, and the limits found so far.
 *
 * @typedef {{ fourth: Float64Array[], limits: Map<string, number> }} StabilityCache
 */

/** @type {WeakMap<Problem, StabilityCache>} */
const stabilityCaches = new WeakMap();

/**
 * The limit of full gradients: 2/λmax, with momentum m (the heavy ball) 2(1 + m)/λmax.
 *
 * @param {Problem} problem
 * @param {number} momentum
 */
export const fullBatchLimit = (problem, momentum) => problem.limit * (1 + momentum);

/**
 * The largest rate at which the mean square of w - w* stays bounded, to about six digits.
 *
 * For minibatches drawn independently the matrix P = E[(w - w*)(w - w*)'] obeys a linear recursion.
 * In the eigenbasis of H, with a = 1 + m - lr λ, its fixed points satisfy D P = lr² f V(P), with
 *
 *     D[i][j] = 1 - m² - a[i] a[j] + m (a[i]² + a[j]² - 2 m a[i] a[j]) / (1 - m²),
 *     V(P) = E[x x' P x x'] - H P H,
 *
 * and f the noise factor of the minibatches. The limit is where the largest eigenvalue of
 * P -> lr² f V(P) / D is 1. Without momentum D is lr (λ[i] + λ[j]) - lr² λ[i] λ[j].
 *
 * @param {Problem} problem
 * @param {Settings} settings
 */
export function stabilityLimit(problem, settings) {
  const highest = fullBatchLimit(problem, settings.momentum);
  const factor = noiseFactor(problem, settings);
  if (factor === 0) return highest;
  const cache = stabilityCaches.get(problem) ?? {
    fourth: fourthMoments(problem),
    limits: new Map(),
  };
  stabilityCaches.set(problem, cache);
  const key = `${factor} ${settings.momentum}`;
  const known = cache.limits.get(key);
  if (known !== undefined) return known;
  const P = Float64Array.from(PAIRS, ([i, j]) => Number(i === j));
  const limit = bisect(highest, (rate) => {
    const weights = pairWeights(problem.eigen.values, rate, factor, settings.momentum);
    return largestEigenvalue(cache.fourth, weights, P) < 1;
  });
  cache.limits.set(key, limit);
  return limit;
}

/**
 * The largest rate below `highest` that is stable.
 *
 * @param {number} highest
 * @param {(rate: number) => boolean} isStable
 */
function bisect(highest, isStable) {
  let [low, high] = [0, highest];
  while (high - low > 1e-7 * highest) {
    const rate = (low + high) / 2;
    if (isStable(rate)) low = rate;
    else high = rate;
  }
  return low;
}

/**
 * lr² f / D of every pair.
 *
 * @param {number[]} curvatures
 * @param {number} rate
 * @param {number} factor
 * @param {number} m
 */
function pairWeights(curvatures, rate, factor, m) {
  const a = curvatures.map((value) => 1 + m - rate * value);
  return PAIRS.map(([i, j]) => {
    const coupling = (m * (a[i] ** 2 + a[j] ** 2 - 2 * m * a[i] * a[j])) / (1 - m * m);
    return (rate * rate * factor) / (1 - m * m - a[i] * a[j] + coupling);
  });
}

/**
 * The largest eigenvalue, by repeated application to P, which is left near the eigenvector.
 *
 * @param {Float64Array[]} fourth
 * @param {number[]} weights
 * @param {Float64Array} P
 */
function largestEigenvalue(fourth, weights, P) {
  let value = 0;
  let previous = 0;
  do {
    previous = value;
    const next = fourth.map((row, k) => weights[k] * dot(row, P));
    const size = trace(next);
    value = size / trace(P);
    P.set(next.map((entry) => entry / size));
  } while (Math.abs(value - previous) > 1e-10 * value);
  return value;
}

/** @param {ArrayLike<number>} P */
const trace = (P) => PAIRS.reduce((sum, [i, j], k) => (i === j ? sum + P[k] : sum), 0);

/**
 * The matrix of V, for symmetric P given by their entries i <= j.
 *
 * @param {Problem} problem
 */
function fourthMoments({ table, n, eigen: { values, vectors } }) {
  const moments = PAIRS.map(() => new Float64Array(PAIRS.length));
  for (let p = 0; p < COLUMNS * n; p += COLUMNS) {
    const z = vectors.map((v) => {
      let sum = v[FEATURES];
      for (let k = 0; k < FEATURES; k++) sum += v[k] * table[p + k];
      return sum;
    });
    const products = PAIRS.map(([i, j]) => z[i] * z[j]);
    // Plain loops: this runs for every row of the table while the page opens.
    for (let k = 0; k < products.length; k++) {
      const row = moments[k];
      for (let l = 0; l < products.length; l++) row[l] += (products[k] * products[l]) / n;
    }
  }
  for (const [l, [i, j]] of PAIRS.entries()) {
    if (i !== j) for (const row of moments) row[l] *= 2; // P[i][j] and P[j][i]
    moments[l][l] -= values[i] * values[j];
  }
  return moments;
}
