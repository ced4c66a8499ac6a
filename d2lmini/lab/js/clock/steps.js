// How many steps each batch size needs to a level: measured by training, a little at a time.

/** @import { Problem } from "../engine/problem.js" */
/** @import { Run } from "../engine/run.js" */
import { loss } from "../engine/problem.js";
import { begin } from "../engine/run.js";
import { advance } from "../engine/training.js";
import PLAN from "./steps.json" with { type: "json" };

/** Infinity is gradient descent, whose steps read all rows; the others are divisors of 1,500. */
export const SIZES = [Infinity, ...PLAN.sizes];
export const RATES = PLAN.rates;
export const SEEDS = PLAN.seeds;
const PAUSE = 20000; // rows after which others may have their turn

/**
 * The fewest steps to a level, the median over the seeds, and the learning rate that needs them.
 *
 * @typedef {{ b: number, steps: number, lr: number }} Need
 */

/**
 * The size that is to be measured next, if one is left. Copies make room for minibatches of more
 * rows than the table has. They end where one needs no more steps than gradient descent: still more
 * rows would only make a step longer.
 *
 * @param {Need[]} needs - Of the sizes before.
 * @param {number} n - The number of rows of the table.
 * @param {number} copies
 * @returns {number | undefined}
 */
export function nextSize(needs, n, copies) {
  if (needs.length < SIZES.length) return SIZES[needs.length];
  if (needs[needs.length - 1].steps <= needs[0].steps) return undefined;
  const size = PLAN.sizes_of_copies[needs.length - SIZES.length];
  return size < n * copies ? size : undefined;
}

/**
 * Measure the sizes that are not in `needs`, and add each as soon as it is known.
 *
 * Rows are drawn without replacement, in a new order in each epoch, as the notebooks do. Copies of
 * the rows would change the noise of a minibatch a little: the steps are those of the plain data.
 * Where a minibatch has more rows than the plain data, they are drawn independently, as from very
 * many copies.
 *
 * @param {Problem} problem
 * @param {number} level
 * @param {Need[]} needs
 * @param {number} [copies]
 */
export function* measureSteps(problem, level, needs, copies = 1) {
  for (;;) {
    const size = nextSize(needs, problem.n, copies);
    if (size === undefined) return;
    const need = yield* fewestSteps(problem, size, level);
    needs.push(need);
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
  const setting = sizeSetting(b, problem.n);
  const rows = setting.batch_size;
  const most = Math.min(PLAN.most_steps, PLAN.most_rows / Math.min(rows, problem.n));
  const best = { b, steps: most, lr: 0 };
  for (const lr of RATES) {
    const counts = [];
    let late = 0;
    for (let seed = 0; seed < SEEDS && late <= SEEDS / 2; seed++) {
      const budget = { examples: Infinity, steps: best.steps };
      const run = begin(problem, { ...setting, lr, seed }, budget);
      const count = yield* stepsOf(run, level, rows);
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
 * How the rows of a minibatch are drawn.
 *
 * @param {number} b
 * @param {number} n
 */
function sizeSetting(b, n) {
  if (b === Infinity) return { batch_size: n };
  return b < n ? { batch_size: b } : { batch_size: b, copies: b / n, replacement: true };
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
