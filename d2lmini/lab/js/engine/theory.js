// What a run does on average over all seeds, exactly, when rows are drawn independently.

/** @import { Problem } from "./problem.js" */
import { dot, PAIRS, WEIGHTS } from "./problem.js";

const FIRST = Uint8Array.from(PAIRS, ([i]) => i);
const SECOND = Uint8Array.from(PAIRS, ([, j]) => j);

/**
 * Mean and second moments of the error e = w - w* and of the velocity v, in the eigenbasis of the
 * Hessian. Matrices are stored row by row.
 *
 * @typedef {object} Moments
 * @property {Float64Array} meanError
 * @property {Float64Array} meanVelocity
 * @property {Float64Array} ee - E[e e'].
 * @property {Float64Array} ev - E[e v'].
 * @property {Float64Array} vv - E[v v'].
 * @property {Float64Array} packed - Room for a step: E[e e'] by pairs,
 * @property {Float64Array} noise - and the covariance of the gradient of a single row.
 */

/**
 * The moments at the beginning of a run: the weights are certain, the velocity is zero.
 *
 * @param {Problem} problem
 * @param {ArrayLike<number>} w
 * @returns {Moments}
 */
export function startMoments({ best, directions }, w) {
  const error = Float64Array.from(best, (value, i) => w[i] - value);
  const meanError = Float64Array.from(directions, (direction) => dot(direction, error));
  const square = () => new Float64Array(WEIGHTS * WEIGHTS);
  const moments = { meanError, meanVelocity: new Float64Array(WEIGHTS) };
  const ee = square().map((_, k) => meanError[Math.floor(k / WEIGHTS)] * meanError[k % WEIGHTS]);
  const [packed, noise] = [new Float64Array(PAIRS.length), new Float64Array(PAIRS.length)];
  return { ...moments, ee, ev: square(), vv: square(), packed, noise };
}

/**
 * Replace the moments by those after one step v <- m v + g, w <- w - lr v.
 *
 * The minibatch gradient g has the mean L e, with L the curvatures, and the covariance
 * f (E[z z' e e' z z'] - L e e' L + the terms of the residuals r), f the noise factor.
 *
 * @param {Problem} problem
 * @param {Moments} moments
 * @param {number} lr
 * @param {number} m - The momentum.
 * @param {number} factor - 1/b where minibatches of b rows are drawn with replacement.
 */
export function stepMoments(problem, moments, lr, m, factor) {
  const { curvatures: L } = problem;
  const { meanError, meanVelocity, ee, ev, vv, noise } = moments;
  gradientNoise(problem, moments);
  for (let k = 0; k < noise.length; k++) {
    const i = FIRST[k];
    const j = SECOND[k];
    const p = WEIGHTS * i + j;
    const q = WEIGHTS * j + i;
    const mixed = m * (L[i] * ev[p] + L[j] * ev[q]);
    const square = m * m * vv[p] + mixed + L[i] * L[j] * ee[p] + factor * noise[k];
    const forth = m * ev[p] + ee[p] * L[j];
    const back = m * ev[q] + ee[p] * L[i];
    ee[p] += lr * (lr * square - forth - back);
    ee[q] = ee[p];
    ev[p] = forth - lr * square;
    ev[q] = back - lr * square;
    vv[p] = square;
    vv[q] = square;
  }
  for (let i = 0; i < WEIGHTS; i++) {
    meanVelocity[i] = m * meanVelocity[i] + L[i] * meanError[i];
    meanError[i] -= lr * meanVelocity[i];
  }
}

/**
 * Write the covariance of the gradient of a single row, for each pair i <= j, to `noise`.
 *
 * @param {Problem} problem
 * @param {Moments} moments
 */
function gradientNoise({ fourth, third, second, curvatures }, { meanError, ee, packed, noise }) {
  for (let k = 0; k < packed.length; k++) {
    const entry = ee[WEIGHTS * FIRST[k] + SECOND[k]];
    packed[k] = FIRST[k] === SECOND[k] ? entry : 2 * entry;
  }
  for (let k = 0; k < noise.length; k++) {
    const i = FIRST[k];
    const j = SECOND[k];
    const full = curvatures[i] * curvatures[j] * ee[WEIGHTS * i + j];
    noise[k] = dot(fourth[k], packed) + 2 * dot(third[k], meanError) + second[k] - full;
  }
}

/**
 * The expected loss above the floor: what the mean of the weights leaves, and what noise adds.
 *
 * @param {Problem} problem
 * @param {Moments} moments
 */
export function expectedExcess({ curvatures }, { meanError, ee }) {
  let bias = 0;
  let total = 0;
  for (let i = 0; i < WEIGHTS; i++) {
    bias += (curvatures[i] * meanError[i] ** 2) / 2;
    total += (curvatures[i] * ee[WEIGHTS * i + i]) / 2;
  }
  return { bias, noise: total - bias, total };
}

/**
 * Mean and covariance of two of the weights.
 *
 * @param {Problem} problem
 * @param {Moments} moments
 * @param {number} a
 * @param {number} b
 */
export function weightSpread({ best, directions }, { meanError, ee }, a, b) {
  /** @param {number} k */
  const column = (k) => Float64Array.from(directions, (direction) => direction[k]);
  /** @param {number} k */
  const mean = (k) => best[k] + dot(column(k), meanError);
  /**
   * @param {number} k
   * @param {number} l
   */
  const covariance = (k, l) => {
    const [left, right] = [column(k), column(l)];
    return left.reduce(
      (sum, u, i) => sum + u * dot(right, ee.subarray(WEIGHTS * i, WEIGHTS * (i + 1))),
      -dot(left, meanError) * dot(right, meanError),
    );
  };
  return {
    mean: [mean(a), mean(b)],
    covariance: [covariance(a, a), covariance(a, b), covariance(b, b)],
  };
}
