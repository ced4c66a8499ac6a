// From a loss above the floor to a colour: bright is near the floor.

/** Colours of matplotlib's map "viridis" at equal distances, from dark to bright. */
const STOPS = [
  [68, 1, 84],
  [71, 45, 123],
  [59, 82, 139],
  [44, 114, 142],
  [33, 145, 140],
  [40, 174, 128],
  [94, 201, 98],
  [173, 220, 48],
  [253, 231, 37],
];

export const WORST = 0.25; // the loss above the floor at weights of 0
export const BEST = 0.0005;

/**
 * Red, green and blue of a loss above the floor; the scale is logarithmic.
 *
 * @param {number} excess
 */
export function colorOf(excess) {
  const share = Math.log(WORST / Math.max(BEST, excess)) / Math.log(WORST / BEST);
  const position = Math.max(0, Math.min(1, share)) * (STOPS.length - 1);
  const index = Math.min(Math.floor(position), STOPS.length - 2);
  const rest = position - index;
  return STOPS[index].map((from, k) => Math.round(from + rest * (STOPS[index + 1][k] - from)));
}

/** @param {number} excess */
export const cssColor = (excess) => `rgb(${colorOf(excess).join(" ")})`;
