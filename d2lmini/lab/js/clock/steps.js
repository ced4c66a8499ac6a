// How many steps each batch size needs to a level: measured by training, a little at a time.

/** @import { Problem } from "../engine/problem.js" */
/** @import { Run } from "../engine/run.js" */
import { loss } from "../engine/problem.js";
import { begin } from "../engine/run.js";
import { advance } from "../engine/training.js";

/** Infinity is gradient descent, whose steps read all rows; the others are divisors of 1,500. */
export const SIZES = [Infinity, 1, 2, 5, 10, 20, 50, 100, 250, 500, 750];
export const RATES = Array.from({ length: 19 }, (_, k) => Number((0.9 * 0.7 ** k).toPrecision(2)));
export const SEEDS = 25;
const MOST_STEPS = 30000;
const MOST_ROWS = 300000;
const PAUSE = 20000; // rows after which others may have their turn

/**
 * The fewest steps to a level, the median over the seeds, and the learning rate that needs them.
 *
 * @typedef {{ b: number, steps: number, lr: number }} Need
 */

/**
 * Measure every size; report each as soon as it is known.
 *
 * Rows are drawn without replacement, in a new order in each epoch, as the notebooks do. Copies of
 * the rows would change the noise of a minibatch a little: the steps are those of the plain data.
 *
 * @param {Problem} problem
 * @param {number} level
 * @param {(need: Need) => void} report
 */
export function* measureSteps(problem, level, report) {
  for (const b of SIZES) {
    const need = yield* fewestSteps(problem, b, level);
    report(need);
  }
}

/**
 * The rates from the highest to the lowest. A run ends when it needs more than the best so far.
 *
 * @param {Problem} problem
 * @param {number} b
 * @param {number} level
 * @returns {Generator<void, Need>}
 */
function* fewestSteps(problem, b, level) {
  const rows = Math.min(b, problem.n);
  const best = { b, steps: Math.min(MOST_STEPS, MOST_ROWS / rows), lr: 0 };
  for (const lr of RATES) {
    const counts = [];
    let late = 0;
    for (let seed = 0; seed < SEEDS && late <= SEEDS / 2; seed++) {
      const settings = { batch_size: rows, lr, seed };
      const budget = { examples: Infinity, steps: best.steps };
      const count = yield* stepsOf(begin(problem, settings, budget), level, rows);
      counts.push(count);
      if (count === Infinity) late += 1;
    }
    const middle = counts.sort((p, q) => p - q)[(SEEDS - 1) / 2];
    if (middle < best.steps || (!best.lr && middle === best.steps)) {
      Object.assign(best, { steps: middle, lr });
    }
  }
  return best.lr ? best : { ...best, steps: Infinity };
}

/**
 * After how many steps a run is at the level for the first time.
 *
 * @param {Run} run
 * @param {number} level
 * @param {number} rows
 * @returns {Generator<void, number>}
 */
function* stepsOf(run, level, rows) {
  let left = PAUSE;
  while (!(loss(run.problem, run.w) <= level)) {
    if (run.done) return Infinity;
    advance(run, 1);
    left -= rows + 10; // a step by itself takes as long as some rows
    if (left < 0) {
      yield;
      left = PAUSE;
    }
  }
  yield;
  return run.steps;
}
