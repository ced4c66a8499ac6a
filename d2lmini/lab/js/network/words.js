// The results in words.

/** @import { Cell, Spread } from "./sweep.js" */
import { formatNumber, pluralize } from "../parts/format.js";
import { STYLES } from "./results.js";

/** @param {number} error */
export const errorWords = (error) => (Number.isFinite(error) ? formatNumber(error) : "∞");

/** @param {Cell} cell - Its training ended above its first error. */
const diverged = ({ train, curve }) => !(train.median <= curve.train[0]);

/** @param {Spread} spread */
export function spreadWords({ median, low, high }) {
  const range = low === high ? "" : ` (${errorWords(low)} to ${errorWords(high)})`;
  return errorWords(median) + range;
}

/** @param {Cell} cell */
export const cellName = ({ job }) =>
  `${STYLES[job.optimizer].name}, b = ${formatNumber(job.batchSize)}`;

/**
 * One point of the picture.
 *
 * @param {Cell} cell
 */
export function describeCell(cell) {
  const { job, lr, train, test } = cell;
  const list = job.rates.length > 1 ? ` (best of ${job.rates.length} rates${edgeWords(cell)})` : "";
  return (
    `${cellName(cell)}, rate ${formatNumber(lr)}${list}: test error ${spreadWords(test)}, ` +
    `training error ${spreadWords(train)}.${diverged(cell) ? " It diverged." : ""}`
  );
}

/**
 * A better rate may lie outside a list if the best one is at its end.
 *
 * @param {Cell} cell
 */
function edgeWords({ lr, job: { rates } }) {
  const atEdge = lr === rates[0] || lr === rates[rates.length - 1];
  return atEdge ? ", at the edge of the list" : "";
}

/**
 * How far the sweep is, and what came out.
 *
 * @param {boolean} running
 * @param {number} planned - How many points the picture will have.
 * @param {Cell[]} cells - Those that it has.
 */
export function describeState(running, planned, cells) {
  const missing = planned - cells.length;
  if (!planned) return "Choose an optimizer.";
  if (running) return `Training ${pluralize(missing, "point")} in the background.`;
  if (!cells.length) return `Nothing is trained yet: ${pluralize(planned, "point")} to do.`;
  const stopped = missing ? `${cells.length} of ${planned} points are trained. ` : "";
  return stopped + conclude(cells);
}

/**
 * Where the optimizers are closest and where furthest apart, and the lowest test error.
 *
 * @param {Cell[]} cells
 */
export function conclude(cells) {
  const valid = cells.filter((cell) => !diverged(cell));
  if (!valid.length) return "Every run diverged.";
  const best = valid.reduce((a, b) => (b.test.median < a.test.median ? b : a));
  const lowest = `The lowest test error is ${formatNumber(best.test.median)}: ${cellName(best)}.`;
  const groups = compare(valid);
  if (groups.length < 2) return lowest;
  const [closest, furthest] = [groups[0], groups[groups.length - 1]].map(
    ({ b, low, high }) =>
      `b = ${formatNumber(b)} (test errors ${formatNumber(low)} to ${formatNumber(high)})`,
  );
  return `The optimizers end closest at ${closest}, furthest apart at ${furthest}. ${lowest}`;
}

/**
 * The range of the test errors at each batch size that has more than one, the narrowest first.
 *
 * @param {Cell[]} cells
 */
function compare(cells) {
  return [...new Set(cells.map(({ job }) => job.batchSize))]
    .map((b) => ({
      b,
      errors: cells.filter((c) => c.job.batchSize === b).map((c) => c.test.median),
    }))
    .filter(({ errors }) => errors.length > 1)
    .map(({ b, errors }) => ({ b, low: Math.min(...errors), high: Math.max(...errors) }))
    .sort((one, other) => one.high / one.low - other.high / other.low);
}
