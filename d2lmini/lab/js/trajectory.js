// The path of two weights over the contours of the loss.

/** @import { Chart } from "./chart.js" */
/** @import { WeightPath } from "./path.js" */
/** @import { Point } from "./plot.js" */
/** @import { Problem } from "./problem.js" */
/** @import { CurrentRun, Curve } from "./runs.js" */
/** @import { Scale } from "./scale.js" */
import { describeLimit } from "./descriptions.js";
import { formatNumber } from "./format.js";
import { noteSvg } from "./plot.js";
import { WEIGHTS } from "./problem.js";
import { seriesOf } from "./runs.js";

export const WEIGHT_NAMES = ["frequency", "angle", "chord", "velocity", "thickness", "bias"];
const CONTOUR_HEIGHTS = [0.004, 0.016, 0.04, 0.09, 0.18, 0.35]; // above the minimum
const CONTOUR_POINTS = 56;
const LONG_PATH = 90; // points; longer paths are drawn thinner

/**
 * @param {Chart} chart
 * @param {Problem} problem
 * @param {CurrentRun} current
 * @param {Curve[]} curves
 * @param {number[]} axes - The two weights that are shown.
 */
export function drawPath(chart, problem, current, curves, [i, j]) {
  const { best } = problem;
  const { path, limit, settings } = current;
  const [nameI, nameJ] = [WEIGHT_NAMES[i], WEIGHT_NAMES[j]];
  chart.draw({
    x: weightDomain(best[i]),
    y: weightDomain(best[j]),
    xlabel: `weight of ${nameI}`,
    ylabel: `weight of ${nameJ}`,
    series: curves.flatMap((curve) => {
      if (!curve.path) return [];
      const points = pathPoints(curve.path, i, j);
      return [{ ...seriesOf(curve, points), width: points.length > LONG_PATH ? 0.8 : 1.4 }];
    }),
    behind: (px, py) => contoursSvg(problem, i, j, px, py),
    above: (px, py) =>
      crossSvg(px(best[i]), py(best[j])) + (limit ? gaugeSvg(limit.rate, settings.lr) : ""),
    summary: describePath(problem, current, [i, j]),
    describe: ([x, y], index) =>
      `after step ${path.steps[index]}: ` +
      `${nameI} ${formatNumber(x)}, ${nameJ} ${formatNumber(y)}`,
  });
}

/** @param {number} best */
const weightDomain = (best) => ({ low: Math.min(0, best) - 0.45, high: Math.max(0, best) + 0.45 });

/**
 * @param {Problem} problem
 * @param {CurrentRun} current
 * @param {number[]} axes
 */
function describePath({ best }, { path, limit, settings }, [i, j]) {
  const [end] = pathPoints(path, i, j).slice(-1);
  const minimum = `${formatNumber(best[i])}, ${formatNumber(best[j])}`;
  const parts = [
    `Ellipses are contours of the loss, the cross is the minimum at ${minimum}.`,
    `The path ends at ${formatNumber(end[0])}, ${formatNumber(end[1])}.`,
  ];
  if (limit) {
    const ratio = formatNumber(settings.lr / limit.rate);
    parts.push(`The learning rate is ${ratio} times the ${describeLimit(limit, settings)}.`);
  }
  return parts.join(" ");
}

/**
 * The weights i and j at every point of a path.
 *
 * @param {WeightPath} path
 * @param {number} i
 * @param {number} j
 * @returns {Point[]}
 */
function pathPoints({ weights, points }, i, j) {
  return Array.from({ length: points }, (_, k) => [
    weights[WEIGHTS * k + i],
    weights[WEIGHTS * k + j],
  ]);
}

/**
 * Contours of a quadratic are ellipses; the other weights are held at the minimum.
 *
 * @param {Problem} problem
 * @param {number} i
 * @param {number} j
 * @param {Scale} px
 * @param {Scale} py
 */
function contoursSvg({ H, best }, i, j, px, py) {
  const a = Math.sqrt(H[i][i]);
  const b = H[i][j] / a;
  const c = Math.sqrt(Math.max(1e-12, H[j][j] - b * b));
  const contours = CONTOUR_HEIGHTS.map((height) => {
    const radius = Math.sqrt(2 * height);
    const points = Array.from({ length: CONTOUR_POINTS }, (_, k) => {
      const angle = (2 * Math.PI * k) / CONTOUR_POINTS;
      const v = (radius * Math.sin(angle)) / c;
      const u = (radius * Math.cos(angle) - b * v) / a;
      return `${px(best[i] + u).toFixed(1)} ${py(best[j] + v).toFixed(1)}`;
    });
    return `<path class="lab-contour" d="M${points.join("L")}Z"/>`;
  });
  return contours.join("");
}

/**
 * @param {number} x
 * @param {number} y
 */
function crossSvg(x, y) {
  const horizontal = `M${(x - 7).toFixed(1)} ${y.toFixed(1)}h14`;
  const vertical = `M${x.toFixed(1)} ${(y - 7).toFixed(1)}v14`;
  return `<path class="lab-cross" d="${horizontal}${vertical}"/>`;
}

/**
 * A ruler of learning rates: how far the current one is from the stability limit.
 *
 * @param {number} limit
 * @param {number} lr
 */
function gaugeSvg(limit, lr) {
  const [from, to] = [190, 312];
  const most = 1.25; // times the limit, at the end of the ruler
  const [limitX, rateX] = [limit, lr].map((rate) =>
    (from + ((to - from) * Math.min(rate / limit, most)) / most).toFixed(1),
  );
  return [
    `<path class="lab-ruler" d="M${from} 44H${to}M${limitX} 38v12"/>`,
    noteSvg(limitX, 33, `limit ${limit.toFixed(3)}`, "middle"),
    `<path class="lab-needle" d="M${rateX} 44l-5 10h10z"/>`,
    noteSvg(from - 6, 48, "rate", "end"),
  ].join("");
}
