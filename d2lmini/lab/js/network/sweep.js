// What is computed for one point of the picture: runs at all rates and seeds, the best rate.

/** @import { Curve, Split } from "./run.js" */
import { train } from "./run.js";

/**
 * @typedef {object} Job
 * @property {string} key - Names the job.
 * @property {string} optimizer
 * @property {number} batchSize
 * @property {number[]} rates
 * @property {number} epochs
 * @property {number} seeds
 * @property {boolean} sorted
 */

/** @typedef {{ median: number, low: number, high: number }} Spread - Over the seeds. */

/**
 * @typedef {object} Cell
 * @property {Job} job
 * @property {number} lr - The rate with the lowest training error at the end: the test rows do not
 *   take part in this choice.
 * @property {Spread} train - The errors at the end, with this rate,
 * @property {Spread} test
 * @property {Curve} curve - and after each epoch, medians over the seeds.
 */

/** @param {Pick<Job, "rates" | "seeds">} job */
export const countRuns = ({ rates, seeds }) => rates.length * seeds;

/**
 * @param {Float64Array} table
 * @param {Split} split
 * @param {Job} job
 * @param {() => void} [onRun] - Called after each run.
 * @returns {Cell}
 */
export function computeCell(table, split, job, onRun) {
  const seeds = Array.from({ length: job.seeds }, (_, k) => k + 1);
  const cells = job.rates.map((lr) => {
    const curves = seeds.map((seed) => {
      const curve = train(table, split, { ...job, lr, seed });
      onRun?.();
      return curve;
    });
    return makeCell(job, lr, curves);
  });
  return cells.reduce((best, cell) => (cell.train.median < best.train.median ? cell : best));
}

/**
 * @param {Job} job
 * @param {number} lr
 * @param {Curve[]} curves - One for each seed.
 * @returns {Cell}
 */
function makeCell(job, lr, curves) {
  /** @param {"train" | "test"} part */
  const spreads = (part) =>
    Array.from({ length: job.epochs + 1 }, (_, epoch) =>
      spread(curves.map((curve) => curve[part][epoch])),
    );
  const [train, test] = [spreads("train"), spreads("test")];
  const curve = { train: train.map((s) => s.median), test: test.map((s) => s.median) };
  return { job, lr, train: train[job.epochs], test: test[job.epochs], curve };
}

/**
 * Median and range; what is not finite, or missing because a run ended early, counts as infinite.
 *
 * @param {(number | undefined)[]} values
 * @returns {Spread}
 */
export function spread(values) {
  const sorted = values
    .map((v) => (Number.isFinite(v) ? Number(v) : Infinity))
    .sort((a, b) => (a < b ? -1 : 1));
  const [lower, upper] = [(sorted.length - 1) >> 1, sorted.length >> 1].map((k) => sorted[k]);
  return { median: (lower + upper) / 2, low: sorted[0], high: sorted[sorted.length - 1] };
}
