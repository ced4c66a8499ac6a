// The state of a run of minibatch SGD.

/** @import { Problem } from "./problem.js" */
/** @import { Random } from "./random.js" */
/** @import { Budget, RunSettings } from "./settings.js" */
import { loss, WEIGHTS } from "./problem.js";
import { seededRandom, standardNormal } from "./random.js";
import { dataSize, scheduled } from "./settings.js";

export const LOG_POINTS = 160; // about so many has a log

/**
 * @typedef {object} LogPoint
 * @property {number} examples - How many examples had been read.
 * @property {number} steps
 * @property {number} loss
 */

/**
 * @typedef {object} Run
 * @property {Problem} problem
 * @property {RunSettings} settings
 * @property {Budget} budget
 * @property {Random} random
 * @property {number[][]} [orders] - The row indices of each epoch, where they are given.
 * @property {Float64Array} w - The weights.
 * @property {Float64Array} velocity
 * @property {Float64Array} gradient
 * @property {number} size - The number of rows in an epoch.
 * @property {Uint16Array} order - The rows of the current epoch, drawn as far as they were read.
 * @property {number} next - The position in `order` of the next minibatch.
 * @property {number} lr - The learning rate in the current epoch,
 * @property {number} batchSize - and the batch size.
 * @property {number} epoch - How many epochs were begun.
 * @property {number} steps
 * @property {number} examples - How many examples were read.
 * @property {number} logEvery - How many steps lie between two log points.
 * @property {boolean} done
 * @property {LogPoint[]} log
 */

/**
 * How many steps a run takes, unless it diverges.
 *
 * @param {number} n - The number of different rows.
 * @param {RunSettings} settings
 * @param {Budget} budget
 */
export function plannedSteps(n, settings, budget) {
  const size = dataSize(n, settings);
  let steps = 0;
  for (let epoch = 0, left = budget.examples; left > 0 && steps < budget.steps; epoch++) {
    const rows = Math.min(size, left);
    steps += Math.ceil(rows / scheduled(epoch, size, settings).batchSize);
    left -= rows;
  }
  return Math.min(budget.steps, steps);
}

/**
 * The weights that a run begins with: from N(0, 0.01²), and a bias of 0.
 *
 * @param {Random} random
 */
export function initialWeights(random) {
  const w = new Float64Array(WEIGHTS);
  for (let i = 0; i < WEIGHTS - 1; i++) w[i] = 0.01 * standardNormal(random);
  return w;
}

/**
 * Begin a run. `options` may hold `weights` to start from, `orders`, the row indices of each epoch,
 * and about how many points its log shall have, `logPoints`.
 *
 * @param {Problem} problem
 * @param {RunSettings} settings
 * @param {Budget} budget
 * @param {{ weights?: ArrayLike<number>, orders?: number[][], logPoints?: number }} [options]
 * @returns {Run}
 */
export function begin(problem, settings, budget, options = {}) {
  const random = seededRandom((settings.seed ?? 0) * 2654435761 + 1);
  const w = initialWeights(random);
  if (options.weights) w.set(options.weights);
  const size = dataSize(problem.n, settings);
  const planned = plannedSteps(problem.n, settings, budget);
  return {
    problem,
    settings,
    budget,
    random,
    orders: options.orders,
    w,
    velocity: new Float64Array(WEIGHTS),
    gradient: new Float64Array(WEIGHTS),
    size,
    order: rowsInOrder(problem.n, size),
    next: size, // the first step begins an epoch
    lr: settings.lr,
    batchSize: settings.batch_size,
    epoch: 0,
    steps: 0,
    examples: 0,
    logEvery: Math.ceil(planned / (options.logPoints ?? LOG_POINTS)),
    done: false,
    log: [{ examples: 0, steps: 0, loss: loss(problem, w) }],
  };
}

/**
 * 0 … n-1, repeated for each copy of the data.
 *
 * @param {number} n
 * @param {number} size
 */
function rowsInOrder(n, size) {
  const order = new Uint16Array(size);
  for (let i = 0; i < n; i++) order[i] = i;
  for (let filled = n; filled < size; filled += n) order.copyWithin(filled, 0, n);
  return order;
}

/**
 * Whether a run ended above its initial loss, or overflowed.
 *
 * @param {Pick<Run, "log">} run
 */
export const diverged = (run) => !(finalLoss(run) <= run.log[0].loss);

/** @param {Pick<Run, "log">} run */
export const finalLoss = (run) => run.log[run.log.length - 1].loss;
