// The names of the best minibatch and of gradient descent in the picture.

/** @import { Scale } from "../parts/scale.js" */
/** @import { Curves, Entry } from "./curves.js" */
import { noteSvg } from "../parts/plot.js";

const LABEL_WIDTH = 175; // of the longest name

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
  const gd = all ? noteSvg(px(all.b) + 2, py(all.time) - 15, named(all, "GD"), "middle") : "";
  if (!best || !winner) return gd;
  const x = px(best.b);
  const name = named(best, `best minibatch: b = ${best.b}`);
  const isLeft = x - px(1) < LABEL_WIDTH; // no room between axis and line
  return (
    dotSvg(px(winner.b), py(winner.time), 11, "none", "clock-winner") +
    gd +
    noteSvg(x + (isLeft ? 6 : -6), top + 12, name, isLeft ? "start" : "end")
  );
}
