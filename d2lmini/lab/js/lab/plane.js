// The plane of two weights: which part of it is seen, the contours of the loss, an ellipse.

/** @import { Problem } from "../engine/problem.js" */
/** @import { LabSettings } from "./settings.js" */
import { WEIGHT_NAMES } from "./settings.js";

const HALF_HEIGHT = 0.72; // of the part that is seen, in units of the weights
const HEIGHTS = [0.004, 0.016, 0.04, 0.09, 0.18, 0.35]; // of the contours, above the floor
const POINTS = 60; // of a contour
const MARGIN = 10; // pixels from the edge, within which the start can be moved

/**
 * @typedef {object} Plane
 * @property {number[]} weights - The indices of the two weights.
 * @property {(w: ArrayLike<number>) => [number, number]} project - Weights to pixels.
 * @property {(x: number, y: number) => [number, number]} locate - Pixels to the two weights.
 * @property {number} scale - Pixels for a unit of a weight.
 */

/**
 * @param {Problem} problem
 * @param {Pick<LabSettings, "across" | "up">} settings
 * @param {number} width
 * @param {number} height
 * @returns {Plane}
 */
export function makePlane({ best }, { across, up }, width, height) {
  const weights = [across, up].map((name) => WEIGHT_NAMES.indexOf(name));
  const scale = Math.min(height, width) / 2 / HALF_HEIGHT;
  const [centreX, centreY] = weights.map((k) => best[k] / 2);
  return {
    weights,
    scale,
    project: (w) => [
      width / 2 + scale * (w[weights[0]] - centreX),
      height / 2 - scale * (w[weights[1]] - centreY),
    ],
    locate: (x, y) => [centreX + (x - width / 2) / scale, centreY + (height / 2 - y) / scale],
  };
}

/**
 * An ellipse as an SVG path: all points at the distance `radius` from `centre` in the units of a
 * covariance.
 *
 * @param {Plane} plane
 * @param {number[]} centre - The two weights.
 * @param {number[]} covariance - Of the first weight, of both, of the second.
 * @param {number} radius
 */
export function ellipsePath({ weights, project }, centre, [xx, xy, yy], radius) {
  const a = Math.sqrt(Math.max(0, xx));
  const b = a > 0 ? xy / a : 0;
  const c = Math.sqrt(Math.max(0, yy - b * b));
  const point = [0, 0, 0, 0, 0, 0];
  const points = Array.from({ length: POINTS }, (_, k) => {
    const angle = (2 * Math.PI * k) / POINTS;
    const [u, v] = [radius * Math.cos(angle), radius * Math.sin(angle)];
    point[weights[0]] = centre[0] + a * u;
    point[weights[1]] = centre[1] + b * u + c * v;
    return project(point)
      .map((value) => value.toFixed(1))
      .join(" ");
  });
  return `M${points.join("L")}Z`;
}

/**
 * Contours of the loss, with the other weights at the minimum.
 *
 * @param {Plane} plane
 * @param {Problem} problem
 */
function contourPaths(plane, { H, best }) {
  const [i, j] = plane.weights;
  if (i === j) return []; // the plane is a line
  const determinant = H[i][i] * H[j][j] - H[i][j] ** 2;
  const inverse = [H[j][j], -H[i][j], H[i][i]].map((value) => value / determinant);
  return HEIGHTS.map((height) =>
    ellipsePath(plane, [best[i], best[j]], inverse, Math.sqrt(2 * height)),
  );
}

/**
 * Contours, the minimum, and the names of the axes.
 *
 * @param {Plane} plane
 * @param {Problem} problem
 * @param {Pick<LabSettings, "across" | "up">} settings
 * @param {{ width: number, height: number }} size
 */
export function planeSvg(plane, problem, { across, up }, { width, height }) {
  const contours = contourPaths(plane, problem).map(
    (path) => `<path class="lab-contour" d="${path}"/>`,
  );
  const [x, y] = plane.project(problem.best).map((value) => value.toFixed(1));
  return (
    `${contours.join("")}<path class="lab-cross" d="M${x} ${y}m-7 0h14m-7 -7v14"/>` +
    `<text x="${width - 8}" y="${height - 8}" text-anchor="end">${across} →</text>` +
    `<text transform="translate(14 8) rotate(-90)" text-anchor="end">${up} →</text>`
  );
}

/**
 * The nearest place that is seen, with two digits.
 *
 * @param {Plane} plane
 * @param {{ width: number, height: number }} size
 * @param {number} across
 * @param {number} up
 */
export function insidePlane({ locate }, { width, height }, across, up) {
  const [left, top] = locate(MARGIN, MARGIN);
  const [right, bottom] = locate(width - MARGIN, height - MARGIN);
  const inside = [clamp(across, left, right), clamp(up, bottom, top)];
  return inside.map((value) => Math.round(100 * value) / 100);
}

/**
 * @param {number} value
 * @param {number} low
 * @param {number} high
 */
const clamp = (value, low, high) => Math.max(low, Math.min(high, value));
