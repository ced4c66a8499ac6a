// The lines of Python that do what a run does: they run as they stand, given X, y, w, n and rng.

/** @import { Budget } from "../engine/settings.js" */
/** @import { LabSettings } from "./settings.js" */
import { dataSize, scheduled } from "../engine/settings.js";

const GRADIENT = "X[rows].T @ (X[rows] @ w - y[rows]) / len(rows)";

/**
 * @param {LabSettings} settings
 * @param {Budget} budget
 * @param {number} n - The number of different rows.
 */
export function codeOf(settings, budget, n) {
  const { batch_size, lr, momentum, copies, replacement, decay, grow } = settings;
  const size = dataSize(n, settings);
  const examples = examplesOf(settings, budget, size);
  const name = copies > 1 ? `${copies} * n` : "n";
  const isCut = examples % size > 0; // the last epoch is not a whole one
  const cut = isCut ? `[:${examples} - epoch * ${name}]` : "";
  const b = grow ? `${batch_size} * 10**epoch` : `${batch_size}`;
  const original = copies > 1 ? " % n" : "";
  const order = replacement
    ? `rng.integers(n, size=${name})${cut}`
    : `rng.permutation(${name})${cut}${original}`;
  return [
    ...(momentum ? ["v = 0"] : []),
    `for epoch in range(${Math.ceil(examples / size)}):`,
    `    order = ${order}`,
    `    for k in range(0, ${isCut ? "len(order)" : name}, ${b}):`,
    `        rows = order[k:k + ${b}]`,
    ...(momentum ? [`        v = ${momentum} * v + ${GRADIENT}`] : []),
    `        w = w - ${lr}${decay ? " / 10**epoch" : ""} * ${momentum ? "v" : GRADIENT}`,
  ].join("\n");
}

/**
 * How many rows a run reads, unless it diverges.
 *
 * @param {LabSettings} settings
 * @param {Budget} budget
 * @param {number} size - The number of rows of the data set.
 */
function examplesOf(settings, { examples, steps }, size) {
  if (steps === Infinity) return examples;
  let read = 0;
  for (let epoch = 0, left = steps; left > 0; epoch++) {
    const { batchSize } = scheduled(epoch, size, settings);
    read += Math.min(size, left * batchSize);
    left -= Math.ceil(size / batchSize);
  }
  return read;
}
