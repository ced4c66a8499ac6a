// The largest learning rate at which the noise of minibatches does not grow without bound.

/** @import { Problem, Vector } from "./problem.js" */
import { dot, PAIRS } from "./problem.js";

/**
 * The limit of full gradients: 2/λmax, with momentum m (the heavy ball) 2(1 + m)/λmax.
 *
 * @param {Problem} problem
 * @param {number} [momentum]
 */
export const fullBatchLimit = ({ curvatures }, momentum = 0) =>
  (2 * (1 + momentum)) / curvatures[curvatures.length - 1];

/**
 * The largest rate at which the mean square of w - w* stays bounded, to about seven digits.
 *
 * For minibatches drawn independently the matrix P = E[(w - w*)(w - w*)'] obeys a linear recursion.
 * In the eigenbasis of H, with a = 1 + m - lr λ, its fixed points satisfy D P = lr² f V(P), with
 *
 *     D[i][j] = 1 - m² - a[i] a[j] + m (a[i]² + a[j]² - 2 m a[i] a[j]) / (1 - m²),
 *     V(P) = E[z z' P z z'] - L P L,
 *
 * and f the noise factor of the minibatches. The rate is stable while the largest eigenvalue of
 * P -> lr² f V(P) / D is below 1. Without momentum D is lr (λ[i] + λ[j]) - lr² λ[i] λ[j].
 *
 * @param {Problem} problem
 * @param {number} factor - The noise factor; 0 for full gradients.
 * @param {number} [momentum]
 */
export function stabilityLimit(problem, factor, momentum = 0) {
  const highest = fullBatchLimit(problem, momentum);
  if (factor === 0) return highest;
  let [low, high] = [0, highest];
  while (high - low > 1e-7 * highest) {
    const rate = (low + high) / 2;
    if (factor * noiseGain(problem, rate, momentum) < 1) low = rate;
    else high = rate;
  }
  return low;
}

/**
 * The largest eigenvalue of P -> lr² V(P) / D, by repeated application.
 *
 * @param {Problem} problem
 * @param {number} rate
 * @param {number} momentum
 */
function noiseGain({ fourth, curvatures }, rate, momentum) {
  const weights = pairWeights(curvatures, rate, momentum);
  let P = PAIRS.map(([i, j]) => Number(i === j));
  let value = 0;
  let previous = 0;
  do {
    previous = value;
    const doubled = P.map((entry, k) => (PAIRS[k][0] === PAIRS[k][1] ? entry : 2 * entry));
    const next = PAIRS.map(([i, j], k) => {
      const noise = dot(fourth[k], doubled) - curvatures[i] * curvatures[j] * P[k];
      return weights[k] * noise;
    });
    value = trace(next) / trace(P);
    const size = trace(next);
    P = next.map((entry) => entry / size);
  } while (Math.abs(value - previous) > 1e-9 * value);
  return value;
}

/**
 * lr² / D of every pair.
 *
 * @param {Vector} curvatures
 * @param {number} rate
 * @param {number} m
 */
export function pairWeights(curvatures, rate, m) {
  const a = Array.from(curvatures, (value) => 1 + m - rate * value);
  return PAIRS.map(([i, j]) => {
    const coupling = (m * (a[i] ** 2 + a[j] ** 2 - 2 * m * a[i] * a[j])) / (1 - m * m);
    return (rate * rate) / (1 - m * m - a[i] * a[j] + coupling);
  });
}

/** @param {number[]} P */
const trace = (P) => PAIRS.reduce((sum, [i, j], k) => (i === j ? sum + P[k] : sum), 0);
