// Minibatch SGD itself. A run can be taken in pieces, so that it can be watched.
import { loss, minibatchGradient, rowsPerEpoch, WEIGHTS } from "./problem.js";
import { drawWithReplacement, normal, permute, randomFrom } from "./random.js";

export const LOG_EVERY = 200; // examples
const TOO_HIGH = 1e6; // a loss from which no run comes back

/** What a run is told, with the values it has if nothing else is said. */
export const DEFAULTS = {
  batch_size: 10, lr: 0.05, num_epochs: 2, momentum: 0,
  replacement: false, decay: false, genie: false, seed: 0,
};

/**
 * Begin a run: weights as of N(0, 0.01²), bias 0.
 *
 * `given` may hold `weights` to start from and `orders`, the row indices of each epoch.
 */
export function begin(problem, settings, given = {}) {
  const random = randomFrom(settings.seed * 2654435761 + 1);
  const w = new Float64Array(WEIGHTS);
  for (let i = 0; i < WEIGHTS - 1; i++) w[i] = 0.01 * normal(random);
  if (given.weights) w.set(given.weights);
  const size = rowsPerEpoch(problem, settings);
  return {
    problem, settings, random, orders: given.orders, w, size,
    velocity: new Float64Array(WEIGHTS), gradient: new Float64Array(WEIGHTS),
    order: new Uint16Array(size),
    lr: settings.lr, epoch: 0, next: size, // rows of the epoch that were passed; none is begun yet
    steps: 0, seen: 0, nextLog: LOG_EVERY, done: false,
    log: [{ seen: 0, steps: 0, loss: loss(problem, w) }], path: [Float64Array.from(w)],
  };
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
  }
  return run;
}

/** Take steps until the epoch ends, a log point is reached, or `end` steps were taken. */
function stretch(run, end) {
  const { problem, order, w, velocity, gradient, size, nextLog, lr } = run;
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
  run.path.push(Float64Array.from(run.w));
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

/** Measured seconds per step here and now: the run is repeated until the clock can tell. */
export function secondsPerStep(problem, settings, now, atLeast = 0.002) {
  let steps = 0;
  const began = now();
  let elapsed = 0;
  do {
    steps += advance(begin(problem, settings)).steps;
    elapsed = now() - began;
  } while (elapsed < atLeast);
  return elapsed / steps;
}
