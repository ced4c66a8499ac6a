// The frame of a plot, as SVG text: its axes, levels across it, and what clips the lines.

/** @import { Scale } from "./scale.js" */
import { formatNumber } from "./format.js";

export const WIDTH = 340;
export const HEIGHT = 236;
const LABEL_WIDTH = 36; // that a tick's number may need
const UNIT_WIDTH = 12; // of a unit behind it

/**
 * The edges of a plot in its picture; around it is room for the labels of its axes.
 *
 * @typedef {{ left: number, right: number, top: number, bottom: number }} Frame
 */

/**
 * @param {number} width
 * @param {number} height
 * @returns {Frame}
 */
export const makeFrame = (width, height) => ({
  left: 50,
  right: width - 20,
  top: 12,
  bottom: height - 42,
});

/**
 * A horizontal line across the plot.
 *
 */

/**
 * A number at an axis; large powers of ten are short.
 *
 * @param {number} tick
 */
function formatTick(tick) {
  const power = Math.round(Math.log10(tick));
  const isLarge = tick >= 1e5 && Math.abs(tick / 10 ** power - 1) < 1e-9;
  return isLarge ? `10<tspan dy="-4" font-size="9">${power}</tspan>` : formatNumber(tick);
}

/**
 * Axes with their labels, ticks and grid lines.
 *
 * @param {Scale} px
 * @param {Scale} py
 * @param {string} xlabel
 * @param {string} ylabel
 * @param {Frame} frame
 */
export function axesSvg(px, py, xlabel, ylabel, frame) {
  const { left, right, top, bottom } = frame;
  const { format = formatTick } = px;
  const room = LABEL_WIDTH + (px.format ? UNIT_WIDTH : 0);
  let lastLabel = Number.NEGATIVE_INFINITY;
  const vertical = px.ticks.map((tick) => {
    const x = px(tick).toFixed(1);
    const line = lineSvg("lab-grid", x, top, x, bottom);
    if (px(tick) - lastLabel < room) return line;
    lastLabel = px(tick);
    return line + textSvg(x, bottom + 15, format(tick), 'text-anchor="middle"');
  });
  const horizontal = py.ticks.map((tick) => {
    const y = py(tick).toFixed(1);
    const label = textSvg(left - 6, Number(y) + 4, formatNumber(tick), 'text-anchor="end"');
    return lineSvg("lab-grid", left, y, right, y) + label;
  });
  const middle = (top + bottom) / 2;
  return [
    ...vertical,
    ...horizontal,
    `<path class="lab-axis" d="M${left} ${top}V${bottom}H${right}"/>`,
    textSvg((left + right) / 2, bottom + 34, xlabel, 'text-anchor="middle"'),
    `<text transform="translate(12 ${middle}) rotate(-90)" text-anchor="middle">${ylabel}</text>`,
  ].join("");
}

/**
 * Draw inside the frame: an inner drawing clips what leaves it, and needs no id for that.
 *
 * @param {string} content
 * @param {Frame} frame
 */
export function clippedSvg(content, { left, right, top, bottom }) {
  const [width, height] = [right - left, bottom - top];
  const viewBox = `${left} ${top} ${width} ${height}`;
  const position = `x="${left}" y="${top}" width="${width}" height="${height}"`;
  return `<svg ${position} viewBox="${viewBox}">${content}</svg>`;
}

/**
 * @param {number} level
 * @param {Scale} py
 * @param {Frame} frame
 */
export function levelSvg(level, py, { left, right }) {
  const position = py(level).toFixed(1);
  return lineSvg("lab-level", left, position, right, position);
}

/**
 * @param {number | string} x
 * @param {number | string} y
 * @param {string} text
 * @param {string} attributes
 */
const textSvg = (x, y, text, attributes) => `<text x="${x}" y="${y}" ${attributes}>${text}</text>`;

/**
 * @param {string} name - Its class.
 * @param {...(number | string)} ends - x1, y1, x2, y2.
 */
const lineSvg = (name, ...[x1, y1, x2, y2]) =>
  `<line class="${name}" x1="${x1}" x2="${x2}" y1="${y1}" y2="${y2}"/>`;
