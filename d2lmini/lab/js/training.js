// Minibatch SGD. A run can be advanced by a few steps at a time, so that it can be watched.

/** @import { Run } from "./run.js" */
import { minibatchGradient } from "./gradients.js";
import { addPoint } from "./path.js";
import { loss, WEIGHTS } from "./problem.js";
import { randomPermutation, sampleWithReplacement } from "./random.js";
import { LOG_EVERY } from "./run.js";

const LOSS_LIMIT = 1e6; // above it a run has diverged for good, and ends

/**
 * Take up to `maxSteps` steps; return the run.
 *
 * @param {Run} run
 * @param {number} [maxSteps]
 */
export function advance(run, maxSteps = Infinity) {
  const end = run.steps + maxSteps;
  while (run.steps < end && !run.done) {
    if (run.next >= run.size) beginEpoch(run);
    takeSteps(run, end);
    const finished = run.next >= run.size && run.epoch === run.settings.num_epochs;
    if (finished || run.examples >= run.nextLog) logLoss(run);
    if (finished) run.done = true;
    const lastPoint = run.path?.steps.at(-1) ?? run.steps;
    if (run.done && run.path && lastPoint < run.steps) addPoint(run.path, run.w, run.steps);
  }
  return run;
}

/**
 * Take steps until the epoch ends, a log point is reached, or `end` steps were taken.
 *
 * @param {Run} run
 * @param {number} end
 */
function takeSteps(run, end) {
  const { problem, order, w, velocity, gradient, size, nextLog, lr, path } = run;
  const { batch_size, momentum } = run.settings;
  let { next, examples, steps } = run;
  while (next < size && examples < nextLog && steps < end) {
    const count = Math.min(batch_size, size - next);
    minibatchGradient(problem, w, order, next, count, gradient);
    for (let i = 0; i < WEIGHTS; i++) {
      velocity[i] = momentum * velocity[i] + gradient[i];
      w[i] -= lr * velocity[i];
    }
    next += count;
    examples += count;
    steps += 1;
    if (path && steps % path.every === 0) addPoint(path, w, steps);
  }
  Object.assign(run, { next, examples, steps });
}

/** @param {Run} run */
function beginEpoch(run) {
  const { order, random, settings } = run;
  if (run.orders) order.set(run.orders[run.epoch]);
  else if (settings.replacement) sampleWithReplacement(order, run.size, random);
  else randomPermutation(order, random);
  run.lr = settings.decay ? settings.lr / 10 ** run.epoch : settings.lr;
  run.epoch += 1;
  run.next = 0;
}

/** @param {Run} run */
function logLoss(run) {
  run.nextLog = (Math.floor(run.examples / LOG_EVERY) + 1) * LOG_EVERY;
  const current = loss(run.problem, run.w);
  run.log.push({ examples: run.examples, steps: run.steps, loss: current });
  if (!(current < LOSS_LIMIT)) run.done = true;
}
