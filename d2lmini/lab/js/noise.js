// How minibatch gradients vary around the full gradient, sampled and in theory.

/** @import { Vector } from "./linear.js" */
/** @import { Problem } from "./problem.js" */
/** @import { Settings } from "./settings.js" */
import { minibatchGradient, noiseFactor, varianceAlong } from "./gradients.js";
import { dot, identity } from "./linear.js";
import { fullGradient, rowsPerEpoch, WEIGHTS } from "./problem.js";
import { sampleWithReplacement, seededRandom, shuffleFront } from "./random.js";

const ROWS_READ = 40000; // in all, so that large minibatches take no longer than small ones

/**
 * Minibatch gradients in units of the full gradient's length.
 *
 * @typedef {object} GradientNoise
 * @property {Float64Array} values - Their projections on the full gradient, which itself is 1.
 * @property {number} sigma - The standard deviation of the projections in theory.
 * @property {number} total - That of the whole gradient, over all directions.
 */

/**
 * Sample minibatch gradients at `w`.
 *
 * @param {Problem} problem
 * @param {Float64Array} w
 * @param {Settings} settings
 * @returns {GradientNoise}
 */
export function sampleNoise(problem, w, settings) {
  const full = fullGradient(problem, w);
  const length = Math.sqrt(dot(full, full));
  const direction = full.map((value) => value / length);
  const values = sampleProjections(problem, w, settings, direction);
  const axes = identity(WEIGHTS);
  const trace = axes.reduce((sum, axis) => sum + varianceAlong(problem, w, axis), 0);
  /** @param {number} variance */
  const deviation = (variance) => Math.sqrt(variance * noiseFactor(problem, settings)) / length;
  return {
    values: values.map((value) => value / length),
    sigma: deviation(varianceAlong(problem, w, direction)),
    total: deviation(trace),
  };
}

/**
 * @param {Problem} problem
 * @param {Float64Array} w
 * @param {Settings} settings
 * @param {Vector} direction
 */
function sampleProjections(problem, w, settings, direction) {
  const size = rowsPerEpoch(problem, settings);
  const b = Math.min(settings.batch_size, size);
  const samples = Math.max(40, Math.min(400, Math.floor(ROWS_READ / b)));
  const random = seededRandom(settings.seed + 12345);
  const rows = Uint16Array.from({ length: size }, (_, i) => i);
  const minibatch = rows.subarray(0, b);
  const gradient = new Float64Array(WEIGHTS);
  return Float64Array.from({ length: samples }, () => {
    if (settings.replacement) sampleWithReplacement(minibatch, size, random);
    else shuffleFront(rows, b, random);
    minibatchGradient(problem, w, minibatch, 0, b, gradient);
    return dot(gradient, direction);
  });
}
