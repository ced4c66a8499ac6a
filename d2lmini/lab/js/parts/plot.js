// A plot as SVG text: its frame, its axes, and the lines in it.

/** @import { Scale } from "./scale.js" */
import { formatNumber } from "./format.js";

export const WIDTH = 340;
export const HEIGHT = 236;

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

export const FRAME = makeFrame(WIDTH, HEIGHT);
const MAX_COORDINATE = 9999; // browsers do not draw what is much further away
const MAX_DOTS = 90;
const LABEL_WIDTH = 36; // that a tick's number may need

/** @typedef {[number, number]} Point */

/**
 * A line of a plot.
 *
 * @typedef {object} Series
 * @property {string} label
 * @property {Point[]} points
 * @property {string} color
 * @property {string} [dash]
 * @property {boolean} [dots] - Whether each point of a short line is marked.
 * @property {number} [width]
 */

/**
 * A horizontal line across the plot.
 *
 * @typedef {{ y: number, label: string }} Level
 */

/**
 * A coordinate in the plot; far outside it is kept near by.
 *
 * @param {number} value
 */
export const formatCoordinate = (value) =>
  Math.max(-MAX_COORDINATE, Math.min(MAX_COORDINATE, value)).toFixed(1);

/**
 * Axes with their labels, ticks and grid lines.
 *
 * @param {Scale} px
 * @param {Scale} py
 * @param {string} xlabel
 * @param {string} ylabel
 * @param {Frame} [frame]
 */
export function axesSvg(px, py, xlabel, ylabel, frame = FRAME) {
  const { left, right, top, bottom } = frame;
  let lastLabel = Number.NEGATIVE_INFINITY;
  const vertical = px.ticks.map((tick) => {
    const x = px(tick).toFixed(1);
    const line = lineSvg("lab-grid", x, top, x, bottom);
    if (px(tick) - lastLabel < LABEL_WIDTH) return line;
    lastLabel = px(tick);
    return line + textSvg(x, bottom + 15, formatNumber(tick), 'text-anchor="middle"');
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
 * @param {Frame} [frame]
 */
export function clippedSvg(content, { left, right, top, bottom } = FRAME) {
  const [width, height] = [right - left, bottom - top];
  const viewBox = `${left} ${top} ${width} ${height}`;
  const position = `x="${left}" y="${top}" width="${width}" height="${height}"`;
  return `<svg ${position} viewBox="${viewBox}">${content}</svg>`;
}

/**
 * @param {Level} level
 * @param {Scale} py
 * @param {Frame} [frame]
 */
export function levelSvg({ y, label }, py, { left, right } = FRAME) {
  const position = py(y).toFixed(1);
  const line = lineSvg("lab-level", left, position, right, position);
  return line + noteSvg(right - 4, Number(position) + 11, label, "end");
}

/**
 * @param {Series} series
 * @param {Scale} px
 * @param {Scale} py
 */
export function seriesSvg({ points, color, dash = "", dots = true, width = 1.8 }, px, py) {
  const positions = points
    .filter(([x, y]) => Number.isFinite(px(x)) && Number.isFinite(y))
    .map(([x, y]) => `${formatCoordinate(px(x))} ${formatCoordinate(py(y))}`);
  if (!positions.length) return "";
  const path = `d="M${positions.join("L")}" stroke-width="${width}" stroke-dasharray="${dash}"`;
  const marks = positions.map((position) => `M${position}h0`).join("");
  const dotted = dots && positions.length <= MAX_DOTS;
  const markSvg = `<path d="${marks}" stroke-width="5" stroke-linecap="round"/>`;
  return `<g fill="none" stroke="${color}"><path ${path}/>${dotted ? markSvg : ""}</g>`;
}

/**
 * A small text in the plot.
 *
 * @param {number | string} x
 * @param {number | string} y
 * @param {string} text
 * @param {"start" | "middle" | "end"} [anchor]
 */
export const noteSvg = (x, y, text, anchor = "start") => {
  const alignment = anchor === "start" ? "" : ` text-anchor="${anchor}"`;
  return `<text class="lab-note" x="${x}" y="${y}"${alignment}>${text}</text>`;
};

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
