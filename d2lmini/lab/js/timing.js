// How long a step takes in this browser: measured once for each batch size, estimated before that.

import { begin } from "./run.js";
/** @import { Problem } from "./problem.js" */
/** @import { Settings } from "./settings.js" */
import { DEFAULTS } from "./settings.js";
import { advance } from "./training.js";

const MIN_SECONDS = 0.03; // some browsers round their clock to a thousandth
const IDLE_DELAY = 200; // milliseconds without a change, after which the time of a step is measured

/** @typedef {() => number} Clock - Returns seconds. */

/**
 * The time of a step in seconds, from runs that are repeated until the clock can resolve them.
 *
 * @param {Problem} problem
 * @param {Settings} settings
 * @param {Clock} now
 */
function secondsPerStep(problem, settings, now) {
  let steps = 0;
  const began = now();
  let elapsed = 0;
  do {
    steps += advance(begin(problem, settings)).steps;
    elapsed = now() - began;
  } while (elapsed < MIN_SECONDS);
  return elapsed / steps;
}

/**
 * Times of a step by settings. What changes its cost is part of the key: the batch size, the size
 * of the data and how rows are drawn. Rate and momentum cost the same whatever their value.
 *
 * @param {Problem} problem
 * @param {Clock} now
 */
export function makeTiming(problem, now) {
  /** @type {Map<string, number>} */
  const measured = new Map();
  /** @param {Settings} settings */
  const relevant = ({ batch_size, genie, replacement }) => ({ batch_size, genie, replacement });
  /** @param {Settings} settings */
  const keyOf = (settings) => JSON.stringify(relevant(settings));
  /** @param {Settings} settings */
  const time = (settings) =>
    secondsPerStep(problem, { ...DEFAULTS, ...relevant(settings), lr: 0.001 }, now);
  const smallest = time({ ...DEFAULTS, batch_size: 1 });
  const largest = time({ ...DEFAULTS, batch_size: problem.n });
  /** @param {Settings} settings */
  const isMeasured = (settings) => measured.has(keyOf(settings));
  /** @param {Settings} settings */
  const measure = (settings) => void measured.set(keyOf(settings), time(settings));
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const perRow = (largest - smallest) / (problem.n - 1);
  return {
    isMeasured,
    measure,
    /**
     * The measured time, or an estimate from the smallest and the largest minibatch.
     *
     * @param {Settings} settings
     */
    secondsPerStep: (settings) =>
      measured.get(keyOf(settings)) ?? smallest + perRow * (settings.batch_size - 1),
    /**
     * Measure as soon as this was not called for a while.
     *
     * @param {Settings} settings
     * @param {() => void} done
     */
    measureWhenIdle(settings, done) {
      clearTimeout(timer);
      if (isMeasured(settings)) return;
      timer = setTimeout(() => {
        measure(settings);
        done();
      }, IDLE_DELAY);
    },
    cancel: () => clearTimeout(timer),
  };
}

/**
 * Run for a moment, so that the browser compiles what will be timed.
 *
 * @param {Problem} problem
 * @param {Clock} now
 * @param {number} [seconds]
 */
export function warmUp(problem, now, seconds = 0.03) {
  const until = now() + seconds;
  for (let k = 0; now() < until; k++) {
    const batch_size = [1, 10, 100][k % 3];
    advance(begin(problem, { ...DEFAULTS, batch_size, lr: 0.001, seed: k }));
  }
}
