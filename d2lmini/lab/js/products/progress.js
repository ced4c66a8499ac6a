// What changes while the squares fill: the clock, what is left, and how far all are.

/** @import { Way } from "./ways.js" */
import { formatTime } from "../parts/format.js";
import { duration, leftInWords, stateInWords } from "./words.js";

/**
 * @param {{ clock: HTMLElement, left: HTMLElement, state: HTMLElement }} parts
 * @param {Way[]} ways
 * @param {number} n
 * @param {{ time: number, factor: number, guessing: boolean }} moment - The measured time, how much
 *   slower it passes here, and whether the reader may still guess what is left.
 */
export function showProgress({ clock, left, state }, ways, n, { time, factor, guessing }) {
  const seconds = time * factor;
  const shown = seconds < 59.95 ? `${seconds.toFixed(1)} s` : duration(seconds);
  clock.textContent = `${shown} here = ${formatTime(time)} measured`;
  left.textContent = guessing ? "" : leftInWords(ways, time, factor);
  state.textContent = stateInWords(ways, n, time);
}
