// The times to a level in words and numbers.

/** @import { StepCost } from "../engine/timing.js" */
/** @import { Curves, Entry } from "./curves.js" */
import { formatShort } from "../clocks/clocks.js";
import { formatInteger, formatNumber, pluralize } from "../parts/format.js";
import { RATES, SEEDS, SIZES } from "./steps.js";

export const CLOCK_COLUMNS = ["batch size", "learning rate", "steps", "time a step", "time"];

/** @param {Entry} entry */
const product = ({ steps, cost, time, digits }) =>
  `${pluralize(steps, "step")} × ${formatShort(cost, digits)} = ${formatShort(time, digits)}`;

/**
 * @param {Entry} slow
 * @param {Entry} fast
 */
const ratio = (slow, fast) => `${formatNumber(slow.time / fast.time, fast.digits)} times as long`;

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
      `minibatch is ${b}: ${product(best)}, ${ratio(best, all)}.`
    );
  }
  return (
    `To the loss ${level} the best minibatch is ${b}: ${product(best)}. Nothing is faster. ` +
    `Gradient descent, ${rows}: ${product(all)}, ${ratio(all, best)}.`
  );
}

/**
 * What the ring in the picture is.
 *
 * @param {StepCost} cost
 */
export function describeRing({ alpha, beta, digits }) {
  const b = beta ? ` = ${formatNumber(alpha / beta, digits)} rows` : "";
  return (
    `Ring: b = α/β${b}, where the rows of a step cost as much as the step itself. ` +
    "Drag it up: everything is slower. To the left: rows cost more."
  );
}

/**
 * @param {number} count - Of the sizes that are measured,
 * @param {number} [next] - and the one that comes now.
 */
export const describeProgress = (count, next = 0) =>
  count < SIZES.length
    ? `Training in this page to count the steps: ${count} of ${SIZES.length} batch sizes.`
    : `Training in this page to count the steps of b = ${formatInteger(next)}.`;

export const METHOD =
  `Steps: the first time at the loss, medians of ${SEEDS} runs in this page at the best of ` +
  `${RATES.length} learning rates, rows shuffled in each epoch. Copies change nothing for a ` +
  "minibatch but a little noise: its steps are those of the data without copies. One of 1,500 " +
  "rows or more is drawn row by row, as from very many copies.";

/** @param {Curves} curves */
export const numberRows = ({ minibatches, all }) =>
  [...minibatches, ...(all ? [all] : [])].map(({ b, lr, steps, cost, time, digits }) => [
    formatInteger(b),
    formatNumber(lr),
    formatInteger(steps),
    formatShort(cost, digits),
    formatShort(time, digits),
  ]);
