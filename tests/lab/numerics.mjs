// Answers questions about the lab's numerics, one JSON a line, for the tests in Python.
import { readFileSync } from "node:fs";
import { describeResult } from "../../d2lmini/lab/js/descriptions.js";
import { minibatchGradient, varianceAlong } from "../../d2lmini/lab/js/gradients.js";
import { sampleNoise } from "../../d2lmini/lab/js/noise.js";
import { fullGradient, loss, makeProblem } from "../../d2lmini/lab/js/problem.js";
import { begin, diverged } from "../../d2lmini/lab/js/run.js";
import { DEFAULTS } from "../../d2lmini/lab/js/settings.js";
import { fullBatchLimit, stabilityLimit } from "../../d2lmini/lab/js/stability.js";
import { advance } from "../../d2lmini/lab/js/training.js";

const { table, questions } = JSON.parse(readFileSync(0, "utf8"));
const problem = makeProblem(Float32Array.from(table));

/** @type {Record<string, (question: any) => object | number | string>} */
const answers = {
  problem: () => ({ floor: problem.floor, limit: problem.limit, best: [...problem.best] }),

  /** The loss after each epoch, from given weights and orders. */
  train: ({ settings, weights, orders, piece }) => {
    const run = begin(problem, { ...DEFAULTS, ...settings }, { weights, orders });
    const perEpoch = Math.ceil(run.size / run.settings.batch_size);
    const losses = [];
    while (!run.done) {
      for (let left = perEpoch; left > 0; left -= piece) advance(run, Math.min(piece, left));
      losses.push(loss(problem, run.w));
    }
    const examples = run.log.map((point) => point.examples);
    return { losses, steps: run.steps, examples, diverged: diverged(run) };
  },

  gradient: ({ weights, rows }) => {
    const minibatch = new Float64Array(6);
    minibatchGradient(problem, weights, rows, 0, rows.length, minibatch);
    const full = fullGradient(problem, weights);
    return { minibatch: [...minibatch], full, loss: loss(problem, weights) };
  },

  variance: ({ weights, direction }) => varianceAlong(problem, weights, direction),

  noise: ({ settings, weights }) => {
    const noise = sampleNoise(problem, weights, { ...DEFAULTS, ...settings });
    return { ...noise, values: [...noise.values] };
  },

  limit: ({ settings }) => stabilityLimit(problem, { ...DEFAULTS, ...settings }),

  /** The loss at each log point of a run that draws its own weights and orders. */
  losses: ({ settings }) =>
    advance(begin(problem, { ...DEFAULTS, ...settings })).log.map((point) => point.loss),

  result: ({ settings, shown = true }) => {
    const run = advance(begin(problem, { ...DEFAULTS, ...settings }));
    const rate = stabilityLimit(problem, run.settings);
    const full = fullBatchLimit(problem, run.settings.momentum);
    const limit = shown ? { rate, full } : null;
    return describeResult({ run, seconds: 1e-6, measured: true, limit });
  },
};

for (const { kind, ...question } of questions) {
  console.log(JSON.stringify(answers[kind](question)));
}
