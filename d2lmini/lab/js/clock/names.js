// The names of the best minibatch and of gradient descent in the picture.

/** @import { Scale } from "../parts/scale.js" */
/** @import { Curves, Entry } from "./curves.js" */
import { formatInteger } from "../parts/format.js";
import { noteSvg } from "../parts/plot.js";

const LETTER = 6; // pixels, about the width of a letter
const ROOM = 12; // on the right of the panels

/**
 * @param {number} x
 * @param {number} y
 * @param {number} r
 * @param {string} color
 * @param {string} name
 */
export const dotSvg = (x, y, r, color, name) =>
  `<circle class="${name}" cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${r}" fill="${color}"/>`;

/**
 * The names of the two that are compared, and a ring around the winner.
 *
 * @param {Curves} curves
 * @param {Scale} px
 * @param {Scale} py
 * @param {number} top
 */
export function namesSvg({ best, all, winner }, px, py, top) {
  const named = (/** @type {Entry} */ entry, /** @type {string} */ name) =>
    entry === winner ? `${name}, fastest` : name;
  const edges = [px(1), px(px.ticks[px.ticks.length - 1]) + ROOM];
  const gd = all ? overSvg(px(all.b) + 2, py(all.time) - 15, named(all, "GD"), edges) : "";
  if (!best || !winner) return gd;
  const name = named(best, `best minibatch: b = ${formatInteger(best.b)}`);
  return (
    dotSvg(px(winner.b), py(winner.time), 11, "none", "clock-winner") +
    gd +
    besideSvg(px(best.b), top + 12, name, edges)
  );
}

/**
 * A name over a point; at the edge of the picture it ends there.
 *
 * @param {number} x
 * @param {number} y
 * @param {string} name
 * @param {number[]} edges
 */
function overSvg(x, y, name, [, right]) {
  const isInside = x + (LETTER * name.length) / 2 <= right;
  return noteSvg(isInside ? x : right, y, name, isInside ? "middle" : "end");
}

/**
 * A name beside a vertical line: where there is room, and across the line where there is none.
 *
 * @param {number} x
 * @param {number} y
 * @param {string} name
 * @param {number[]} edges
 */
function besideSvg(x, y, name, [left, right]) {
  const width = 6 + LETTER * name.length;
  if (x - width >= left) return noteSvg(x - 6, y, name, "end");
  if (x + width <= right) return noteSvg(x + 6, y, name);
  return noteSvg(right, y, name, "end");
}
