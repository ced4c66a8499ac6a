// How long a step takes in this browser: measured once for the smallest and the largest batch.

/** @import { Problem } from "./problem.js" */
import { begin } from "./run.js";
import { advance } from "./training.js";

const MIN_SECONDS = 0.03; // some browsers round their clock to a thousandth
const BLOCK_SECONDS = 0.01; // after which the page may answer its reader
const IDLE_DELAY = 200; // milliseconds without a change, after which a step is timed

/** @typedef {() => number} Clock - Returns seconds. */

/**
 * A step of b rows takes alpha + beta b seconds; so many digits of them count, three where that is
 * left out.
 *
 * @typedef {{ alpha: number, beta: number, digits?: number }} StepCost
 */

/**
 * Find the time of a step in seconds, from runs that are repeated until the clock can resolve them.
 *
 * @param {Problem} problem
 * @param {number} batchSize
 * @param {Clock} now
 * @returns {Generator<undefined, number>}
 */
function* timeStep(problem, batchSize, now) {
  const settings = { batch_size: batchSize, lr: 0.001 };
  const run = () => advance(begin(problem, settings, { examples: problem.n, steps: Infinity }));
  run(); // the browser compiles what it will time
  let least = Infinity;
  // The least of three: whatever else the machine does can only make a step longer.
  for (let round = 0; round < 3; round++) least = Math.min(least, yield* timeRound(run, now));
  return least;
}

/**
 * Add up short blocks until they are long enough together.
 *
 * @param {() => { steps: number }} run
 * @param {Clock} now
 * @returns {Generator<undefined, number>}
 */
function* timeRound(run, now) {
  let steps = 0;
  let elapsed = 0;
  while (elapsed < MIN_SECONDS) {
    const began = nextTick(now);
    let end = began;
    for (; end - began < BLOCK_SECONDS; end = now()) steps += run().steps;
    elapsed += end - began;
    yield;
  }
  return elapsed / steps;
}

/**
 * The time as soon as the clock has moved on: a block that begins between two ticks of a coarse
 * clock would seem too long, because it ends at one.
 *
 * @param {Clock} now
 */
function nextTick(now) {
  const before = now();
  let time = before;
  while (time === before) time = now();
  return time;
}

/** Times of a step by batch size. Rate and momentum cost the same whatever their value. */
export class StepTimes {
  /** @type {Map<number, number>} */
  #measured = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #problem;
  #now;

  /**
   * @param {Problem} problem
   * @param {Clock} now
   */
  constructor(problem, now) {
    this.#problem = problem;
    this.#now = now;
  }

  /** @param {number} batchSize - Of steps that may have been measured already. */
  known(batchSize) {
    return this.#measured.get(batchSize);
  }

  /** @param {number} batchSize */
  measure(batchSize) {
    for (const _ of this.#measuring(batchSize));
    return this.#measured.get(batchSize) ?? NaN;
  }

  /** @param {number} batchSize */
  *#measuring(batchSize) {
    if (this.known(batchSize) !== undefined) return;
    this.#measured.set(batchSize, yield* timeStep(this.#problem, batchSize, this.#now));
  }

  /**
   * The cost of a step of any size, from the smallest and the largest one.
   *
   * @returns {StepCost}
   */
  cost() {
    const { n } = this.#problem;
    const [one, all] = [this.measure(1), this.measure(n)];
    const beta = Math.max(0, (all - one) / (n - 1));
    return { alpha: Math.max(0, one - beta), beta };
  }

  /** The cost of a step, if it was measured already. */
  get knownCost() {
    const isKnown = this.known(1) !== undefined && this.known(this.#problem.n) !== undefined;
    return isKnown ? this.cost() : null;
  }

  /**
   * Measure the cost of a step as soon as this was not called for a while, a block at a time, so
   * that the page goes on answering.
   *
   * @param {() => void} done
   */
  measureWhenIdle(done) {
    this.cancel();
    if (this.knownCost) return;
    const work = this.#measuringBoth();
    const next = () => {
      if (work.next().done) done();
      else this.#timer = setTimeout(next);
    };
    this.#timer = setTimeout(next, IDLE_DELAY);
  }

  *#measuringBoth() {
    yield* this.#measuring(1);
    yield* this.#measuring(this.#problem.n);
  }

  cancel() {
    clearTimeout(this.#timer);
  }
}
