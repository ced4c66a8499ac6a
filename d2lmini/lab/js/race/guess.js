// The reader's guess: a place for each lane.

/**
 * Give a lane a place; the lane that had it gets the one that is given up. The last lane gets the
 * place that is left.
 *
 * @param {number[]} guess - A place for each lane, 0 for none.
 * @param {number} lane
 * @param {number} place
 */
export function withPlace(guess, lane, place) {
  const before = guess[lane];
  const next = guess.map((one) => (place && one === place ? before : one));
  next[lane] = place;
  if (!place) return next;
  const missing = [1, 2, 3, 4].filter((one) => !next.includes(one));
  return missing.length === 1 ? next.map((one) => one || missing[0]) : next;
}
