// The map's drawing above its cells: axes, the lines of theory, the mark of the chosen cell.

/** @import { Frame } from "../parts/axes.js" */
/** @import { TheoryLines } from "./lines.js" */
import { formatNumber } from "../parts/format.js";
import { positionIn } from "./cells.js";
import { BATCH_SIZES, RATES } from "./settings.js";

const RATE_TICKS = [0.001, 0.01, 0.1, 1];
const SIZE_TICKS = [1, 10, 100, 1500];

/** @typedef {{ width: number, height: number }} Size */

/**
 * @param {Size} size
 * @returns {Frame}
 */
export const mapFrame = ({ width, height }) => ({
  left: 48,
  right: width - 8,
  top: 6,
  bottom: height - 36,
});

/**
 * Where a rate and a batch size lie.
 *
 * @param {Size} size
 */
function mapScales(size) {
  const { left, right, top, bottom } = mapFrame(size);
  const across = (right - left) / RATES.length;
  const up = (bottom - top) / BATCH_SIZES.length;
  return {
    across,
    up,
    /** @param {number} rate */
    x: (rate) => left + across * (positionIn(RATES, rate) + 0.5),
    /** @param {number} batchSize */
    y: (batchSize) => bottom - up * (positionIn(BATCH_SIZES, batchSize) + 0.5),
  };
}

/**
 * @param {Size} size
 * @param {TheoryLines} lines
 */
export function mapSvg(size, { limits, best }) {
  const { x, y } = mapScales(size);
  return [
    axesOfMap(size),
    lineOfMap("lab-map-limit", limits, x, y),
    lineOfMap("lab-map-best", best, x, y),
    '<g class="lab-map-mark"></g>',
  ].join("");
}

/** @param {Size} size */
function axesOfMap(size) {
  const { left, right, top, bottom } = mapFrame(size);
  const { x, y } = mapScales(size);
  const rates = RATE_TICKS.map((rate) => {
    const [place, label] = [x(rate).toFixed(1), formatNumber(rate)];
    return (
      `<path class="lab-axis" d="M${place} ${bottom}v4"/>` +
      `<text x="${place}" y="${bottom + 16}" text-anchor="middle">${label}</text>`
    );
  });
  const sizes = SIZE_TICKS.map((b) => {
    const [place, label] = [y(b), formatNumber(b)];
    return (
      `<path class="lab-axis" d="M${left} ${place.toFixed(1)}h-4"/>` +
      `<text x="${left - 7}" y="${(place + 4).toFixed(1)}" text-anchor="end">${label}</text>`
    );
  });
  const [centre, middle] = [(left + right) / 2, (top + bottom) / 2];
  return [
    ...rates,
    ...sizes,
    `<text x="${centre}" y="${bottom + 32}" text-anchor="middle">learning rate</text>`,
    `<text transform="translate(11 ${middle}) rotate(-90)" text-anchor="middle">batch size</text>`,
  ].join("");
}

/**
 * A line through a rate for each batch size, with an edge that keeps it visible on any colour.
 *
 * @param {string} name
 * @param {number[]} rates
 * @param {(rate: number) => number} x
 * @param {(batchSize: number) => number} y
 */
function lineOfMap(name, rates, x, y) {
  if (rates.length < 2) return "";
  const points = rates.map((rate, k) => `${x(rate).toFixed(1)} ${y(BATCH_SIZES[k]).toFixed(1)}`);
  const path = `d="M${points.join("L")}"`;
  return `<path class="lab-map-edge" ${path}/><path class="${name}" ${path}/>`;
}

/**
 * @param {Size} size
 * @param {{ batch_size: number, lr: number }} chosen
 */
export function markSvg(size, { batch_size, lr }) {
  const { x, y, across, up } = mapScales(size);
  const [width, height] = [Math.max(across, 9), Math.max(up, 9)];
  const box =
    `x="${(x(lr) - width / 2).toFixed(1)}" y="${(y(batch_size) - height / 2).toFixed(1)}" ` +
    `width="${width.toFixed(1)}" height="${height.toFixed(1)}"`;
  return `<rect class="lab-map-edge" ${box}/><rect class="lab-map-cell" ${box}/>`;
}
