// The loss curves: against examples seen, and against time.

/** @import { Chart } from "./chart.js" */
/** @import { Point } from "./plot.js" */
/** @import { Problem } from "./problem.js" */
/** @import { Curve } from "./runs.js" */
import { formatInteger, formatNumber, formatTime } from "./format.js";
import { seriesOf } from "./runs.js";

const LOSS_DOMAIN = { low: 0.22, high: 0.5 };
const TIME_DOMAIN = { low: 0.001, high: 10 }; // milliseconds

/** @param {Problem} problem */
const floorLevels = ({ floor }) => [{ y: floor, label: `floor ${floor.toFixed(5)}` }];

/**
 * @param {Chart} chart
 * @param {Problem} problem
 * @param {Curve[]} curves
 * @param {string} summary
 */
export function drawExamples(chart, problem, curves, summary) {
  chart.draw({
    x: { low: 0, high: Math.max(...curves.map((curve) => curve.planned)) },
    y: LOSS_DOMAIN,
    xlabel: "examples seen",
    ylabel: "loss",
    series: curves.map((curve) =>
      seriesOf(
        curve,
        curve.log.map(({ examples, loss }) => [examples, loss]),
      ),
    ),
    levels: floorLevels(problem),
    summary,
    describe: ([x, y]) => `after ${formatInteger(x)} examples the loss is ${formatNumber(y, 5)}`,
  });
}

/**
 * @param {Chart} chart
 * @param {Problem} problem
 * @param {Curve[]} curves
 * @param {string} summary
 */
export function drawClock(chart, problem, curves, summary) {
  const series = curves.map((curve) => seriesOf(curve, timePoints(curve)));
  const times = series.flatMap(({ points }) => points.map(([x]) => x));
  chart.draw({
    x: { ...timeDomain(times), log: true },
    y: LOSS_DOMAIN,
    xlabel: "training time [ms]",
    ylabel: "loss",
    series,
    levels: floorLevels(problem),
    summary: `The time axis is logarithmic. ${summary}`,
    describe: ([x, y]) => `after ${formatTime(x / 1e3)} the loss is ${formatNumber(y, 5)}`,
  });
}

/**
 * Losses against milliseconds, without the start, which a logarithmic axis does not have.
 *
 * @param {Curve} curve
 * @returns {Point[]}
 */
function timePoints({ log }) {
  const later = log.filter(({ seconds }) => seconds > 0);
  return later.map(({ seconds, loss }) => [1e3 * seconds, loss]);
}

/**
 * The same axis for all runs, so that a faster run is further to the left; wider if it must be.
 *
 * @param {number[]} times - In milliseconds.
 */
export function timeDomain(times) {
  return {
    low: 10 ** Math.floor(Math.log10(Math.min(TIME_DOMAIN.low, ...times)) + 1e-9),
    high: 10 ** Math.ceil(Math.log10(Math.max(TIME_DOMAIN.high, ...times)) - 1e-9),
  };
}
