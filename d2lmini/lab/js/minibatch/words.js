// What the pictures show, in words.

/** @import { Cloud, Draw } from "./gradients.js" */
import { formatInteger, formatNumber, pluralize, roundToZero } from "../parts/format.js";
import { rowsHtml } from "../parts/table.js";
import { isInside } from "./arrows_picture.js";
import { spreadOf } from "./gradients.js";

/** @param {number} ratio */
const times = (ratio) => `${ratio.toFixed(2)} times`;

/** @param {number} angle */
const degrees = (angle) => `${angle.toFixed(angle < 10 ? 1 : 0)}°`;

/**
 * The latest step: as it is drawn, and in the space of all weights.
 *
 * @param {Draw} draw
 * @param {number} batchSize
 */
export function stepInWords({ seen, whole, step }, batchSize) {
  const outside = isInside(step) ? "" : ", ends outside";
  return [
    `Step of ${pluralize(batchSize, "row")}: drawn ${times(seen.ratio)} as long as the full ` +
      `step, ${degrees(seen.angle)} off${outside}.`,
    `In all six directions: ${times(whole.ratio)}, ${degrees(whole.angle)}.`,
  ];
}

/**
 * All steps that could be drawn.
 *
 * @param {Cloud} cloud
 * @param {number} batchSize
 */
export function spreadInWords(cloud, batchSize) {
  const { distance } = spreadOf(cloud, batchSize);
  if (distance === 0) return "Every row is in the batch: each draw gives the full step.";
  return (
    `Over all draws, a step misses the full step by ${formatNumber(distance, 2)} ` +
    `(root mean square, all six directions), ${times(distance / cloud.length)} its length.`
  );
}

const DRAW_COLUMNS = [
  ...["draw", "b", "along", "across"],
  ...["length as drawn", "angle as drawn", "length in all six", "angle in all six"],
];

const ROUNDING = 1e-9; // of a coordinate of a step

/**
 * The last draws, the latest first.
 *
 * @param {{ number: number, batchSize: number, draw: Draw }[]} history
 */
export function historyHtml(history) {
  const rows = [...history].reverse().map(({ number, batchSize, draw }) => {
    const [along, across] = draw.step.map((value) => formatNumber(roundToZero(value, ROUNDING), 3));
    const deviations = [draw.seen, draw.whole].flatMap(({ ratio, angle }) => [
      `${formatNumber(ratio, 3)} ×`,
      degrees(angle),
    ]);
    return [number, formatInteger(batchSize), along, across, ...deviations];
  });
  return rowsHtml(DRAW_COLUMNS, rows);
}
