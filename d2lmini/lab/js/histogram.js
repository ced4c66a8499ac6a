// The histogram of minibatch gradients, and the normal distribution of theory.

/** @import { Chart } from "./chart.js" */
/** @import { GradientNoise } from "./noise.js" */
/** @import { Point } from "./plot.js" */
/** @import { Scale } from "./scale.js" */
import { formatNumber } from "./format.js";
import { noteSvg } from "./plot.js";

const PROJECTION_DOMAIN = { low: -5, high: 7 };
const FREQUENCY_DOMAIN = { low: 0, high: 2 }; // 1 is the peak of the density in theory

/**
 * @param {Chart} chart
 * @param {GradientNoise} noise
 * @param {number} batchSize
 */
export function drawNoise(chart, noise, batchSize) {
  const { values, sigma } = noise;
  const width = Math.max(0.02, sigma / 3);
  const bars = histogram(noise, width);
  const variance = values.reduce((sum, value) => sum + (value - 1) ** 2, 0) / values.length;
  const [drawn, theory, total] = [Math.sqrt(variance), sigma, noise.total].map((deviation) =>
    formatNumber(deviation),
  );
  chart.draw({
    x: PROJECTION_DOMAIN,
    y: FREQUENCY_DOMAIN,
    xlabel: "along the full gradient, in its lengths",
    ylabel: "frequency, scaled",
    series: [
      { label: "drawn", points: bars, color: "none", dots: false },
      { label: "theory", points: normalDensity(sigma), color: "currentColor", dots: false },
    ],
    behind: (px, py) => bars.map((bar) => barSvg(bar, width, px, py)).join(""),
    above: () =>
      noteSvg(58, 26, `along it: drawn ${drawn}, theory ${theory}`) +
      noteSvg(58, 40, `in all directions: theory ${total}`),
    summary:
      `${values.length} minibatches of ${batchSize} drawn at the start; 1 is the full gradient. ` +
      `Along it they deviate by ${drawn} of its length, in theory by ${theory}; ` +
      `in all directions together, in theory by ${total}.`,
    describe: ([x, y]) => `around ${formatNumber(x)}: ${formatNumber(y, 2)} of the peak in theory`,
  });
}

/**
 * The middle of each bin that is not empty, and its count over the peak of the density in theory.
 *
 * @param {GradientNoise} noise
 * @param {number} width
 * @returns {Point[]}
 */
function histogram({ values, sigma }, width) {
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const value of values) {
    const bin = Math.round((value - 1) / width);
    counts.set(bin, (counts.get(bin) ?? 0) + 1);
  }
  const expected = (values.length * width) / (sigma * Math.sqrt(2 * Math.PI));
  const peak = sigma > 0.01 ? expected : values.length;
  const sorted = [...counts].sort((a, b) => a[0] - b[0]);
  return sorted.map(([bin, count]) => [1 + bin * width, count / peak]);
}

/**
 * Four standard deviations to both sides of the full gradient; without noise a vertical line.
 *
 * @param {number} sigma
 * @returns {Point[]}
 */
function normalDensity(sigma) {
  if (!(sigma > 0)) return [0, 1].map((y) => [1, y]);
  const positions = Array.from({ length: 81 }, (_, k) => (k - 40) / 10);
  return positions.map((z) => [1 + z * sigma, Math.exp(-(z ** 2) / 2)]);
}

/**
 * @param {Point} bar
 * @param {number} width
 * @param {Scale} px
 * @param {Scale} py
 */
function barSvg([x, y], width, px, py) {
  const [left, right] = [px(x - width / 2), px(x + width / 2)];
  const barWidth = Math.max(0.8, right - left - 0.5);
  const horizontal = `x="${left.toFixed(1)}" width="${barWidth.toFixed(1)}"`;
  const vertical = `y="${py(y).toFixed(1)}" height="${(py(0) - py(y)).toFixed(1)}"`;
  return `<rect class="lab-bar" ${horizontal} ${vertical}/>`;
}
