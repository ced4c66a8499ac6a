// One run of the network: some epochs with one optimizer, batch size and rate.

import { seededRandom, shuffle } from "../engine/random.js";
import { computeGradient } from "./gradient.js";
import { initialize, makeNetwork, meanError } from "./model.js";
import { OPTIMIZERS } from "./optimizers.js";

const SPLIT_SEED = 12; // always the same rows are held out

/**
 * @typedef {object} Split
 * @property {Uint16Array} train - Row indices, in the order of the table,
 * @property {Uint16Array} test
 */

/**
 * @typedef {object} RunSettings
 * @property {string} optimizer
 * @property {number} batchSize
 * @property {number} lr
 * @property {number} epochs
 * @property {number} seed
 * @property {boolean} sorted - Rows come in the order of the table, in every epoch.
 */

/**
 * The errors at the start and after each epoch.
 *
 * @typedef {{ train: number[], test: number[] }} Curve
 */

/**
 * Hold out some of n rows for the test.
 *
 * @param {number} n
 * @param {number} held
 * @returns {Split}
 */
export function splitRows(n, held) {
  const rows = Uint16Array.from({ length: n }, (_, k) => k);
  shuffle(rows, 0, n, seededRandom(SPLIT_SEED));
  return { test: rows.slice(0, held).sort(), train: rows.slice(held).sort() };
}

/**
 * Train from initial weights that depend on the seed only. A run that overflows ends early.
 *
 * @param {Float64Array} table
 * @param {Split} split
 * @param {RunSettings} settings
 * @returns {Curve}
 */
export function train(table, split, settings) {
  const network = makeNetwork();
  initialize(network, seededRandom(settings.seed * 2654435761 + 1));
  const random = seededRandom(settings.seed * 2654435761 + 2);
  const update = OPTIMIZERS[settings.optimizer](network.parameters.length);
  const order = split.train.slice();
  /** @type {Curve} */
  const curve = { train: [], test: [] };
  const log = () => {
    curve.train.push(meanError(network, table, split.train));
    curve.test.push(meanError(network, table, split.test));
  };
  log();
  for (let epoch = 0; epoch < settings.epochs && Number.isFinite(curve.train[epoch]); epoch++) {
    if (!settings.sorted) shuffle(order, 0, order.length, random);
    trainEpoch(network, update, table, order, settings);
    log();
  }
  return curve;
}

/**
 * @param {import("./model.js").Network} network
 * @param {import("./optimizers.js").Update} update
 * @param {Float64Array} table
 * @param {ArrayLike<number>} order
 * @param {Pick<RunSettings, "batchSize" | "lr">} settings
 */
export function trainEpoch(network, update, table, order, { batchSize, lr }) {
  for (let start = 0; start < order.length; start += batchSize) {
    computeGradient(network, table, order, start, Math.min(start + batchSize, order.length));
    update(network.parameters, network.gradient, lr);
  }
}
