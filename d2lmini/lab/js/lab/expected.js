// The expected course of a run: exact where rows are drawn with replacement.

/** @import { Problem } from "../engine/problem.js" */
/** @import { StepCost } from "../engine/timing.js" */
/** @import { Moments } from "../engine/theory.js" */
/** @import { Budget } from "../engine/settings.js" */
/** @import { LabSettings } from "./settings.js" */
import { LOG_POINTS, plannedSteps } from "../engine/run.js";
import { dataSize, noiseFactor, scheduled } from "../engine/settings.js";
import { expectedExcess, startMoments, stepMoments } from "../engine/theory.js";
import { budgetOf } from "./budget.js";
import { startOf } from "./settings.js";

const EXCESS_LIMIT = 1e6; // above it the expectation has diverged for good

/**
 * @typedef {object} ExpectedPoint
 * @property {number} examples
 * @property {number} steps
 * @property {number} total - The expected loss above the floor,
 * @property {number} bias - what the mean of the weights leaves of it,
 * @property {number} noise - and what noise adds.
 */

/** The moments of a run, step by step. */
export class Expectation {
  /** @type {Moments} */
  moments;
  steps = 0;
  examples = 0;
  #problem;
  #settings;
  #budget;
  #size;

  /**
   * @param {Problem} problem
   * @param {LabSettings} settings
   * @param {Budget} budget
   */
  constructor(problem, settings, budget) {
    this.moments = startMoments(problem, startOf(settings));
    this.#problem = problem;
    this.#settings = settings;
    this.#budget = budget;
    this.#size = dataSize(problem.n, settings);
  }

  /**
   * Take steps; once the expectation has diverged, no more of them.
   *
   * @param {number} steps
   */
  advance(steps) {
    for (let k = 0; k < steps && !this.#diverged; k++) this.#step();
  }

  get #diverged() {
    return expectedExcess(this.#problem, this.moments).total > EXCESS_LIMIT;
  }

  /** The last minibatch of an epoch, or of the run, may be smaller than the others. */
  #step() {
    const size = this.#size;
    const { replacement, momentum } = this.#settings;
    const epoch = Math.floor(this.examples / size);
    const { lr, batchSize } = scheduled(epoch, size, this.#settings);
    const end = Math.min(size * (epoch + 1), this.#budget.examples);
    const rows = Math.min(batchSize, end - this.examples);
    const factor = noiseFactor(rows, size, replacement);
    stepMoments(this.#problem, this.moments, lr, momentum, factor);
    this.examples += rows;
    this.steps += 1;
  }

  /** @returns {ExpectedPoint} */
  get point() {
    const { examples, steps } = this;
    return { examples, steps, ...expectedExcess(this.#problem, this.moments) };
  }
}

/**
 * The expected losses at the log points of a run, and the moments at its end.
 *
 * @param {Problem} problem
 * @param {LabSettings} settings
 * @param {() => StepCost} cost
 */
export function expectedCurve(problem, settings, cost) {
  const budget = budgetOf(settings, problem.n, cost);
  const planned = plannedSteps(problem.n, settings, budget);
  const every = Math.ceil(planned / LOG_POINTS);
  const expectation = new Expectation(problem, settings, budget);
  const points = [expectation.point];
  while (expectation.steps < planned && points[points.length - 1].total < EXCESS_LIMIT) {
    expectation.advance(Math.min(every, planned - expectation.steps));
    points.push(expectation.point);
  }
  return { points, end: expectation };
}

/**
 * The expected loss above the floor at the end of a run.
 *
 * @param {Problem} problem
 * @param {LabSettings} settings
 * @param {() => StepCost} cost
 */
export function expectedAtEnd(problem, settings, cost) {
  return expectedCurve(problem, settings, cost).end.point.total;
}
