// Answers questions about the lab's numerics, one JSON a line, for test_numerics.py.
import { readFileSync } from "node:fs";
import { fullGradient, loss, makeProblem, minibatchGradient, spreadAlong } from "../../d2lmini/lab/js/problem.js";
import { scatter } from "../../d2lmini/lab/js/noise.js";
import { advance, begin, DEFAULTS, diverged } from "../../d2lmini/lab/js/training.js";

const asked = JSON.parse(readFileSync(0, "utf8"));
const problem = makeProblem(Float32Array.from(asked.table));

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
    return { losses, steps: run.steps, seen: run.log.map((point) => point.seen), diverged: diverged(run) };
  },

  gradient: ({ weights, rows }) => {
    const one = new Float64Array(6);
    minibatchGradient(problem, weights, rows, 0, rows.length, one);
    return { minibatch: [...one], full: [...fullGradient(problem, weights)], loss: loss(problem, weights) };
  },

  spread: ({ weights, direction }) => spreadAlong(problem, weights, direction),

  scatter: ({ settings, weights }) => {
    const { values, sigma } = scatter(problem, weights, { ...DEFAULTS, ...settings });
    return { values: [...values], sigma };
  },
};

for (const { kind, ...rest } of asked.questions) console.log(JSON.stringify(answers[kind](rest)));
