// Random numbers from a seed, so that a run can be repeated and linked to.

/** Mulberry32: a small generator of uniform numbers in [0, 1). */
export function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A number of the standard normal distribution (Box and Muller). */
export function normal(random) {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Fill `order` with 0 … length-1 in a random order (Fisher and Yates). */
export function permute(order, random) {
  for (let i = 0; i < order.length; i++) order[i] = i;
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const kept = order[i];
    order[i] = order[j];
    order[j] = kept;
  }
}

/** Fill `order` with independent draws from 0 … count-1. */
export function drawWithReplacement(order, count, random) {
  for (let i = 0; i < order.length; i++) order[i] = Math.floor(random() * count);
}
