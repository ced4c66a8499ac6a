// From steps and costs to times: the curves, the best batch size, and gradient descent beside it.

/** @import { StepCost } from "../engine/timing.js" */
/** @import { Point } from "../parts/plot.js" */
/** @import { Need } from "./steps.js" */
import { stepSeconds } from "../clocks/clocks.js";

/**
 * @typedef {object} Entry
 * @property {number} b - The batch size; of gradient descent, all rows of all copies.
 * @property {number} steps
 * @property {number} lr
 * @property {number} cost - Seconds a step.
 * @property {number} time - Seconds to the level.
 * @property {number} [digits] - How many digits of both count.
 */

/**
 * @typedef {object} Curves
 * @property {Entry[]} minibatches - Those that reach the level.
 * @property {Entry | null} all - Gradient descent.
 * @property {Entry | null} best - Of the minibatches.
 * @property {Entry | null} winner - The best of all.
 */

/**
 * @param {Need[]} needs
 * @param {StepCost} cost
 * @param {number} rows - All rows of all copies.
 * @returns {Curves}
 */
export function makeCurves(needs, cost, rows) {
  const reached = needs.filter(({ steps }) => steps < Infinity);
  const entries = reached.map((need) => entryOf(need, cost, rows));
  const minibatches = entries.filter(({ b }) => b < rows);
  const best = minibatches.reduce(
    (least, entry) => (least && least.time <= entry.time ? least : entry),
    /** @type {Entry | null} */ (null),
  );
  const all = entries.find(({ b }) => b === rows) ?? null;
  const winner = all && best && all.time < best.time ? all : best;
  return { minibatches, all, best, winner };
}

/**
 * @param {Need} need
 * @param {StepCost} cost
 * @param {number} rows
 */
function entryOf({ b, steps, lr }, cost, rows) {
  const size = Math.min(b, rows);
  const seconds = stepSeconds(cost, size);
  return { b: size, steps, lr, cost: seconds, time: steps * seconds, digits: cost.digits };
}

/**
 * @param {Entry[]} entries
 * @param {"steps" | "cost" | "time"} quantity
 * @returns {Point[]}
 */
export const pointsOf = (entries, quantity) => entries.map((entry) => [entry.b, entry[quantity]]);

/**
 * Powers of ten around some values, at least two of them.
 *
 * @param {number[]} values
 */
export function decadesAround(values) {
  const logs = values.filter((value) => value > 0).map(Math.log10);
  const low = Math.floor(Math.min(...logs) + 1e-9);
  const high = Math.max(low + 2, Math.ceil(Math.max(...logs) - 1e-9));
  return { low: 10 ** low, high: 10 ** high, log: true };
}

/**
 * Where α + βb begins to rise: the batch size α/β, as far as the picture goes.
 *
 * @param {StepCost} cost
 * @param {number} most
 */
export const cornerOf = ({ alpha, beta }, most) =>
  Math.max(1, Math.min(most, beta ? alpha / beta : most));
