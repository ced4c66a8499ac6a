// The four ways in words and numbers.

/** @import { Way } from "./ways.js" */
import { formatInteger, formatNumber, formatTime } from "../parts/format.js";
import { rowsHtml } from "../parts/table.js";
import { progressAt, ranked } from "./ways.js";

const UNITS = [
  { name: "d", seconds: 86400 },
  { name: "h", seconds: 3600 },
  { name: "min", seconds: 60 },
  { name: "s", seconds: 1 },
];

/**
 * A time in its two largest units; below a minute, in one.
 *
 * @param {number} seconds
 */
export function duration(seconds) {
  if (seconds < 59.95) return formatTime(Number(seconds.toPrecision(3)));
  const whole = Math.round(seconds);
  const first = UNITS.findIndex((unit) => whole >= unit.seconds);
  const [large, small] = [UNITS[first], UNITS[first + 1]];
  const count = Math.floor(whole / large.seconds);
  const rest = Math.floor((whole % large.seconds) / small.seconds);
  return `${formatInteger(count)} ${large.name}${rest ? ` ${rest} ${small.name}` : ""}`;
}

/** @param {number} ratio */
const times = (ratio) => `${formatNumber(ratio, ratio < 10 ? 2 : 3)} times`;

/** @param {number} factor - How much slower than measured. */
const paceOf = (factor) =>
  factor >= 1 ? `Slowed ${times(factor)}.` : `Sped up ${times(1 / factor)}.`;

/**
 * What the pace is, before the answer is shown.
 *
 * @param {number} factor - How much slower than measured.
 */
export const questionInWords = (factor) =>
  `${paceOf(factor)} How long will the slowest need at this pace? Guess, then press Start.`;

/**
 * What the pace is, and what it means for the slowest.
 *
 * @param {Way[]} ways
 * @param {number} factor - How much slower than measured.
 */
export function paceInWords(ways, factor) {
  const order = ranked(ways);
  const [fastest, slowest] = [order[0], order[order.length - 1]];
  return (
    `${paceOf(factor)} At this pace the slowest (${slowest.title}) needs ` +
    `${duration(slowest.seconds * factor)}: ${times(slowest.seconds / fastest.seconds)} as long ` +
    `as the fastest (${fastest.title}).`
  );
}

/**
 * How long the slowest will still need at the pace, in whole seconds, or tenths of the last ones.
 *
 * @param {Way[]} ways
 * @param {number} time - In seconds of the machine that was measured.
 * @param {number} factor - How much slower than measured.
 */
export function leftInWords(ways, time, factor) {
  const [slowest] = ranked(ways).slice(-1);
  const seconds = (slowest.seconds - time) * factor;
  if (seconds < 1e-9) return "All four are done.";
  const left = seconds < 10 ? `${seconds.toFixed(1)} s` : duration(Math.ceil(seconds));
  return `The slowest (${slowest.title}) still needs ${left}.`;
}

/**
 * @param {number} done
 * @param {number} all
 */
export function percent(done, all) {
  if (done === all) return "100 %";
  return `${formatNumber((100 * done) / all, 2)} %`;
}

/**
 * How far all ways are.
 *
 * @param {Way[]} ways
 * @param {number} n
 * @param {number} time - In seconds of the machine that was measured.
 */
export function stateInWords(ways, n, time) {
  if (time === 0) return "None of the four is done yet.";
  const parts = ranked(ways).map((way) => {
    const { calls } = progressAt(way, n, time);
    return `${way.title} ${calls === way.calls ? "done" : percent(calls, way.calls)}`;
  });
  return `After ${formatTime(time)} of measured time: ${parts.join("; ")}.`;
}

/**
 * @param {Way[]} ways
 * @param {number} n
 * @param {number} factor
 */
export function waysHtml(ways, n, factor) {
  const columns = ["way", "calls", "time", "GFLOP/s", "× the fastest", "at this pace"];
  const fastest = ranked(ways)[0].seconds;
  const rows = ways.map(({ title, calls, seconds }) => [
    title,
    formatInteger(calls),
    formatTime(seconds),
    formatNumber((2 * n ** 3) / seconds / 1e9),
    formatNumber(seconds / fastest),
    duration(seconds * factor),
  ]);
  return rowsHtml(columns, rows);
}
