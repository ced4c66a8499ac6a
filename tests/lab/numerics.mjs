// Answers questions about the lab's numerics, one JSON a line, for the tests in Python.
import { readFileSync } from "node:fs";
import { minibatchGradient } from "../../d2lmini/lab/js/engine/gradients.js";
import { loss, makeProblem } from "../../d2lmini/lab/js/engine/problem.js";
import { begin, diverged } from "../../d2lmini/lab/js/engine/run.js";
import { fullBatchLimit, stabilityLimit } from "../../d2lmini/lab/js/engine/stability.js";
import {
  expectedExcess,
  startMoments,
  stepMoments,
  weightSpread,
} from "../../d2lmini/lab/js/engine/theory.js";
import { advance } from "../../d2lmini/lab/js/engine/training.js";
import { budgetOf } from "../../d2lmini/lab/js/lab/budget.js";
import { codeOf } from "../../d2lmini/lab/js/lab/code.js";
import { describeResult } from "../../d2lmini/lab/js/lab/descriptions.js";
import { expectedCurve } from "../../d2lmini/lab/js/lab/expected.js";
import { limitOf } from "../../d2lmini/lab/js/lab/lines.js";
import { noiseFloor } from "../../d2lmini/lab/js/lab/noise_floor.js";
import { startOf } from "../../d2lmini/lab/js/lab/settings.js";
import { Trial } from "../../d2lmini/lab/js/lab/trial.js";
import { cost, KnownTimes, withDefaults } from "./small_problem.mjs";

const { table, constants, questions } = JSON.parse(readFileSync(0, "utf8"));
const problem = makeProblem(Float32Array.from(table), constants);

/** @type {Record<string, (question: any) => unknown>} */
const answers = {
  /** The loss after each epoch, from given weights and orders, and the code that does the same. */
  train: ({ settings, weights, orders }) => {
    const chosen = withDefaults(settings);
    const budget = budgetOf(chosen, problem.n, cost);
    const run = begin(problem, chosen, budget, { weights, orders });
    const losses = [];
    for (let epoch = 1; !run.done; epoch++) {
      const end = epoch * run.size;
      while (!run.done && run.examples < end) advance(run, 1);
      losses.push(loss(problem, run.w));
    }
    const { steps, examples } = run;
    const code = codeOf(chosen, budget, problem.n);
    return { losses, steps, examples, diverged: diverged(run), code };
  },

  /** The log of the lab's run of some settings. */
  run: ({ settings }) => {
    const chosen = withDefaults(settings);
    const budget = budgetOf(chosen, problem.n, cost);
    const { log } = advance(begin(problem, chosen, budget, { weights: startOf(chosen) }));
    return { examples: log.map((point) => point.examples), losses: log.map((point) => point.loss) };
  },

  gradient: ({ weights, rows }) => {
    const minibatch = new Float64Array(6);
    minibatchGradient(problem.table, weights, rows, 0, rows.length, minibatch);
    return { minibatch: [...minibatch], loss: loss(problem, weights) };
  },

  /** What theory says after some steps. */
  theory: ({ weights, rate, momentum, factor, steps, a, b }) => {
    const moments = startMoments(problem, weights);
    for (let k = 0; k < steps; k++) stepMoments(problem, moments, rate, momentum, factor);
    return { ...expectedExcess(problem, moments), ...weightSpread(problem, moments, a, b) };
  },

  /** Mean and standard error of the excess loss of many seeds, and what theory expects. */
  seeds: ({ settings, count }) => {
    const chosen = withDefaults(settings);
    const budget = budgetOf(chosen, problem.n, cost);
    const weights = startOf(chosen);
    const logs = Array.from({ length: count }, (_, seed) => {
      const { log } = advance(
        begin(problem, { ...chosen, seed }, budget, { weights, logPoints: 4 }),
      );
      return log.map((point) => point.loss - problem.floor);
    });
    const means = logs[0].map((_, k) => logs.reduce((sum, log) => sum + log[k], 0) / count);
    const errors = means.map((mean, k) => {
      const squares = logs.reduce((sum, log) => sum + (log[k] - mean) ** 2, 0);
      return Math.sqrt(squares / (count - 1) / count);
    });
    const { points } = expectedCurve(problem, chosen, cost);
    const { log } = advance(begin(problem, chosen, budget, { weights, logPoints: 4 }));
    const expected = log.map(({ steps }) => points.find((point) => point.steps === steps)?.total);
    return { means, errors, expected };
  },

  limit: ({ factor, momentum = 0 }) => stabilityLimit(problem, factor, momentum),

  /** The limit of the lab's settings, and that of full gradients. */
  limits: ({ settings }) => {
    const chosen = withDefaults(settings);
    return { rate: limitOf(problem, chosen), full: fullBatchLimit(problem, chosen.momentum) };
  },

  /** The sentence of a run; with all seeds as it is a moment later. */
  result: ({ settings, hidden = false, seeds = false }) => {
    const trial = new Trial(problem, withDefaults(settings), new KnownTimes());
    if (seeds) [...trial.swarm.fill()];
    return describeResult(trial, hidden);
  },

  noiseFloor: ({ settings }) => noiseFloor(problem, withDefaults(settings)),

  expected: ({ settings }) => expectedCurve(problem, withDefaults(settings), cost).end.point.total,
};

for (const { kind, ...question } of questions) {
  console.log(JSON.stringify(answers[kind](question)));
}
