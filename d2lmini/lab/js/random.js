// Random numbers from a seed, so that a run can be repeated and linked to.

/** @typedef {() => number} Random - Uniform numbers in [0, 1). */

/**
 * Mulberry32: a small generator of uniform numbers in [0, 1).
 *
 * @param {number} seed
 * @returns {Random}
 */
export function seededRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * A sample of the standard normal distribution (Box and Muller).
 *
 * @param {Random} random
 */
export function standardNormal(random) {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/**
 * Fill `order` with 0 … length-1 in a random order (Fisher and Yates).
 *
 * @param {Uint16Array} order
 * @param {Random} random
 */
export function randomPermutation(order, random) {
  for (let i = 0; i < order.length; i++) order[i] = i;
  for (let i = order.length - 1; i > 0; i--) swap(order, i, Math.floor(random() * (i + 1)));
}

/**
 * Move a random choice of `count` entries to the front.
 *
 * @param {Uint16Array} order
 * @param {number} count
 * @param {Random} random
 */
export function shuffleFront(order, count, random) {
  for (let i = 0; i < count; i++) swap(order, i, i + Math.floor(random() * (order.length - i)));
}

/**
 * Fill `order` with independent draws from 0 … count-1.
 *
 * @param {Uint16Array} order
 * @param {number} count
 * @param {Random} random
 */
export function sampleWithReplacement(order, count, random) {
  for (let i = 0; i < order.length; i++) order[i] = Math.floor(random() * count);
}

/**
 * @param {Uint16Array} order
 * @param {number} i
 * @param {number} j
 */
function swap(order, i, j) {
  const previous = order[i];
  order[i] = order[j];
  order[j] = previous;
}
