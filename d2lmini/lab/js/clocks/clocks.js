// What a step costs, alpha + beta b seconds: measured, cited, or chosen by the reader.

/** @import { StepCost, StepTimes } from "../engine/timing.js" */
/** @import { Values } from "../parts/settings.js" */
import RECORD from "../clocks.json" with { type: "json" };
import { formatNumber, formatTime } from "../parts/format.js";

export const BROWSER = "this browser";
export const OWN = "your own";

const DIGITS = 2; // that are certain of what a browser times

/**
 * What a slider over a range can choose: six numbers for each power of ten.
 *
 * @param {number[]} range
 */
export function decades([low, high]) {
  const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const numbers = [];
  for (let exponent = first; exponent <= last; exponent++) {
    for (const m of [1, 1.5, 2, 3, 5, 7]) numbers.push(Number(`${m}e${exponent}`));
  }
  return numbers.filter((number) => number >= low && number <= high);
}

/** @param {string} name */
const recorded = (name) => RECORD.clocks.find((one) => one.name === name);

/**
 * The cost that the settings choose; null while the browser's is not measured.
 *
 * @param {Values} settings - With `clock`, `alpha` [µs] and `beta` [ns].
 * @param {StepTimes} times
 * @returns {StepCost | null}
 */
export function chosenCost({ clock, alpha, beta }, times) {
  if (clock === BROWSER) return times.knownCost && { ...times.knownCost, digits: DIGITS };
  const found = recorded(clock);
  return found ? inSeconds(found.alpha_us, found.beta_ns) : inSeconds(alpha, beta);
}

/**
 * @param {number} microseconds
 * @param {number} nanoseconds
 * @returns {StepCost}
 */
const inSeconds = (microseconds, nanoseconds) => ({
  alpha: microseconds / 1e6,
  beta: nanoseconds / 1e9,
});

/**
 * Seconds a step.
 *
 * @param {StepCost} cost
 * @param {number} rows
 */
export const stepSeconds = ({ alpha, beta }, rows) => alpha + beta * rows;

/**
 * Where the two numbers come from.
 *
 * @param {string} clock
 */
export function describeSource(clock) {
  if (clock === BROWSER) return "Measured just now, by training in this page.";
  const found = recorded(clock);
  if (!found) return "Chosen by you.";
  if (found.kind === "cited") return `From cited figures, not measured. ${found.source}`;
  const misfit = formatNumber(100 * (found.misfit ?? 0), 2);
  const sizes = Object.keys(found.step_us ?? {}).join(", ");
  return (
    `Measured on ${RECORD.date} by ${RECORD.command} (${RECORD.machine}); ` +
    `α + βb is within ${misfit} % of the times at b = ${sizes}.`
  );
}

/**
 * A time, also a very short one.
 *
 * @param {number} seconds
 * @param {number} [digits]
 */
export const formatShort = (seconds, digits) =>
  seconds < 1e-6 ? `${formatNumber(1e9 * seconds, digits)} ns` : formatTime(seconds, digits);
