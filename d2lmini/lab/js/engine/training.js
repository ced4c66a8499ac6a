// Minibatch SGD. A run can be advanced by a few steps at a time, so that it can be watched.

/** @import { Run } from "./run.js" */
import { minibatchGradient } from "./gradients.js";
import { loss, WEIGHTS } from "./problem.js";
import { sampleWithReplacement, shuffle } from "./random.js";
import { scheduled } from "./settings.js";

const LOSS_LIMIT = 1e6; // above it a run has diverged for good, and ends

/**
 * Take up to `maxSteps` steps; return the run.
 *
 * @param {Run} run
 * @param {number} [maxSteps]
 */
export function advance(run, maxSteps = Infinity) {
  const end = Math.min(run.budget.steps, run.steps + maxSteps);
  while (run.steps < end && !run.done) {
    if (run.next >= run.size) beginEpoch(run);
    step(run);
    const finished = run.examples >= run.budget.examples || run.steps >= run.budget.steps;
    if (finished || run.steps % run.logEvery === 0) logLoss(run);
    if (finished) run.done = true;
  }
  return run;
}

/** @param {Run} run */
function step(run) {
  const { problem, order, w, velocity, gradient, next, lr } = run;
  const momentum = run.settings.momentum ?? 0;
  const left = Math.min(run.size - next, run.budget.examples - run.examples);
  const count = Math.min(run.batchSize, left);
  drawRows(run, count);
  minibatchGradient(problem.table, w, order, next, count, gradient);
  for (let i = 0; i < WEIGHTS; i++) {
    velocity[i] = momentum * velocity[i] + gradient[i];
    w[i] -= lr * velocity[i];
  }
  run.next += count;
  run.examples += count;
  run.steps += 1;
}

/**
 * Choose the next rows of the epoch.
 *
 * @param {Run} run
 * @param {number} count
 */
function drawRows(run, count) {
  if (run.orders) return;
  const { order, next, problem, random } = run;
  if (count === run.size && !run.settings.replacement) return; // all rows, in whatever order
  if (run.settings.replacement) sampleWithReplacement(order, next, count, problem.n, random);
  else shuffle(order, next, count, random);
}

/** @param {Run} run */
function beginEpoch(run) {
  if (run.orders) run.order.set(run.orders[run.epoch]);
  Object.assign(run, scheduled(run.epoch, run.size, run.settings), { next: 0 });
  run.epoch += 1;
}

/** @param {Run} run */
function logLoss(run) {
  const value = loss(run.problem, run.w);
  const current = Number.isNaN(value) ? Infinity : value; // of weights that overflowed
  run.log.push({ examples: run.examples, steps: run.steps, loss: current });
  if (!(current < LOSS_LIMIT)) run.done = true;
}
