// What the pictures show, in words.

/** @import { Cloud, Draw } from "./gradients.js" */
import { formatNumber, pluralize } from "../parts/format.js";
import { isInside } from "./arrows_picture.js";
import { spreadOf } from "./gradients.js";

/** @param {number} ratio */
const times = (ratio) => `${ratio.toFixed(2)} times`;

/** @param {number} angle */
const degrees = (angle) => `${angle.toFixed(angle < 10 ? 1 : 0)}°`;

/**
 * The latest step.
 *
 * @param {Draw} draw
 * @param {number} batchSize
 */
export function stepInWords({ ratio, angle, step }, batchSize) {
  const outside = isInside(step) ? "" : ", ends outside";
  return (
    `Step of ${pluralize(batchSize, "row")}: ${times(ratio)} as long as the full gradient, ` +
    `${degrees(angle)} off${outside}.`
  );
}

/**
 * All steps that could be drawn.
 *
 * @param {Cloud} cloud
 * @param {number} batchSize
 */
export function spreadInWords(cloud, batchSize) {
  const { distance } = spreadOf(cloud, batchSize);
  if (distance === 0) return "Every row is in the batch: each draw gives the full gradient.";
  return (
    `Over all draws, a step misses the full gradient by ${formatNumber(distance, 2)} ` +
    `(root mean square), ${times(distance / cloud.length)} its length.`
  );
}

/**
 * The last draws, the latest first.
 *
 * @param {{ number: number, batchSize: number, draw: Draw }[]} history
 */
export function historyHtml(history) {
  const columns = ["draw", "b", "length ÷ full", "angle", "along", "across"];
  const head = columns.map((name) => `<th scope="col">${name}</th>`).join("");
  const body = [...history].reverse().map(({ number, batchSize, draw }) => {
    const [along, across] = draw.step.map((value) => formatNumber(value, 3));
    const numbers = [number, batchSize, formatNumber(draw.ratio, 3), degrees(draw.angle)];
    return `<tr>${[...numbers, along, across].map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
  });
  return `<table><thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table>`;
}
