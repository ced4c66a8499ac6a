// The map in words and as a table.

/** @import { TheoryLines } from "./lines.js" */
import { formatInteger, formatNumber } from "../parts/format.js";
import { rowsHtml } from "../parts/table.js";
import { CELLS, COLUMNS_OF_MAP, positionIn, settingsOfCell } from "./cells.js";
import { BATCH_SIZES } from "./settings.js";

/**
 * The cell with the least loss from one cell on, of so many.
 *
 * @param {Float64Array} excess
 * @param {number} [from]
 * @param {number} [count]
 */
export function bestCell(excess, from = 0, count = CELLS) {
  let best = from;
  for (let cell = from; cell < from + count; cell++) {
    if (!(excess[best] <= excess[cell])) best = cell;
  }
  return best;
}

/**
 * @param {Float64Array} excess
 * @param {{ batch_size: number, lr: number }} chosen
 * @param {TheoryLines} lines - Those that are seen.
 */
export function mapSummary(excess, { batch_size, lr }, lines) {
  return (
    `Map of ${formatInteger(CELLS)} runs, batch size up, learning rate across. ` +
    `${describeCells(excess)} Chosen: batch size ${batch_size}, rate ${formatNumber(lr)}. ` +
    `${describeLines(lines, batch_size)}Arrow keys choose another.`
  );
}

/**
 * What the lines say at the batch size of the map that is nearest to the chosen one.
 *
 * @param {TheoryLines} lines
 * @param {number} batchSize
 */
function describeLines({ limits, best }, batchSize) {
  const row = Math.round(positionIn(BATCH_SIZES, batchSize));
  const parts = [
    ...(row < limits.length ? [`largest stable rate ${formatNumber(limits[row])}`] : []),
    ...(row < best.length ? [`best rate ${formatNumber(best[row], 2)}`] : []),
  ];
  return parts.length ? `By theory at batch size ${BATCH_SIZES[row]}: ${parts.join(", ")}. ` : "";
}

/** @param {Float64Array} excess */
function describeCells(excess) {
  const best = bestCell(excess);
  if (Number.isNaN(excess[best])) return "The runs are being trained.";
  const { batch_size, lr } = settingsOfCell(best);
  const diverged = excess.filter((value) => value === Infinity).length;
  return (
    `The least loss, ${formatNumber(excess[best], 2)} above the floor, is at batch size ` +
    `${batch_size} and rate ${formatNumber(lr)}; ${formatInteger(diverged)} runs diverged.`
  );
}

/**
 * A row for each batch size.
 *
 * @param {Float64Array} excess
 * @param {TheoryLines} lines
 */
export function mapTable(excess, { limits, best }) {
  const rows = BATCH_SIZES.map((b, k) => {
    const cell = bestCell(excess, k * COLUMNS_OF_MAP, COLUMNS_OF_MAP);
    const isTrained = !Number.isNaN(excess[cell]);
    return [
      formatInteger(b),
      isTrained ? formatNumber(settingsOfCell(cell).lr) : "",
      isTrained ? formatNumber(excess[cell], 2) : "",
      k < best.length ? formatNumber(best[k], 2) : "",
      k < limits.length ? limits[k].toFixed(4) : "",
    ];
  });
  const columns = [
    "batch size",
    "best rate of the map",
    "its loss above the floor",
    "best rate by theory",
    "largest stable rate",
  ];
  return rowsHtml(columns, rows);
}

/**
 * What is below the map; a color scale follows it.
 *
 * @param {string} trained - How the runs were trained.
 * @param {boolean} hidesLimit
 */
export const mapCaption = (trained, hidesLimit) =>
  `${formatInteger(CELLS)} runs of ${trained}. Hatched: ended worse than it began. ` +
  `${hidesLimit ? "" : "Solid line: largest stable rate. "}` +
  "Dashed: best rate by theory. Color: loss above the floor, ";
