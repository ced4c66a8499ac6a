// One panel of the picture: a quantity over the batch size.

/** @import { StepCost } from "../engine/timing.js" */
/** @import { Point } from "../parts/plot.js" */
/** @import { Scale } from "../parts/scale.js" */
/** @import { Curves, Entry } from "./curves.js" */
import { stepSeconds } from "../clocks/clocks.js";
import { noteSvg, seriesSvg } from "../parts/plot.js";
import { pointsOf } from "./curves.js";
import { dotSvg, namesSvg } from "./names.js";

export const WIDEST = 1.5e6; // rows in all copies
const ROWS = 1500; // rows in one
const LINE_HEIGHT = 17;

/**
 * @typedef {object} Panel
 * @property {"steps" | "cost" | "time"} quantity
 * @property {string} title
 * @property {number} share - Of the height.
 * @property {string} color
 * @property {(value: number) => string} format
 */

/**
 * @param {Panel} panel
 * @param {Curves} curves
 * @param {StepCost} cost
 * @param {Scale} px
 * @param {Scale} py
 * @param {number[]} edges
 */
export function panelSvg({ quantity, title, color, format }, curves, cost, px, py, [top, bottom]) {
  const { minibatches, all, best } = curves;
  const [left, right] = [px(1), px(WIDEST)];
  const every = Math.ceil((py.ticks.length * LINE_HEIGHT) / (bottom - top));
  const grid = py.ticks.map((tick, k) => {
    const y = py(tick).toFixed(1);
    const label = k % every ? "" : noteSvg(left - 6, Number(y) + 4, format(tick), "end");
    return `<path class="lab-grid" d="M${left} ${y}H${right}"/>${label}`;
  });
  const points = pointsOf(minibatches, quantity);
  const line = quantity === "cost" ? over([1, WIDEST], (b) => stepSeconds(cost, b)) : points;
  const genie = all ? genieLine(all, cost, quantity) : [];
  const curve = { label: title, color, dots: false };
  const lines = [
    seriesSvg({ ...curve, points: line, width: 2 }, px, py),
    seriesSvg({ ...curve, points: genie, width: 2, dash: "2 5" }, px, py),
  ];
  const dot = (
    /** @type {Point} */ [b, value],
    /** @type {number} */ r,
    /** @type {string} */ name,
  ) => (isWithin(py(value), top, bottom) ? dotSvg(px(b), py(value), r, color, name) : "");
  return [
    ...grid,
    `<path class="lab-axis" d="M${left} ${top}V${bottom}H${right}"/>`,
    `<text class="clock-title" x="${left}" y="${top - 7}">${title}</text>`,
    best ? bestLine(px(best.b), top, bottom) : "",
    clippedSvg(lines.join(""), [left, right], [top - 1, bottom + 1]),
    ...points.map((point) => dot(point, 3, "clock-dot")),
    best ? dot([best.b, best[quantity]], 5.5, "clock-best") : "",
    all && isWithin(py(all[quantity]), top, bottom)
      ? allSvg(px(all.b), py(all[quantity]), color)
      : "",
    quantity === "time" ? namesSvg(curves, px, py, top) : "",
  ].join("");
}

/**
 * @param {number} y
 * @param {number} top
 * @param {number} bottom
 */
const isWithin = (y, top, bottom) => y > top - 1 && y < bottom + 1;

/**
 * A part of the picture that ends where its panel ends.
 *
 * @param {string} svg
 * @param {number[]} sides
 * @param {number[]} edges
 */
function clippedSvg(svg, [left, right], [top, bottom]) {
  const size = `width="${right - left}" height="${(bottom - top).toFixed(1)}"`;
  const box = `${left} ${top.toFixed(1)} ${right - left} ${(bottom - top).toFixed(1)}`;
  const place = `x="${left}" y="${top.toFixed(1)}" ${size} viewBox="${box}"`;
  return `<svg aria-hidden="true" ${place}>${svg}</svg>`;
}

/**
 * Gradient descent while the data is copied: the same steps, each over more rows.
 *
 * @param {Entry} all
 * @param {StepCost} cost
 * @param {"steps" | "cost" | "time"} quantity
 * @returns {Point[]}
 */
function genieLine({ steps }, cost, quantity) {
  if (quantity === "cost") return [];
  const seconds = (/** @type {number} */ b) => (quantity === "time" ? stepSeconds(cost, b) : 1);
  return over([ROWS, WIDEST], (b) => steps * seconds(b));
}

/**
 * Points of a function, evenly spread on a log axis.
 *
 * @param {number[]} ends
 * @param {(b: number) => number} value
 * @returns {Point[]}
 */
const over = ([low, high], value) =>
  Array.from({ length: 61 }, (_, k) => {
    const b = low * (high / low) ** (k / 60);
    return [b, value(b)];
  });

/**
 * @param {number} x
 * @param {number} top
 * @param {number} bottom
 */
const bestLine = (x, top, bottom) =>
  `<path class="clock-line" d="M${x.toFixed(1)} ${top}V${bottom}"/>`;

/**
 * @param {number} x
 * @param {number} y
 * @param {string} color
 */
function allSvg(x, y, color) {
  const diamond = `M${x.toFixed(1)} ${(y - 7).toFixed(1)}l7 7l-7 7l-7-7z`;
  return `<path class="clock-all" fill="${color}" d="${diamond}"/>`;
}
