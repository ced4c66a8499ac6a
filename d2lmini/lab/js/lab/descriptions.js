// A run in words: its settings in a few, its result in a sentence.

/** @import { Run } from "../engine/run.js" */
/** @import { LabSettings } from "./settings.js" */
/** @import { Trial } from "./trial.js" */
import { diverged, finalLoss } from "../engine/run.js";
import {
  formatInteger,
  formatNumber,
  formatTime,
  pluralize,
  roundToZero,
} from "../parts/format.js";
import { LAB_DEFAULTS } from "./settings.js";

const LEAST_EXCESS = 1e-12; // the precision of a loss

/**
 * The largest stable learning rate of a run, and that of full gradients.
 *
 * @typedef {{ rate: number, full: number }} RateLimit
 */

/**
 * The settings that matter, such as "b = 10, lr = 0.05, momentum 0.9".
 *
 * @param {LabSettings} settings
 */
export function describeSettings(settings) {
  const { batch_size, lr, budget, num_epochs, momentum, copies, seed } = settings;
  const parts = [`b = ${batch_size}`, `lr = ${formatNumber(lr)}`];
  const usual = num_epochs === LAB_DEFAULTS.num_epochs;
  if (budget !== "examples") parts.push(`equal ${budget}${usual ? "" : ` × ${num_epochs}`}`);
  else if (!usual) parts.push(pluralize(num_epochs, "epoch"));
  if (momentum) parts.push(`momentum ${formatNumber(momentum, 2)}`);
  if (settings.replacement) parts.push("with replacement");
  if (settings.decay) parts.push("rate ÷ 10 each epoch");
  if (settings.grow) parts.push("batch × 10 each epoch");
  if (copies > 1) parts.push(`${copies} copies`);
  if (seed) parts.push(`seed ${seed}`);
  const { start_across, start_up } = settings;
  if (start_across || start_up) parts.push(`from (${start_across}, ${start_up})`);
  return parts.join(", ");
}

/**
 * Which limit holds for these settings: that of full gradients, or of minibatches of this size.
 *
 * @param {RateLimit} limit
 * @param {Pick<LabSettings, "batch_size" | "momentum">} settings
 */
export function describeLimit({ rate, full }, { batch_size, momentum }) {
  const gradients = rate === full ? "full gradients" : `b = ${batch_size}`;
  const condition = momentum ? ` with momentum ${formatNumber(momentum, 2)}` : "";
  const value = rate < 0.1 ? formatNumber(rate) : rate.toFixed(3);
  return `stability limit ${value} of ${gradients}${condition}`;
}

/**
 * How a run ended.
 *
 * @param {Trial} trial
 * @param {boolean} hideLimit - Whether the stability limit is not to be mentioned.
 */
export function describeResult(trial, hideLimit) {
  const { run, settings, limit, seconds } = trial;
  const duration = seconds ? ` in ${formatTime(seconds, 2)}` : "";
  const cost = `${pluralize(run.steps, "step")}${duration}, ${formatInteger(run.examples)} rows`;
  const name = describeSettings(settings);
  if (diverged(run)) return `${name}: ${describeDivergence(run, cost, hideLimit ? null : limit)}`;
  const excess = formatNumber(roundToZero(finalLoss(run) - run.problem.floor, LEAST_EXCESS), 2);
  const warning = hideLimit || settings.lr <= limit.rate ? "" : ` ${aboveLimit(run, limit)}`;
  const loss = `loss ${finalLoss(run).toFixed(4)}, ${excess} above the floor`;
  return `${name}: ${loss} (${describeAverages(trial)}) after ${cost}.${warning}`;
}

/**
 * The average of the seeds, where all are trained, and the one that theory has for minibatches that
 * are drawn independently: those of a shuffled epoch have no row in common, and often do better.
 *
 * @param {Trial} trial
 */
function describeAverages({ swarm, expected }) {
  const theory = formatNumber(roundToZero(expected.end.point.total, LEAST_EXCESS), 2);
  const seeds = formatNumber(roundToZero(swarm.meanExcess, LEAST_EXCESS), 2);
  const ofSeeds = swarm.isFull ? `mean of ${swarm.runs.length} seeds: ${seeds}; ` : "";
  return `${ofSeeds}theory of independent minibatches: ${theory}`;
}

/**
 * @param {Run} run
 * @param {string} cost
 * @param {RateLimit | null} limit - Null while it is hidden.
 */
function describeDivergence(run, cost, limit) {
  const change = `from ${run.log[0].loss.toFixed(3)} to ${formatNumber(finalLoss(run))}`;
  const sentence = `diverged, the loss went ${change} in ${cost}.`;
  if (!limit) return sentence;
  if (run.settings.lr > limit.rate) return `${sentence} ${aboveLimit(run, limit)}`;
  const settings = /** @type {LabSettings} */ (run.settings);
  const where = `${times(run, limit)} the ${describeLimit(limit, settings)}`;
  return `${sentence} The rate is only ${where}, but near the limit the noise is large.`;
}

/**
 * @param {Run} run
 * @param {RateLimit} limit
 */
const aboveLimit = (run, limit) =>
  `The rate is ${times(run, limit)} the ` +
  `${describeLimit(limit, /** @type {LabSettings} */ (run.settings))}.`;

/**
 * @param {Run} run
 * @param {RateLimit} limit
 */
const times = (run, { rate }) => `${formatNumber(run.settings.lr / rate)} times`;
