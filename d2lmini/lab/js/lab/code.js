// The lines of Python that do what a run did, with its numbers.

/** @import { LabSettings } from "./settings.js" */
import { formatInteger } from "../parts/format.js";

/**
 * @param {LabSettings} settings
 * @param {number} steps
 */
export function codeOf(settings, steps) {
  const { batch_size, lr, momentum, copies, replacement, decay, grow } = settings;
  const size = 1500 * copies;
  const b = grow ? `${batch_size} * 10**epoch` : String(batch_size);
  const rate = decay ? `${lr} / 10**epoch` : String(lr);
  const draw = replacement ? `rng.integers(1500, size=b)` : "order[k * b:(k + 1) * b]";
  const note = copies > 1 && !replacement ? `  # order: ${formatInteger(size)} rows` : "";
  const gradient = "X[rows].T @ (X[rows] @ w - y[rows]) / len(rows)";
  const update = momentum
    ? [`v = ${momentum} * v + ${gradient}`, `w = w - ${rate} * v`]
    : [`w = w - ${rate} * ${gradient}`];
  const comment = `  # ${formatInteger(steps)} times`;
  return [`b = ${b}${comment}`, `rows = ${draw}${note}`, ...update].join("\n");
}
