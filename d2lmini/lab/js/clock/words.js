// The times to a level in words and numbers.

/** @import { Curves, Entry } from "./curves.js" */
import { formatShort } from "../clocks/clocks.js";
import { formatInteger, formatNumber, pluralize } from "../parts/format.js";
import { RATES, SEEDS, SIZES } from "./steps.js";

export const CLOCK_COLUMNS = ["batch size", "learning rate", "steps", "time a step", "time"];

/** @param {Entry} entry */
const product = ({ steps, cost, time }) =>
  `${pluralize(steps, "step")} × ${formatShort(cost)} = ${formatShort(time)}`;

/**
 * @param {Curves} curves
 * @param {string} level
 */
export function describeCurves({ best, all }, level) {
  if (!best || !all) return `No time to the loss ${level} is measured yet.`;
  const ratio = all.time / best.time;
  const verdict = ratio < 1 ? "as long: it wins" : "as long";
  return (
    `To the loss ${level} the best minibatch is b = ${formatInteger(best.b)}: ${product(best)}. ` +
    `Gradient descent, on ${pluralize(all.b, "row")}: ${product(all)}, ` +
    `${formatNumber(ratio)} times ${verdict}.`
  );
}

/** @param {number} count - Of the sizes that are measured. */
export const describeProgress = (count) =>
  `Training in this page to count the steps: ${count} of ${SIZES.length} batch sizes.`;

export const METHOD =
  `Steps: the first time at the loss, medians of ${SEEDS} runs in this page at the best of ` +
  `${RATES.length} learning rates, rows drawn with replacement.`;

/** @param {Curves} curves */
export const numberRows = ({ minibatches, all }) =>
  [...minibatches, ...(all ? [all] : [])].map(({ b, lr, steps, cost, time }) => [
    formatInteger(b),
    formatNumber(lr),
    formatInteger(steps),
    formatShort(cost),
    formatShort(time),
  ]);
