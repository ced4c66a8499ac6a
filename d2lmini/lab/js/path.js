// The weights along a run, for the picture of its path.
import { WEIGHTS } from "./problem.js";

const MAX_POINTS = 3000; // a run of two epochs with b = 1 is drawn step by step

/**
 * @typedef {object} WeightPath
 * @property {number} every - Every so many steps have a point.
 * @property {number} points - How many points there are.
 * @property {Float64Array} weights - The six weights of each point.
 * @property {number[]} steps - The number of the step of each point.
 */

/**
 * A path that has only the initial weights.
 *
 * @param {Float64Array} w
 * @param {number} planned - The number of steps to come, at most.
 * @returns {WeightPath}
 */
export function startPath(w, planned) {
  const every = Math.ceil(planned / MAX_POINTS);
  const weights = new Float64Array(WEIGHTS * (planned / every + 2));
  const path = { every, points: 0, weights, steps: [] };
  addPoint(path, w, 0);
  return path;
}

/**
 * @param {WeightPath} path
 * @param {Float64Array} w
 * @param {number} step
 */
export function addPoint(path, w, step) {
  path.weights.set(w, WEIGHTS * path.points);
  path.steps.push(step);
  path.points += 1;
}
