// A run in words: its settings in a legend, its result in a sentence.

/** @import { Settings } from "./settings.js" */
/** @import { Run } from "./run.js" */
import { formatNumber, formatTime, pluralize } from "./format.js";
import { diverged, finalLoss } from "./run.js";
import { DEFAULTS } from "./settings.js";

/**
 * The largest stable learning rate of a run, and that of full gradients.
 *
 * @typedef {{ rate: number, full: number }} RateLimit
 */

/**
 * The settings that matter, such as "b = 10, lr = 0.05, momentum 0.9".
 *
 * @param {Settings} settings
 */
export function describeSettings(settings) {
  const { batch_size, lr, num_epochs, momentum, replacement, decay, genie, seed } = settings;
  const parts = [`b = ${batch_size}`, `lr = ${formatNumber(lr)}`];
  if (num_epochs !== DEFAULTS.num_epochs) parts.push(pluralize(num_epochs, "epoch"));
  if (momentum) parts.push(`momentum ${formatNumber(momentum, 2)}`);
  if (replacement) parts.push("with replacement");
  if (decay) parts.push("rate / 10 each epoch");
  if (genie) parts.push("doubled data");
  if (seed) parts.push(`seed ${seed}`);
  return parts.join(", ");
}

/**
 * The limit that holds for these settings: of full gradients, or of minibatches of this size.
 *
 * @param {RateLimit} limit
 * @param {Pick<Settings, "batch_size" | "momentum">} settings
 */
export function describeLimit({ rate, full }, { batch_size, momentum }) {
  const gradients = rate === full ? "full gradients" : `b = ${batch_size}`;
  const condition = momentum ? ` with momentum ${formatNumber(momentum, 2)}` : "";
  return `stability limit ${rate.toFixed(3)} of ${gradients}${condition}`;
}

/**
 * How a run ended. `seconds` is the time of a step, `measured` whether it was measured already;
 * without `limit` the sentence does not mention it.
 *
 * @param {{ run: Run, seconds: number, measured: boolean, limit: RateLimit | null }} result
 */
export function describeResult({ run, seconds, measured, limit }) {
  const { settings } = run;
  const duration = `${measured ? "" : "about "}${formatTime(run.steps * seconds)}`;
  const cost = `${pluralize(run.steps, "step")} in ${duration}`;
  const ratio = limit ? settings.lr / limit.rate : 0;
  const times = limit ? `${formatNumber(ratio)} times the ${describeLimit(limit, settings)}` : "";
  const sentence = diverged(run)
    ? describeDivergence(run, cost, ratio, times)
    : describeFinalLoss(run, cost, ratio > 1 ? ` The learning rate is ${times}.` : "");
  return `${describeSettings(settings)}: ${sentence}`;
}

/**
 * @param {Run} run
 * @param {string} cost
 * @param {string} warning
 */
function describeFinalLoss(run, cost, warning) {
  const final = finalLoss(run);
  const plural = run.examples === run.size ? "" : "s";
  const epochs = `${formatNumber(run.examples / run.size, 3)} epoch${plural}`;
  const excess = `${(final - run.problem.floor).toFixed(4)} above the floor`;
  return `the loss is ${final.toFixed(4)} after ${epochs}, ${excess}; ${cost}.${warning}`;
}

/**
 * @param {Run} run
 * @param {string} cost
 * @param {number} ratio - The learning rate over its limit; 0 where the limit is not shown.
 * @param {string} times - The ratio in words.
 */
function describeDivergence(run, cost, ratio, times) {
  const first = run.log[0].loss.toFixed(3);
  const change = `The loss went from ${first} to ${formatNumber(finalLoss(run))}; ${cost}.`;
  if (ratio === 0) return `diverged. ${change}`;
  if (ratio > 1) return `diverged, the learning rate is ${times}. ${change}`;
  const reason = "near the limit the noise is large";
  return `ended above the loss it began with, at ${times}: ${reason}. ${change}`;
}
