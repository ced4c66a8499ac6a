// One panel of the picture: a quantity over the batch size.

/** @import { StepCost } from "../engine/timing.js" */
/** @import { Point } from "../parts/plot.js" */
/** @import { Scale } from "../parts/scale.js" */
/** @import { Curves, Entry } from "./curves.js" */
import { stepSeconds } from "../clocks/clocks.js";
import { noteSvg, seriesSvg } from "../parts/plot.js";
import { pointsOf } from "./curves.js";

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
  return [
    ...grid,
    `<path class="lab-axis" d="M${left} ${top}V${bottom}H${right}"/>`,
    `<text class="clock-title" x="${left}" y="${top - 7}">${title}</text>`,
    best ? bestLine(px(best.b), top, bottom) : "",
    seriesSvg({ ...curve, points: line, width: 2 }, px, py),
    seriesSvg({ ...curve, points: genie, width: 2, dash: "2 5" }, px, py),
    ...points.map(([b, value]) => dotSvg(px(b), py(value), 3, color, "clock-dot")),
    best ? dotSvg(px(best.b), py(best[quantity]), 5.5, color, "clock-best") : "",
    all ? allSvg(px(all.b), py(all[quantity]), color) : "",
    quantity === "time" ? namesSvg(curves, px, py, top) : "",
  ].join("");
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
 * @param {number} y
 * @param {number} r
 * @param {string} color
 * @param {string} name
 */
const dotSvg = (x, y, r, color, name) =>
  `<circle class="${name}" cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${r}" fill="${color}"/>`;

/**
 * The names of the two that are compared.
 *
 * @param {Curves} curves
 * @param {Scale} px
 * @param {Scale} py
 * @param {number} top
 */
function namesSvg({ best, all }, px, py, top) {
  const gd = all ? noteSvg(px(all.b), py(all.time) - 11, "GD", "middle") : "";
  if (!best) return gd;
  const x = px(best.b);
  const name = `best b = ${best.b}`;
  const isLeft = best.b < 50; // no room between axis and line
  return gd + noteSvg(x + (isLeft ? 6 : -6), top + 12, name, isLeft ? "start" : "end");
}

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
const allSvg = (x, y, color) =>
  `<path class="clock-all" fill="${color}" d="M${x.toFixed(1)} ${(y - 7).toFixed(1)}l7 7l-7 7l-7-7z"/>`;
