// The times to a level in words and numbers.

/** @import { StepCost } from "../engine/timing.js" */
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
export function describeCurves({ best, all, winner }, level) {
  if (!best || !all) return `No time to the loss ${level} is measured yet.`;
  const b = `b = ${formatInteger(best.b)}`;
  const rows = `on ${pluralize(all.b, "row")}`;
  if (winner === all) {
    return (
      `To the loss ${level} gradient descent is the fastest, ${rows}: ${product(all)}. The best ` +
      `minibatch is ${b}: ${product(best)}, ${formatNumber(best.time / all.time)} times as long.`
    );
  }
  return (
    `To the loss ${level} the best minibatch is ${b}: ${product(best)}. Nothing is faster. ` +
    `Gradient descent, ${rows}: ${product(all)}, ` +
    `${formatNumber(all.time / best.time)} times as long.`
  );
}

/**
 * What the ring in the picture is.
 *
 * @param {StepCost} cost
 */
export function describeRing({ alpha, beta }) {
  const b = beta ? ` = ${formatNumber(alpha / beta)} rows` : "";
  return (
    `Ring: b = α/β${b}, where the rows of a step cost as much as the step itself. ` +
    "Drag it up: everything is slower. To the left: rows cost more."
  );
}

/** @param {number} count - Of the sizes that are measured. */
export const describeProgress = (count) =>
  `Training in this page to count the steps: ${count} of ${SIZES.length} batch sizes.`;

export const METHOD =
  `Steps: the first time at the loss, medians of ${SEEDS} runs in this page at the best of ` +
  `${RATES.length} learning rates, rows shuffled in each epoch. Copies change nothing for a ` +
  "minibatch but a little noise: its steps are those of the data without copies.";

/** @param {Curves} curves */
export const numberRows = ({ minibatches, all }) =>
  [...minibatches, ...(all ? [all] : [])].map(({ b, lr, steps, cost, time }) => [
    formatInteger(b),
    formatNumber(lr),
    formatInteger(steps),
    formatShort(cost),
    formatShort(time),
  ]);
