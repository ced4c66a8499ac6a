// The cells of the map: for each batch size and rate the end of a run.

/** @import { StepCost } from "../engine/timing.js" */
/** @import { Problem } from "../engine/problem.js" */
/** @import { LabSettings } from "./settings.js" */
import { begin, diverged, finalLoss } from "../engine/run.js";
import { advance } from "../engine/training.js";
import { budgetOf } from "./budget.js";
import { BATCH_SIZES, RATES, startOf } from "./settings.js";

export const COLUMNS_OF_MAP = RATES.length;
export const CELLS = BATCH_SIZES.length * RATES.length;
const STRIDE = 577; // no divisor of the number of cells: they are filled in all over the map
const CELL_LOG_POINTS = 8; // a run that diverges is ended at one of them

/**
 * What a map shows depends on these settings: all but the cell that is chosen.
 *
 * @param {LabSettings} settings
 */
export function mapKey({ batch_size, lr, axis, split, pins, across, up, ...rest }) {
  const plane = rest.start_across || rest.start_up ? [across, up] : [];
  return JSON.stringify([rest, plane]);
}

/**
 * Train every cell, one at each call of `next`; write the loss above the floor to `excess`, and
 * infinity where the run diverged.
 *
 * @param {Problem} problem
 * @param {LabSettings} settings
 * @param {() => StepCost} cost
 * @param {Float64Array} excess - By rows of a batch size, by columns of a rate.
 */
export function* trainCells(problem, settings, cost, excess) {
  const weights = startOf(settings);
  for (let k = 0; k < CELLS; k++) {
    const cell = (k * STRIDE) % CELLS;
    const chosen = { ...settings, ...settingsOfCell(cell) };
    const budget = budgetOf(chosen, problem.n, cost);
    const run = advance(begin(problem, chosen, budget, { weights, logPoints: CELL_LOG_POINTS }));
    excess[cell] = diverged(run) ? Infinity : finalLoss(run) - problem.floor;
    yield;
  }
}

/** @param {number} cell */
export const settingsOfCell = (cell) => ({
  batch_size: BATCH_SIZES[Math.floor(cell / COLUMNS_OF_MAP)],
  lr: RATES[cell % COLUMNS_OF_MAP],
});

/**
 * Where a value lies among the values of an axis, which are evenly spread.
 *
 * @param {number[]} values - In ascending order.
 * @param {number} value
 */
export function positionIn(values, value) {
  const last = values.length - 1;
  const next = values.findIndex((one) => one >= value);
  const index = Math.max(1, next === -1 ? last : next);
  const [low, high] = [values[index - 1], values[index]].map(Math.log);
  const position = index - 1 + (Math.log(value) - low) / (high - low);
  return Math.max(-0.5, Math.min(last + 0.5, position));
}
