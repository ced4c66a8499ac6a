// Answers questions about the lab's numerics, one JSON a line, for test_numerics.py.
import { readFileSync } from "node:fs";
import { fullGradient, loss, makeProblem, minibatchGradient, spreadAlong } from "../../d2lmini/lab/js/problem.js";
import { scatter } from "../../d2lmini/lab/js/noise.js";
import { fullLimit, stableRate } from "../../d2lmini/lab/js/stability.js";
import { advance, begin, DEFAULTS, diverged } from "../../d2lmini/lab/js/training.js";
import { ending } from "../../d2lmini/lab/js/words.js";

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
    const { values, sigma, total } = scatter(problem, weights, { ...DEFAULTS, ...settings });
    return { values: [...values], sigma, total };
  },

  limit: ({ settings }) => stableRate(problem, { ...DEFAULTS, ...settings }),

  /** The loss at each log point of a run that draws its own weights and orders. */
  losses: ({ settings }) =>
    advance(begin(problem, { ...DEFAULTS, ...settings })).log.map((point) => point.loss),

  ending: ({ settings, shown = true }) => {
    const run = advance(begin(problem, { ...DEFAULTS, ...settings }));
    const rate = stableRate(problem, run.settings);
    const limit = shown ? { rate, full: fullLimit(problem, run.settings.momentum) } : null;
    return ending({ run, seconds: 1e-6, measured: true, limit });
  },
};

for (const { kind, ...rest } of asked.questions) console.log(JSON.stringify(answers[kind](rest)));
