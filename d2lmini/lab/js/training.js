// Minibatch SGD itself. A run can be taken in pieces, so that it can be watched.
import { loss, minibatchGradient, rowsPerEpoch, WEIGHTS } from "./problem.js";
import { drawWithReplacement, normal, permute, randomFrom } from "./random.js";
import SETTINGS from "./settings.json" with { type: "json" };

export const LOG_EVERY = 200; // examples
const TOO_HIGH = 1e6; // a loss from which no run comes back
const MOST_POINTS = 3000; // of a path; a run of two epochs with b = 1 is drawn step by step

export const DEFAULTS = Object.fromEntries(
  Object.entries(SETTINGS).map(([name, setting]) => [name, setting.default]));

/** The value nearest to the wanted one that a setting may have. */
export function allowed(name, value) {
  const { range, whole } = SETTINGS[name];
  if (!range) return Boolean(value);
  const within = Math.max(range[0], Math.min(range[1], Number(value) || 0));
  return whole ? Math.round(within) : within;
}

/** How many steps a run takes, unless it diverges. */
export function plannedSteps(problem, { num_epochs, batch_size, genie }) {
  return num_epochs * Math.ceil(rowsPerEpoch(problem, { genie }) / batch_size);
}

/**
 * Begin a run: weights as of N(0, 0.01²), bias 0.
 *
 * `given` may hold `weights` to start from, `orders`, the row indices of each epoch, and whether to
 * keep the `path`: the weights after each step, of very long runs after every second, third, …
 */
export function begin(problem, settings, given = {}) {
  const random = randomFrom(settings.seed * 2654435761 + 1);
  const w = new Float64Array(WEIGHTS);
  for (let i = 0; i < WEIGHTS - 1; i++) w[i] = 0.01 * normal(random);
  if (given.weights) w.set(given.weights);
  const size = rowsPerEpoch(problem, settings);
  const run = {
    problem, settings, random, orders: given.orders, w, size,
    velocity: new Float64Array(WEIGHTS), gradient: new Float64Array(WEIGHTS),
    order: new Uint16Array(size),
    lr: settings.lr, epoch: 0, next: size, // rows of the epoch that were passed; none is begun yet
    steps: 0, seen: 0, nextLog: LOG_EVERY, done: false,
    log: [{ seen: 0, steps: 0, loss: loss(problem, w) }], path: null,
  };
  if (given.path) run.path = emptyPath(run);
  return run;
}

function emptyPath(run) {
  const planned = plannedSteps(run.problem, run.settings);
  const every = Math.ceil(planned / MOST_POINTS);
  const path = { every, points: 0, weights: new Float64Array(WEIGHTS * (planned / every + 2)), steps: [] };
  keepPoint(path, run.w, 0);
  return path;
}

function keepPoint(path, w, step) {
  path.weights.set(w, WEIGHTS * path.points);
  path.steps.push(step);
  path.points += 1;
}

/** Take up to `most` steps; returns the run. */
export function advance(run, most = Infinity) {
  const end = run.steps + most;
  while (run.steps < end && !run.done) {
    if (run.next >= run.size) beginEpoch(run);
    stretch(run, end);
    const over = run.next >= run.size && run.epoch === run.settings.num_epochs;
    if (over || run.seen >= run.nextLog) record(run);
    if (over) run.done = true;
    if (run.done && run.path && run.path.steps.at(-1) < run.steps) keepPoint(run.path, run.w, run.steps);
  }
  return run;
}

/** Take steps until the epoch ends, a log point is reached, or `end` steps were taken. */
function stretch(run, end) {
  const { problem, order, w, velocity, gradient, size, nextLog, lr, path } = run;
  const { batch_size, momentum } = run.settings;
  let { next, seen, steps } = run;
  while (next < size && seen < nextLog && steps < end) {
    const count = Math.min(batch_size, size - next);
    minibatchGradient(problem, w, order, next, count, gradient);
    for (let i = 0; i < WEIGHTS; i++) {
      velocity[i] = momentum * velocity[i] + gradient[i];
      w[i] -= lr * velocity[i];
    }
    next += count;
    seen += count;
    steps += 1;
    if (path && steps % path.every === 0) keepPoint(path, w, steps);
  }
  Object.assign(run, { next, seen, steps });
}

function beginEpoch(run) {
  const { order, random, settings } = run;
  if (run.orders) order.set(run.orders[run.epoch]);
  else if (settings.replacement) drawWithReplacement(order, run.size, random);
  else permute(order, random);
  run.lr = settings.decay ? settings.lr / 10 ** run.epoch : settings.lr;
  run.epoch += 1;
  run.next = 0;
}

function record(run) {
  run.nextLog = (Math.floor(run.seen / LOG_EVERY) + 1) * LOG_EVERY;
  const point = { seen: run.seen, steps: run.steps, loss: loss(run.problem, run.w) };
  run.log.push(point);
  if (!(point.loss < TOO_HIGH)) run.done = true;
}

/** Whether a run ended above the loss it began with, or left all bounds. */
export function diverged(run) {
  return !(run.log.at(-1).loss <= run.log[0].loss);
}

/** Run for a moment, so that the browser compiles what will be timed. */
export function warm(problem, now, seconds = 0.03) {
  const until = now() + seconds;
  for (let k = 0; now() < until; k++) {
    const batch_size = [1, 10, 100][k % 3];
    advance(begin(problem, { ...DEFAULTS, batch_size, lr: 0.001, seed: k }));
  }
}
