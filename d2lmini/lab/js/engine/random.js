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
 * Choose the entries from `start` on, `count` of them, from all that stand there or behind (Fisher
 * and Yates). Done from the front to the end, it is a random permutation, whatever the order was.
 *
 * @param {Uint16Array} order
 * @param {number} start
 * @param {number} count
 * @param {Random} random
 */
export function shuffle(order, start, count, random) {
  for (let i = start; i < start + count; i++) {
    const j = i + Math.floor(random() * (order.length - i));
    const previous = order[i];
    order[i] = order[j];
    order[j] = previous;
  }
}

/**
 * Fill the entries from `start` on, `count` of them, with independent draws from 0 … n-1.
 *
 * @param {Uint16Array} order
 * @param {number} start
 * @param {number} count
 * @param {number} n
 * @param {Random} random
 */
export function sampleWithReplacement(order, start, count, n, random) {
  for (let i = start; i < start + count; i++) order[i] = Math.floor(random() * n);
}
