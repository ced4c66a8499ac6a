// The network: which rows are held out, what is planned, medians, and results in words.
import assert from "node:assert/strict";
import { test } from "node:test";
import { plotOfCurve } from "../../d2lmini/lab/js/network/pictures.js";
import { plannedJobs, Results } from "../../d2lmini/lab/js/network/results.js";
import { splitRows } from "../../d2lmini/lab/js/network/run.js";
import { spread } from "../../d2lmini/lab/js/network/sweep.js";
import { conclude, describeCell, describeState } from "../../d2lmini/lab/js/network/words.js";
import TABLE from "../../d2lmini/lab/js/network.json" with { type: "json" };
import { defaultsOf } from "../../d2lmini/lab/js/parts/settings.js";

const DEFAULTS = defaultsOf(TABLE);

/**
 * A made-up cell of the default plan.
 *
 * @param {string} optimizer
 * @param {number} batchSize
 * @param {number} error
 * @param {object} [settings]
 */
function cellOf(optimizer, batchSize, error, settings = {}) {
  const jobs = plannedJobs({ ...DEFAULTS, ...settings });
  const job = jobs.find((one) => one.optimizer === optimizer && one.batchSize === batchSize);
  assert.ok(job);
  const one = { median: error, low: error, high: error };
  return { job, lr: job.rates[0], train: one, test: one, curve: { train: [1], test: [1] } };
}

test("300 rows are held out, the same ones always, and both parts keep the order", () => {
  const { train, test: held } = splitRows(1500, 300);
  assert.equal(held.length, 300);
  assert.deepEqual(
    [...train, ...held].sort((a, b) => a - b),
    Array.from({ length: 1500 }, (_, k) => k),
  );
  for (const part of [train, held]) assert.ok(part.every((row, k) => !k || row > part[k - 1]));
  assert.ok(held[149] > 600 && held[149] < 900); // from the whole table, not from one end
  assert.deepEqual(splitRows(1500, 300).test, held);
});

test("median and range; what is missing or not finite is infinite", () => {
  assert.deepEqual(spread([3, 1, 2]), { median: 2, low: 1, high: 3 });
  assert.deepEqual(spread([4, 1, 2, 10]), { median: 3, low: 1, high: 10 });
  assert.deepEqual(spread([1, Number.NaN, 2]), { median: 2, low: 1, high: Infinity });
  assert.equal(spread([1, undefined, undefined]).median, Infinity);
});

test("a plan has a job for each batch size and optimizer, the cheapest batch first", () => {
  const jobs = plannedJobs(DEFAULTS);
  assert.equal(jobs.length, 18);
  assert.equal(new Set(jobs.map(({ key }) => key)).size, 18);
  assert.deepEqual([jobs[0].batchSize, jobs[17].batchSize], [1200, 1]);
  assert.equal(plannedJobs({ ...DEFAULTS, adam: false }).length, 12);
  const own = plannedJobs({ ...DEFAULTS, rates: "my own", adam_rate: 0.5 });
  assert.deepEqual(own.find(({ optimizer }) => optimizer === "adam")?.rates, [0.5]);
});

test("results are kept for their settings, and come line by line", () => {
  const results = new Results();
  const [jobs, sorted] = [false, true].map((sorted_data) =>
    plannedJobs({ ...DEFAULTS, sorted_data }),
  );
  for (const job of jobs) results.add(cellOf(job.optimizer, job.batchSize, 1));
  assert.equal(results.missing(jobs).length, 0);
  assert.equal(results.missing(sorted).length, 18);
  const order = results.of(jobs).map(({ job }) => [job.optimizer, job.batchSize]);
  assert.deepEqual(order[0], ["sgd", 1]);
  assert.deepEqual(order[5], ["sgd", 1200]);
  assert.deepEqual(order[17], ["adam", 1200]);
  results.forget(jobs.slice(0, 2));
  assert.equal(results.of(jobs).length, 16);
});

test("a cell in words: its rate, where in the list it stands, ranges, divergence", () => {
  const cell = cellOf("adam", 64, 0.05);
  assert.equal(
    describeCell(cell),
    "Adam, b = 64, rate 0.003 (best of 4 rates, at the edge of the list): test error 0.05, " +
      "training error 0.05.",
  );
  assert.match(describeCell({ ...cell, lr: 0.03 }), /rate 0.03 \(best of 4 rates\):/);
  assert.match(describeCell({ ...cell, lr: 0.1 }), /\(best of 4 rates, at the edge of the list\)/);
  const own = cellOf("adam", 64, Infinity, { rates: "my own" });
  assert.match(describeCell(own), /rate 0.01: test error ∞, training error ∞\. It diverged\.$/);
  const seeds = cellOf("sgd", 1, 0.1, { num_seeds: 3 });
  const test3 = { median: 0.1, low: 0.08, high: 0.2 };
  assert.match(describeCell({ ...seeds, test: test3 }), /test error 0.1 \(0.08 to 0.2\)/);
});

test("the conclusion names where optimizers agree, where they part, and the lowest error", () => {
  const cells = [
    ...[cellOf("sgd", 4, 0.06), cellOf("adam", 4, 0.05)],
    ...[cellOf("sgd", 256, 0.2), cellOf("adam", 256, 0.06)],
    cellOf("sgd", 1, 1.1), // above its first error
  ];
  assert.equal(
    conclude(cells),
    "The optimizers end closest at b = 4 (test errors 0.05 to 0.06), furthest apart at " +
      "b = 256 (test errors 0.06 to 0.2). The lowest test error is 0.05: Adam, b = 4.",
  );
  assert.equal(conclude(cells.slice(0, 1)), "The lowest test error is 0.06: SGD, b = 4.");
  assert.equal(conclude(cells.slice(4)), "Every run diverged.");
  assert.match(describeState(false, 18, cells), /^5 of 18 points are trained\. The optimizers/);
  assert.equal(describeState(true, 18, cells), "Training 13 points in the background.");
  assert.equal(describeState(false, 0, []), "Choose an optimizer.");
});

test("the ticks of a short learning curve are whole epochs, at which there are errors", () => {
  assert.deepEqual(plotOfCurve(undefined, 1).x.ticks, [0, 1]);
  assert.deepEqual(plotOfCurve(undefined, 3).x.ticks, [0, 1, 2, 3]);
  assert.equal(plotOfCurve(undefined, 15).x.ticks, undefined);
});
