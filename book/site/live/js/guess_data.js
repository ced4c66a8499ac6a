// The numbers of a guess: its axis, and how far it is from what was measured.

import { formatNumber } from "../../../../d2lmini/lab/js/parts/format.js";

/**
 * @typedef {object} GuessData
 * @property {string} name
 * @property {number} low
 * @property {number} high
 * @property {boolean} log
 * @property {string} unit
 * @property {number} measured
 */

const CLOSE = 0.05; // of the measured value, or of the axis

/**
 * Where a value stands on the axis, from 0 to 1; beyond it, at its end.
 *
 * @param {GuessData} data
 * @param {number} value
 */
export function positionOf({ low, high, log }, value) {
  const inside = Math.max(low, Math.min(high, value));
  return log ? Math.log(inside / low) / Math.log(high / low) : (inside - low) / (high - low);
}

/**
 * The value at a place of the axis, with two digits more than a guess can mean.
 *
 * @param {GuessData} data
 * @param {number} at - From 0 to 1.
 */
export function valueAt({ low, high, log }, at) {
  const value = log ? low * (high / low) ** at : low + (high - low) * at;
  return Number(value.toPrecision(log ? 2 : 3));
}

/**
 * The number in a field, if there is one.
 *
 * @param {string} text
 */
export const parseValue = (text) =>
  text.trim() && Number.isFinite(Number(text)) ? Number(text) : undefined;

/**
 * @param {GuessData} data
 * @param {number} value
 */
export const formatValue = ({ unit }, value) =>
  unit ? `${formatNumber(value, 4)} ${unit}` : formatNumber(value, 4);

/**
 * Guess and measured value in a sentence: a factor on an axis of powers, a difference on another.
 *
 * @param {GuessData} data
 * @param {number} value
 */
export function compare(data, value) {
  const both = `You guessed ${formatValue(data, value)}; measured: ${formatValue(data, data.measured)}.`;
  return `${both} ${distance(data, value)}`;
}

/**
 * @param {GuessData} data
 * @param {number} value
 */
function distance(data, value) {
  const { measured, log, low, high } = data;
  const way = value > measured ? "too high" : "too low";
  if (log && value > 0) {
    const factor = Math.max(value / measured, measured / value);
    if (factor <= 1 + CLOSE) return "That is within 5 %.";
    return `Your guess is ${way} by a factor of ${formatNumber(factor, 2)}.`;
  }
  const difference = Math.abs(value - measured);
  if (difference <= CLOSE * (high - low) * CLOSE) return "That is as near as the axis shows.";
  return `Your guess is ${formatValue(data, Number(difference.toPrecision(2)))} ${way}.`;
}
