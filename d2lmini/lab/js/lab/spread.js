// How the seeds are spread: mean and standard deviation of numbers, and of the swarm's two weights.

/** @import { Problem } from "../engine/problem.js" */
/** @import { Run } from "../engine/run.js" */
/** @import { Expectation } from "./expected.js" */
/** @import { LabSettings } from "./settings.js" */
import { weightSpread } from "../engine/theory.js";
import { WEIGHT_NAMES } from "./settings.js";

const EXACT = 1e-12; // of the square of a mean

/**
 * @typedef {{ mean: number, deviation: number }} Spread
 * @typedef {{ name: string, theory: Spread, seeds: Spread }} WeightSpread
 */

/** @param {number[]} values */
export const meanOf = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * What has overflowed is infinite.
 *
 * @param {number[]} values
 * @returns {Spread}
 */
export function spreadOf(values) {
  const mean = meanOf(values);
  const variance = meanOf(values.map((value) => (value - mean) ** 2));
  return { mean: finite(mean), deviation: finite(deviationOf(mean, variance)) };
}

/**
 * The root of a variance; one that is mere rounding is zero.
 *
 * @param {number} mean
 * @param {number} variance
 */
const deviationOf = (mean, variance) => (variance <= EXACT * mean ** 2 ? 0 : Math.sqrt(variance));

/** @param {number} value */
const finite = (value) => (Number.isFinite(value) ? value : Infinity);

/**
 * Mean and covariance of the two weights by theory, and the spread of each weight.
 *
 * @param {Problem} problem
 * @param {Pick<LabSettings, "across" | "up">} settings
 * @param {Pick<Run, "w">[]} runs
 * @param {Pick<Expectation, "moments">} expectation
 */
export function spreadOfWeights(problem, { across, up }, runs, { moments }) {
  const names = [across, up];
  const weights = names.map((name) => WEIGHT_NAMES.indexOf(name));
  const { mean, covariance } = weightSpread(problem, moments, weights[0], weights[1]);
  const variances = [covariance[0], covariance[2]];
  /** @type {WeightSpread[]} */
  const spreads = weights.map((weight, k) => ({
    name: names[k],
    theory: { mean: mean[k], deviation: deviationOf(mean[k], variances[k]) },
    seeds: spreadOf(runs.map(({ w }) => w[weight])),
  }));
  return { mean, covariance, spreads };
}
