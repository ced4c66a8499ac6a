// Which point of a picture the reader means.

/** @import { Point } from "./plot.js" */

/**
 * The point near a place, -1 if there is none; a distance across counts more than one upwards.
 *
 * @param {Point[]} positions
 * @param {number} x
 * @param {number} y
 */
export function nearestPoint(positions, x, y) {
  const distances = positions.map(([a, b]) => (a - x) ** 2 + 0.2 * (b - y) ** 2);
  return distances.indexOf(Math.min(...distances));
}

/**
 * The point that a key leads to.
 *
 * @param {string} key
 * @param {number} selected - The present one, -1 if there is none.
 * @param {number} last
 * @returns {number | undefined}
 */
export const pointByKey = (key, selected, last) =>
  ({
    ArrowRight: Math.min(last, selected + 1),
    ArrowLeft: Math.max(0, selected - 1),
    Home: 0,
    End: last,
    PageDown: Math.min(last, selected + 50),
    PageUp: Math.max(0, selected - 50),
  })[key];

/**
 * Whether two lists have the same points, so that a mark on one of them can stay.
 *
 * @param {Point[]} one
 * @param {Point[]} other
 */
export const areSamePoints = (one, other) =>
  one.length === other.length && one.every(([x, y], k) => x === other[k][0] && y === other[k][1]);
