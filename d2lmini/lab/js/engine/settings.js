// What determines a run of minibatch SGD.

/**
 * @typedef {object} RunSettings
 * @property {number} batch_size
 * @property {number} lr - The learning rate.
 * @property {number} [momentum]
 * @property {boolean} [replacement] - Whether rows are drawn with replacement.
 * @property {boolean} [decay] - Whether the learning rate is divided by 10 after each epoch.
 * @property {boolean} [grow] - Whether the batch size is multiplied by 10 after each epoch.
 * @property {number} [copies] - How many times the data set holds each row.
 * @property {number} [seed]
 */

/**
 * When a run ends, unless it diverges before.
 *
 * @typedef {{ examples: number, steps: number }} Budget
 */

/**
 * How many rows the data set has.
 *
 * @param {number} n - The number of different rows.
 * @param {Pick<RunSettings, "copies">} settings
 */
export const dataSize = (n, { copies = 1 }) => n * copies;

/**
 * Learning rate and batch size in an epoch; the first has the number 0.
 *
 * @param {number} epoch
 * @param {number} size - The number of rows of the data set.
 * @param {RunSettings} settings
 */
export function scheduled(epoch, size, { batch_size, lr, decay = false, grow = false }) {
  const factor = 10 ** epoch;
  return {
    lr: decay ? lr / factor : lr,
    batchSize: Math.min(grow ? batch_size * factor : batch_size, size),
  };
}

/**
 * Variance of a minibatch's mean in units of a single example's variance: 1/b for independent
 * draws, and times (N - b)/(N - 1) without replacement.
 *
 * @param {number} batchSize
 * @param {number} size - The number of rows of the data set.
 * @param {boolean} [replacement]
 */
export function noiseFactor(batchSize, size, replacement = false) {
  const b = Math.min(batchSize, size);
  return replacement ? 1 / b : (size - b) / (size - 1) / b;
}
