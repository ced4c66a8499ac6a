// Many seeds of one run. The first is the run of the settings themselves.

/** @import { Problem } from "../engine/problem.js" */
/** @import { Run } from "../engine/run.js" */
/** @import { Budget } from "../engine/settings.js" */
/** @import { LabSettings } from "./settings.js" */
import { begin, finalLoss, plannedSteps } from "../engine/run.js";
import { advance } from "../engine/training.js";
import { startOf } from "./settings.js";
import { meanOf } from "./spread.js";

export const SEEDS = 200;
const SEEDS_AT_ONCE = 40; // so many show an area and a cloud
const ROWS_AT_ONCE = 20000; // so many are read within about half a millisecond

/** Runs that differ in their seeds, and take their steps together. */
export class Swarm {
  /** @type {Run[]} */
  runs = [];
  #problem;
  #settings;
  #budget;

  /**
   * @param {Problem} problem
   * @param {LabSettings} settings
   * @param {Budget} budget
   * @param {number} [count]
   */
  constructor(problem, settings, budget, count = 0) {
    this.#problem = problem;
    this.#settings = settings;
    this.#budget = budget;
    this.planned = plannedSteps(problem.n, settings, budget);
    for (let k = 0; k < count; k++) this.#add();
  }

  /** How many runs are trained before anything is drawn. */
  get atOnce() {
    const rows = this.planned * Math.min(this.#settings.batch_size, this.#problem.n);
    const count = Math.floor(ROWS_AT_ONCE / (rows + 4 * this.planned));
    return Math.max(1, Math.min(SEEDS_AT_ONCE, count));
  }

  get steps() {
    return Math.max(...this.runs.map((run) => run.steps));
  }

  get done() {
    return this.runs.every((run) => run.done);
  }

  #add() {
    // A different seed for each, and for each seed of the settings others.
    const seed = this.#settings.seed + 10007 * this.runs.length;
    const run = begin(this.#problem, { ...this.#settings, seed }, this.#budget, {
      weights: startOf(this.#settings),
    });
    this.runs.push(run);
    return run;
  }

  /** Add a run, and train it to its end. */
  complete() {
    advance(this.#add());
  }

  /** Whether it has all its seeds. */
  get isFull() {
    return this.runs.length === SEEDS;
  }

  /** The loss above the floor that its runs have at present, on average. */
  get meanExcess() {
    return meanOf(this.runs.map(finalLoss)) - this.#problem.floor;
  }

  /** Add the runs that are missing, one at each call of `next`. */
  *fill() {
    while (!this.isFull) {
      this.complete();
      yield;
    }
  }

  /** @param {number} steps */
  advance(steps) {
    for (const run of this.runs) advance(run, steps);
  }

  /**
   * The losses above the floor at each log point below which the given shares of the runs lie; a
   * run that has ended early has diverged, and counts as infinite.
   *
   * @param {number[]} shares
   */
  quantiles(shares) {
    const { floor } = this.#problem;
    return this.runs[0].log.map(({ examples, steps }, k) => {
      const losses = this.runs.map(({ log }) => (log[k]?.loss ?? Infinity) - floor);
      losses.sort((a, b) => a - b);
      const values = shares.map((share) => losses[Math.round(share * (losses.length - 1))]);
      return { examples, steps, values };
    });
  }
}
