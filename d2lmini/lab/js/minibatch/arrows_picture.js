// The rows’ arrows from one origin, their mean, and the mean of all rows’ arrows behind.

/** @import { Cloud, Draw, Pair } from "./gradients.js" */
import { spreadOf } from "./gradients.js";
import { faintness } from "./rows_picture.js";

export const ARROWS_BOX = { width: 340, height: 256 };
const EDGE_OF_ARROWS = { left: 42, right: 332, top: 6, bottom: 218 };
const ORIGIN = { x: 166, y: 112 };
const UNIT = 63; // the same for both axes, so that angles are true

const HORIZONTAL = [-2, -1, 0, 1, 2];
const VERTICAL = [-1, 0, 1];

/** @param {number} value */
const short = (value) => value.toFixed(3);

/** Axes, and a group for what is drawn in units of the gradient, y upwards. */
export function frameSvg() {
  const { left, right, top, bottom } = EDGE_OF_ARROWS;
  const [width, height] = [right - left, bottom - top];
  const sign = (/** @type {number} */ tick) => String(tick).replace("-", "−");
  const under = HORIZONTAL.map((tick) => [ORIGIN.x + UNIT * tick, tick]).map(
    ([x, tick]) =>
      `<path class="lab-grid" d="M${x} ${top}V${bottom}"/>` +
      `<text x="${x}" y="${bottom + 15}" text-anchor="middle">${sign(tick)}</text>`,
  );
  const beside = VERTICAL.map((tick) => [ORIGIN.y - UNIT * tick, tick]).map(
    ([y, tick]) =>
      `<path class="lab-grid" d="M${left} ${y}H${right}"/>` +
      `<text x="${left - 3}" y="${y + 4}" text-anchor="end">${sign(tick)}</text>`,
  );
  const middle = (top + bottom) / 2;
  return [
    ...under,
    ...beside,
    `<path class="lab-axis" d="M${left} ${top}V${bottom}H${right}"/>`,
    `<text x="${(left + right) / 2}" y="${bottom + 32}" text-anchor="middle">`,
    "along the full step</text>",
    `<text transform="translate(14 ${middle}) rotate(-90)" text-anchor="middle">`,
    "across: rows differ most</text>",
    `<svg x="${left}" y="${top}" width="${width}" height="${height}" `,
    `viewBox="${left} ${top} ${width} ${height}">`,
    `<g class="minibatch-plane" transform="translate(${ORIGIN.x} ${ORIGIN.y}) `,
    `scale(${UNIT} ${-UNIT})"></g></svg>`,
  ].join("");
}

/**
 * @param {Cloud} cloud
 * @param {Draw[]} draws - All with this batch size, the latest last.
 * @param {number} batchSize
 */
export function arrowsSvg(cloud, draws, batchSize) {
  const { rows, step } = draws[draws.length - 1];
  const { long, short: narrow, angle } = spreadOf(cloud, batchSize);
  const turned = (Math.atan2(step[1], step[0]) * 180) / Math.PI;
  const ring = `translate(${short(cloud.length)} 0) rotate(${angle.toFixed(2)})`;
  return [
    `<path class="minibatch-full" d="${arrowPath(cloud.length, 0.075, 0.17)}"/>`,
    `<g class="minibatch-grow"><path class="minibatch-single" opacity="${faintness(rows.length)}" `,
    `d="${rows.map((row) => `M0 0L${cloud.arrows[row].map(short).join(" ")}`).join("")}"/></g>`,
    `<ellipse class="minibatch-ring" rx="${short(long)}" ry="${short(narrow)}" `,
    `transform="${ring}"/>`,
    `<path class="minibatch-ends" d="${draws.slice(0, -1).map(endOf).join("")}"/>`,
    `<g transform="rotate(${turned.toFixed(2)})"><path class="minibatch-step" `,
    `d="${arrowPath(Math.hypot(...step), 0.028, 0.1)}"/></g>`,
  ].join("");
}

/** @param {Draw} draw */
const endOf = ({ step }) => `M${step.map(short).join(" ")}h0`;

/**
 * The outline of an arrow from the origin to the right.
 *
 * @param {number} length
 * @param {number} half - Half the width of its shaft.
 * @param {number} head - Half the width of its head.
 */
export function arrowPath(length, half, head) {
  const neck = Math.max(0, length - 1.7 * head);
  const [a, b, c, d] = [neck, length, half, head].map(short);
  return `M0 ${c}L${a} ${c}L${a} ${d}L${b} 0L${a} -${d}L${a} -${c}L0 -${c}Z`;
}

/**
 * Whether a point is in the picture.
 *
 * @param {Pair} point
 */
export function isInside([along, across]) {
  const { left, right, top, bottom } = EDGE_OF_ARROWS;
  const [x, y] = [ORIGIN.x + UNIT * along, ORIGIN.y - UNIT * across];
  return x >= left && x <= right && y >= top && y <= bottom;
}
