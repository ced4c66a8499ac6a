// The runners: each trains, and keeps the loss after every step until it is at the finish.

import { stepSeconds } from "../clocks/clocks.js";
/** @import { Problem } from "../engine/problem.js" */
/** @import { StepCost } from "../engine/timing.js" */
import { loss } from "../engine/problem.js";
import { begin } from "../engine/run.js";
import { advance } from "../engine/training.js";

const MAX_ROWS = 60000; // that a minibatch runner may read
const MAX_FULL_STEPS = 1000;

/**
 * @typedef {object} Lane
 * @property {string} name
 * @property {number} b - The batch size; Infinity for all rows.
 * @property {number} lr
 */

/** @type {Lane[]} */
export const LANES = [
  { name: "b = 1", b: 1, lr: 0.005 },
  { name: "b = 10", b: 10, lr: 0.05 },
  { name: "b = 100", b: 100, lr: 0.4 },
  { name: "all rows", b: Infinity, lr: 0.9 },
];

/**
 * How many rows a step reads.
 *
 * @param {Lane} lane
 * @param {number} n - How many different rows there are,
 * @param {number} copies - and how often each.
 */
export const rowsOf = ({ b }, n, copies) => Math.min(b, n * copies);

/**
 * @typedef {object} Runner
 * @property {Lane} lane
 * @property {number[]} losses - After 0, 1, 2, … steps.
 * @property {number} steps - How many it takes,
 * @property {boolean} arrives - and whether that brings it to the finish.
 * @property {number} rows - That a step reads.
 */

/**
 * @typedef {object} Rules
 * @property {number} copies
 * @property {number} seed
 * @property {number} finish - The loss there.
 * @property {string} clock - Names it, or says what the reader chose.
 */

/**
 * Train until the loss is at the finish. The gradient over all copies is that over one, and to a
 * minibatch a copied row is as good as a plain one. So all train on the plain rows: copies make the
 * steps of the runner with all rows longer, and no other runner meets other rows because of them.
 *
 * @param {Problem} problem
 * @param {Lane} lane
 * @param {Omit<Rules, "clock">} race
 * @returns {Runner}
 */
export function trainRunner(problem, lane, { copies, seed, finish }) {
  const isFull = lane.b === Infinity;
  const batch_size = isFull ? problem.n : lane.b;
  const settings = { batch_size, lr: lane.lr, seed };
  const steps = isFull ? MAX_FULL_STEPS : MAX_ROWS / lane.b;
  const run = begin(problem, settings, { examples: Infinity, steps });
  const losses = [loss(problem, run.w)];
  while (!run.done && losses[run.steps] > finish) {
    advance(run, 1);
    losses.push(loss(problem, run.w));
  }
  const arrives = losses[run.steps] <= finish;
  return { lane, losses, steps: run.steps, arrives, rows: rowsOf(lane, problem.n, copies) };
}

/**
 * How far a loss is from the start, 0, to the finish, 1: the share of the orders of magnitude by
 * which the loss above its floor has to fall.
 *
 * @param {Problem} problem
 * @param {number} value
 * @param {number} finish
 */
export function progress({ s, floor }, value, finish) {
  const start = s / 2 - floor; // at w = 0
  const share = Math.log(start / (value - floor)) / Math.log(start / (finish - floor));
  return Math.max(0, Math.min(1, share));
}

/**
 * How many steps a runner has taken after some seconds.
 *
 * @param {Runner} runner
 * @param {StepCost} cost
 * @param {number} seconds
 */
export const stepsAt = ({ rows, steps }, cost, seconds) =>
  Math.min(steps, Math.floor(seconds / stepSeconds(cost, rows) + 1e-9));

/**
 * When the next of their steps is over; Infinity after the last one.
 *
 * @param {Runner[]} runners
 * @param {StepCost} cost
 * @param {number} seconds
 */
export function nextStepAt(runners, cost, seconds) {
  const times = runners.map((runner) => {
    const taken = stepsAt(runner, cost, seconds);
    return taken < runner.steps ? (taken + 1) * stepSeconds(cost, runner.rows) : Infinity;
  });
  return Math.min(...times);
}

/**
 * When a runner is at the finish, or gives up.
 *
 * @param {Runner} runner
 * @param {StepCost} cost
 */
export const endOf = ({ rows, steps }, cost) => steps * stepSeconds(cost, rows);

/**
 * The places of the runners, 1 for the first; 0 for one that does not arrive.
 *
 * @param {Runner[]} runners
 * @param {StepCost} cost
 */
export function placesOf(runners, cost) {
  const order = runners
    .filter((runner) => runner.arrives)
    .sort((a, b) => endOf(a, cost) - endOf(b, cost));
  return runners.map((runner) => order.indexOf(runner) + 1);
}
