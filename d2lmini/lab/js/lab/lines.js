// What theory draws on the map: for each batch size the largest stable rate, and the best one.

/** @import { StepCost } from "../engine/timing.js" */
/** @import { Problem } from "../engine/problem.js" */
/** @import { LabSettings } from "./settings.js" */
import { plannedSteps } from "../engine/run.js";
import { dataSize, noiseFactor } from "../engine/settings.js";
import { stabilityLimit } from "../engine/stability.js";
import { budgetOf } from "./budget.js";
import { expectedAtEnd } from "./expected.js";
import { BATCH_SIZES, RATES } from "./settings.js";

const GOLDEN = (Math.sqrt(5) - 1) / 2;
const PRECISION = 0.03; // of the logarithm of a rate
const FEW_STEPS = 300;

/**
 * The lines as far as they are computed: a rate for each batch size.
 *
 * @typedef {{ limits: number[], best: number[] }} TheoryLines
 */

/** @type {Map<string, number>} Limits that were computed, by the noise factor and the momentum. */
const knownLimits = new Map();

/**
 * The largest stable rate of these settings; it is computed once.
 *
 * @param {Problem} problem
 * @param {Pick<LabSettings, "batch_size" | "copies" | "replacement" | "momentum">} settings
 */
export function limitOf(problem, settings) {
  const size = dataSize(problem.n, settings);
  const factor = noiseFactor(settings.batch_size, size, settings.replacement);
  const key = `${factor} ${settings.momentum}`;
  const limit = knownLimits.get(key) ?? stabilityLimit(problem, factor, settings.momentum);
  knownLimits.set(key, limit);
  return limit;
}

/**
 * Compute the lines, one rate at each call of `next`.
 *
 * @param {Problem} problem
 * @param {LabSettings} settings
 * @param {() => StepCost} cost
 * @param {TheoryLines} lines
 */
export function* computeLines(problem, settings, cost, lines) {
  for (const batch_size of BATCH_SIZES) {
    lines.limits.push(limitOf(problem, { ...settings, batch_size }));
    yield;
  }
  let best = 0;
  for (const [k, batch_size] of BATCH_SIZES.entries()) {
    /** @param {number} rate */
    const end = (rate) => expectedAtEnd(problem, { ...settings, batch_size, lr: rate }, cost);
    const stable = RATES.filter((rate) => rate < lines.limits[k]);
    const value = (/** @type {number} */ index) => end(stable[index]);
    const few = stepsOf(problem, { ...settings, batch_size }, cost) < FEW_STEPS;
    const search = few ? leastOf : walkDown;
    best = yield* search(value, stable.length, best);
    const [low, high] = [stable[best - 1] ?? stable[0], stable[best + 1] ?? lines.limits[k]];
    const within = goldenSection((x) => end(Math.exp(x)), Math.log(low), Math.log(high));
    lines.best.push(Math.exp(yield* within));
  }
}

/**
 * @param {Problem} problem
 * @param {LabSettings} settings
 * @param {() => StepCost} cost
 */
const stepsOf = (problem, settings, cost) =>
  plannedSteps(problem.n, settings, budgetOf(settings, problem.n, cost));

/**
 * The index of the smallest value. With momentum a few steps can end well at more than one rate.
 *
 * @param {(index: number) => number} value
 * @param {number} count
 * @returns {Generator<undefined, number>}
 */
function* leastOf(value, count) {
  const values = [];
  while (values.length < count) {
    values.push(value(values.length));
    yield;
  }
  return values.indexOf(Math.min(...values));
}

/**
 * Walk from an index to smaller values until both neighbours are larger; a batch size has its best
 * rate near that of the one before.
 *
 * @param {(index: number) => number} value
 * @param {number} count
 * @param {number} start
 * @returns {Generator<undefined, number>}
 */
function* walkDown(value, count, start) {
  /** @type {Map<number, number>} */
  const known = new Map();
  const at = (/** @type {number} */ index) => {
    const result = known.get(index) ?? value(index);
    known.set(index, result);
    return result;
  };
  let best = Math.min(start, count - 1);
  for (const direction of [1, -1]) {
    const isInside = () => best + direction >= 0 && best + direction < count;
    while (isInside() && at(best + direction) < at(best)) {
      best += direction;
      yield;
    }
  }
  return best;
}

/**
 * Where a function with one minimum is least.
 *
 * @param {(x: number) => number} f
 * @param {number} low
 * @param {number} high
 * @returns {Generator<undefined, number>}
 */
function* goldenSection(f, low, high) {
  let [left, right] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
  let atLeft = f(left);
  yield;
  let atRight = f(right);
  while (high - low > PRECISION) {
    if (atLeft < atRight) {
      [high, right, atRight] = [right, left, atLeft];
      left = high - GOLDEN * (high - low);
      atLeft = f(left);
    } else {
      [low, left, atLeft] = [left, right, atRight];
      right = low + GOLDEN * (high - low);
      atRight = f(right);
    }
    yield;
  }
  return (low + high) / 2;
}
