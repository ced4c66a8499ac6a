// The state of a run of minibatch SGD.

/** @import { WeightPath } from "./path.js" */
/** @import { Problem } from "./problem.js" */
/** @import { Random } from "./random.js" */
/** @import { Settings } from "./settings.js" */
import { startPath } from "./path.js";
import { loss, rowsPerEpoch, WEIGHTS } from "./problem.js";
import { seededRandom, standardNormal } from "./random.js";

export const LOG_EVERY = 200; // examples

/**
 * @typedef {object} LogPoint
 * @property {number} examples - How many examples had been read.
 * @property {number} steps
 * @property {number} loss
 */

/**
 * @typedef {object} Run
 * @property {Problem} problem
 * @property {Settings} settings
 * @property {Random} random
 * @property {number[][]} [orders] - The row indices of each epoch, where they are given.
 * @property {Float64Array} w - The weights.
 * @property {Float64Array} velocity
 * @property {Float64Array} gradient
 * @property {number} size - The number of rows in an epoch.
 * @property {Uint16Array} order - The row indices of the current epoch.
 * @property {number} next - The position in `order` of the next minibatch.
 * @property {number} lr - The learning rate in the current epoch.
 * @property {number} epoch - How many epochs were begun.
 * @property {number} steps
 * @property {number} examples - How many examples were read.
 * @property {number} nextLog - The number of examples at which the loss is logged next.
 * @property {boolean} done
 * @property {LogPoint[]} log
 * @property {WeightPath | null} path
 */

/**
 * How many steps a run takes, unless it diverges.
 *
 * @param {Problem} problem
 * @param {Pick<Settings, "num_epochs" | "batch_size" | "genie">} settings
 */
export function plannedSteps(problem, settings) {
  return settings.num_epochs * Math.ceil(rowsPerEpoch(problem, settings) / settings.batch_size);
}

/**
 * Begin a run, with weights drawn from N(0, 0.01²) and a bias of 0.
 *
 * `options` may hold `weights` to start from, `orders`, the row indices of each epoch, and whether
 * to record the `path`: the weights after each step, of very long runs after every second, third, …
 *
 * @param {Problem} problem
 * @param {Settings} settings
 * @param {{ weights?: number[], orders?: number[][], path?: boolean }} [options]
 * @returns {Run}
 */
export function begin(problem, settings, options = {}) {
  const random = seededRandom(settings.seed * 2654435761 + 1);
  const w = new Float64Array(WEIGHTS);
  for (let i = 0; i < WEIGHTS - 1; i++) w[i] = 0.01 * standardNormal(random);
  if (options.weights) w.set(options.weights);
  const size = rowsPerEpoch(problem, settings);
  return {
    problem,
    settings,
    random,
    orders: options.orders,
    w,
    velocity: new Float64Array(WEIGHTS),
    gradient: new Float64Array(WEIGHTS),
    size,
    order: new Uint16Array(size),
    next: size, // the first step begins an epoch
    lr: settings.lr,
    epoch: 0,
    steps: 0,
    examples: 0,
    nextLog: LOG_EVERY,
    done: false,
    log: [{ examples: 0, steps: 0, loss: loss(problem, w) }],
    path: options.path ? startPath(w, plannedSteps(problem, settings)) : null,
  };
}

/**
 * Whether a run ended above its initial loss, or overflowed.
 *
 * @param {Run} run
 */
export function diverged(run) {
  return !(finalLoss(run) <= run.log[0].loss);
}

/** @param {Run} run */
export const finalLoss = (run) => run.log[run.log.length - 1].loss;
