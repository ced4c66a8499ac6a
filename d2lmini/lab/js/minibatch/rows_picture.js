// The rows as points, sound level against frequency; those of the minibatch light up.

/** @import { Cloud, Pair } from "./gradients.js" */
import { COLUMNS, FEATURES } from "../engine/problem.js";
import { formatInteger } from "../parts/format.js";
import { makeScale } from "../parts/scale.js";

export const ROWS_BOX = { width: 340, height: 154 };
const EDGE = { left: 42, right: 332, top: 22, bottom: 116 };
const HERTZ = { low: 170, high: 24000, log: true };
const DECIBELS = { low: 101, high: 143 };

const px = makeScale(HERTZ, EDGE.left, EDGE.right);
const py = makeScale(DECIBELS, EDGE.bottom, EDGE.top);

/**
 * Frequency and sound level of each row, in hertz and decibels.
 *
 * @param {Cloud} cloud
 * @param {{ frequency: Pair, level: Pair }} units - Mean and standard deviation of each column.
 * @returns {Pair[]}
 */
export const measured = ({ table, n }, { frequency, level }) =>
  Array.from({ length: n }, (_, k) => [
    frequency[0] + frequency[1] * table[COLUMNS * k],
    level[0] + level[1] * table[COLUMNS * k + FEATURES],
  ]);

/** @param {Pair[]} points */
const dots = (points) =>
  points.map(([x, y]) => `M${px(x).toFixed(1)} ${py(y).toFixed(1)}h0`).join("");

/**
 * Axes and all rows; a group for the minibatch.
 *
 * @param {Pair[]} points
 * @param {number} mean - The mean level, which all predictions are at w = 0.
 */
export function rowsSvg(points, mean) {
  const { left, right, top, bottom } = EDGE;
  const under = [300, 1000, 3000, 10000].map(
    (tick) =>
      `<text x="${px(tick).toFixed(1)}" y="${bottom + 15}" text-anchor="middle">` +
      `${formatInteger(tick)}</text>`,
  );
  const beside = [110, 125, 140].map(
    (tick) => `<text x="${left - 6}" y="${py(tick) + 4}" text-anchor="end">${tick}</text>`,
  );
  const level = py(mean).toFixed(1);
  return [
    `<path class="minibatch-rows" d="${dots(points)}"/>`,
    `<path class="minibatch-mean" d="M${left} ${level}H${right}"/>`,
    `<g class="minibatch-drawn"></g>`,
    `<path class="lab-axis" d="M${left} ${top}V${bottom}H${right}"/>`,
    ...under,
    ...beside,
    `<text x="${(left + right) / 2}" y="${bottom + 32}" text-anchor="middle">`,
    "frequency [Hz]</text>",
    `<text class="lab-note" x="2" y="${top - 7}">`,
    "level [dB]; dotted: what w = 0 predicts</text>",
  ].join("");
}

/**
 * The drawn rows, and the error of each: its distance from the prediction.
 *
 * @param {Pair[]} points
 * @param {number} mean
 */
export function drawnSvg(points, mean) {
  const level = py(mean).toFixed(1);
  const errors = points.map(([x, y]) => `M${px(x).toFixed(1)} ${level}V${py(y).toFixed(1)}`);
  const faint = faintness(points.length);
  return (
    `<path class="minibatch-error" opacity="${faint}" d="${errors.join("")}"/>` +
    `<path class="minibatch-lit" d="${dots(points)}"/>`
  );
}

/**
 * The opacity of so many lines that each is seen, and all of them hide nothing.
 *
 * @param {number} count
 */
export const faintness = (count) =>
  Math.max(0.12, Math.min(0.75, 2.5 / Math.sqrt(count))).toFixed(2);
