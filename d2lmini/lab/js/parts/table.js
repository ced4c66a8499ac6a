// The numbers behind a picture, as a table.

/** @import { Point, Series } from "./plot.js" */
import { formatNumber } from "./format.js";

const MAX_POINTS = 300; // for one line

/**
 * @param {string[]} columns - What the two numbers of a point are.
 * @param {Series[]} series
 */
export function tableHtml(columns, series) {
  const rows = series.flatMap(({ label, points }) =>
    thin(points).map(([x, y]) => [label, formatNumber(x, 4), formatNumber(y, 5)]),
  );
  return rowsHtml(["run", ...columns], rows);
}

/**
 * A table of texts that hold no markup.
 *
 * @param {string[]} columns
 * @param {(string | number)[][]} rows
 */
export function rowsHtml(columns, rows) {
  const head = columns.map((name) => `<th scope="col">${name}</th>`).join("");
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join("")}</tr>`);
  return `<table><thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table>`;
}

/**
 * At most so many of the points, evenly spread, the last one always.
 *
 * @param {Point[]} points
 */
function thin(points) {
  const every = Math.ceil(points.length / MAX_POINTS);
  return points.filter((_, k) => k % every === 0 || k === points.length - 1);
}
