// The lab's settings, as its table has them.

import TABLE from "../lab.json" with { type: "json" };
import { defaultsOf } from "../parts/settings.js";

/** @typedef {"examples" | "steps" | "time"} Measure - Of the progress of a run. */

/**
 * What the reader chooses.
 *
 * @typedef {object} LabSettings
 * @property {number} batch_size
 * @property {number} lr - The learning rate.
 * @property {Measure} budget - What all runs have the same of.
 * @property {number} num_epochs - How much of it.
 * @property {number} momentum
 * @property {number} copies - How many times the data set holds each row.
 * @property {number} seed
 * @property {boolean} replacement - Whether rows are drawn with replacement.
 * @property {boolean} decay - Whether the learning rate is divided by 10 after each epoch.
 * @property {boolean} grow - Whether the batch size is multiplied by 10 after each epoch.
 * @property {string} across - The weight that the swarm shows from left to right,
 * @property {string} up - and the one from bottom to top.
 * @property {number} start_across - Their values at the start; the other weights start at 0.
 * @property {number} start_up
 * @property {Measure} axis - What the curve is drawn against.
 * @property {boolean} split - Whether the expected curve is split into bias and noise.
 * @property {string} pins - The pinned runs.
 */

export const LAB_TABLE = /** @type {import("../parts/settings.js").SettingsTable} */ (TABLE);
export const LAB_DEFAULTS = /** @type {LabSettings} */ (defaultsOf(LAB_TABLE));
export const BATCH_SIZES = /** @type {number[]} */ (LAB_TABLE.batch_size.choices);
export const RATES = /** @type {number[]} */ (LAB_TABLE.lr.choices);
export const WEIGHT_NAMES = /** @type {string[]} */ (LAB_TABLE.across.options);

/**
 * Changes after which the swarm's two weights are two: choosing the other's weight swaps them, and
 * of one weight that is chosen twice only the first choice counts.
 *
 * @param {Partial<LabSettings>} changes
 * @param {Pick<LabSettings, "across" | "up">} current
 */
export function keepApart(changes, { across, up }) {
  const next = { across, up, ...changes };
  if (next.across !== next.up) return changes;
  if (!changes.across) return { ...changes, across: up };
  return { ...changes, up: changes.across === up ? across : up };
}

/**
 * The weights that a run starts from.
 *
 * @param {Pick<LabSettings, "across" | "up" | "start_across" | "start_up">} settings
 */
export function startOf({ across, up, start_across, start_up }) {
  const weights = new Float64Array(WEIGHT_NAMES.length);
  weights[WEIGHT_NAMES.indexOf(across)] = start_across;
  weights[WEIGHT_NAMES.indexOf(up)] = start_up;
  return weights;
}
