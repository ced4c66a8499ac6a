// How long a step takes in this browser: measured once for each batch size, estimated before that.
import { advance, begin, DEFAULTS } from "./training.js";

const AT_LEAST = 0.03; // seconds: some browsers round their clock to a thousandth

/** Seconds a step, from runs that are repeated until the clock can resolve them. */
export function secondsPerStep(problem, settings, now, atLeast = AT_LEAST) {
  let steps = 0;
  const began = now();
  let elapsed = 0;
  do {
    steps += advance(begin(problem, settings)).steps;
    elapsed = now() - began;
  } while (elapsed < atLeast);
  return elapsed / steps;
}

/**
 * Times of a step by settings. What changes its cost is kept apart: the batch size, the size of the
 * data and how rows are drawn. Rate and momentum cost the same whatever their value.
 */
export function makeTiming(problem, now) {
  const kept = new Map();
  const relevant = ({ batch_size, genie, replacement }) => ({ batch_size, genie, replacement });
  const keyOf = (settings) => JSON.stringify(relevant(settings));
  const take = (settings) =>
    secondsPerStep(problem, { ...DEFAULTS, ...relevant(settings), lr: 0.001 }, now);
  const [first, last] = [1, problem.n].map((batch_size) => take({ ...DEFAULTS, batch_size }));
  const perRow = (last - first) / (problem.n - 1);
  return {
    known: (settings) => kept.has(keyOf(settings)),
    /** The measured time, or an estimate from the smallest and the largest minibatch. */
    of: (settings) => kept.get(keyOf(settings)) ?? first + perRow * (settings.batch_size - 1),
    measure: (settings) => kept.set(keyOf(settings), take(settings)),
  };
}
