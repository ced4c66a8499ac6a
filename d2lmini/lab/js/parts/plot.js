// The lines and notes of a plot, as SVG text.

/** @import { Scale } from "./scale.js" */

const MAX_COORDINATE = 9999; // browsers do not draw what is much further away
const MAX_DOTS = 90;

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
 * A coordinate in the plot; far outside it is kept near by.
 *
 * @param {number} value
 */
export const formatCoordinate = (value) =>
  Math.max(-MAX_COORDINATE, Math.min(MAX_COORDINATE, value)).toFixed(1);

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
