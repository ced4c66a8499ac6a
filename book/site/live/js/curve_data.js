// What a curve shows: its lines, the range of its axes, and what is said of it.

/** @import { Curve } from "./engine_types.js" */
/** @import { Point, Series } from "../../../../d2lmini/lab/js/parts/plot.js" */
import { formatNumber, pluralize } from "../../../../d2lmini/lab/js/parts/format.js";

const COLORS = ["#0072b2", "#d55e00", "#008f68", "#b8609a"];
const DASHES = ["", "7 4", "7 3 2 3", "2 3"];
const PAGE = "the page’s code";
const PAGE_COLOR = "#767676";
const MOST_ABOVE = 3; // that a line leaves the picture by, in heights of the page's own curve

/**
 * @param {Curve} curve
 * @param {number} k
 */
const points = ({ x, ys }, k) => ys[k].map((y, i) => /** @type {Point} */ ([x[i], y]));

/** @param {string | undefined} label @param {string} name */
const joined = (label, name) => (label ? `${label}, ${name}` : name);

/**
 * The lines of the reader's curve, then those of the page's.
 *
 * @param {Curve} curve
 * @param {Curve} [reference]
 * @returns {Series[]}
 */
export function toSeries(curve, reference) {
  const own = curve.ys.map((_, k) => ({
    label: reference ? joined(curve.labels[k], "your code") : (curve.labels[k] ?? `line ${k + 1}`),
    points: points(curve, k),
    color: COLORS[k % COLORS.length],
    dash: DASHES[k % DASHES.length],
    dots: false,
  }));
  const other = (reference?.ys ?? []).map((_, k) => ({
    label: joined(reference?.labels[k], PAGE),
    points: points(/** @type {Curve} */ (reference), k),
    color: PAGE_COLOR,
    dash: "3 3",
    dots: false,
  }));
  return [...own, ...other];
}

/**
 * The range of some numbers, those left out that are not finite.
 *
 * @param {number[]} values
 */
function range(values) {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return { low: 0, high: 1 };
  const half = low === high ? Math.abs(low) / 2 || 0.5 : 0;
  return { low: low - half, high: high + half };
}

/**
 * The ranges of both axes, and what is not in the picture. A line that runs away leaves the picture
 * of the page's curve to be seen.
 *
 * @param {Curve} curve
 * @param {Curve} [reference]
 */
export function domains(curve, reference) {
  const own = curve.ys.flat();
  const x = range([...curve.x, ...(reference?.x ?? [])]);
  const whole = range([...own, ...(reference?.ys.flat() ?? [])]);
  const page = reference ? range(reference.ys.flat()) : whole;
  const room = MOST_ABOVE * (page.high - page.low);
  const y = {
    low: reference ? Math.max(whole.low, page.low - room) : whole.low,
    high: reference ? Math.min(whole.high, page.high + room) : whole.high,
  };
  const margin = (y.high - y.low) * 0.04;
  return { x, y: { low: y.low - margin, high: y.high + margin }, note: leftOut(own, y) };
}

/**
 * @param {number[]} values
 * @param {{ low: number, high: number }} y
 */
function leftOut(values, y) {
  const outside = values.filter((value) => value < y.low || value > y.high);
  const infinite = values.filter((value) => !Number.isFinite(value)).length;
  const notes = [];
  if (outside.length) {
    const far = outside.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a));
    notes.push(`Your curve leaves the picture: it reaches ${formatNumber(far)}.`);
  }
  if (infinite) notes.push(`${pluralize(infinite, "value")} not finite.`);
  return notes.join(" ");
}

/**
 * The curve in words.
 *
 * @param {Curve} curve
 * @param {Curve} [reference]
 */
export function describe(curve, reference) {
  const names = `${curve.ylabel || "y"} over ${curve.xlabel || "x"}`;
  const lines = toSeries(curve, reference).map(({ label, points: all }) => {
    const finite = all.filter(([, y]) => Number.isFinite(y));
    if (!finite.length) return `${label}: no finite value`;
    const [first, last] = [finite[0], finite[finite.length - 1]].map(
      ([x, y]) => `${formatNumber(y, 4)} at ${formatNumber(x)}`,
    );
    const { low, high } = range(finite.map(([, y]) => y));
    const between = `between ${formatNumber(low, 4)} and ${formatNumber(high, 4)}`;
    return `${label}: from ${first} to ${last}, ${between}`;
  });
  return `Curve, ${names}. ${lines.join(". ")}.`;
}
