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
  const b = grow ? "b" : String(batch_size);
  const rate = decay ? `${lr} / 10**epoch` : String(lr);
  const gradient = "X[rows].T @ (X[rows] @ w - y[rows]) / len(rows)";
  const draw = replacement ? `rng.integers(1500, size=${b})` : `order[k * ${b}:(k + 1) * ${b}]`;
  const note = copies > 1 && !replacement ? `  # of ${formatInteger(size)} rows` : "";
  const body = [
    ...(grow ? [`b = ${batch_size} * 10**epoch`] : []),
    `rows = ${grow && !replacement ? "order[seen:seen + b]" : draw}${note}`,
    ...(momentum ? [`v = ${momentum} * v + ${gradient}`] : []),
    `w = w - ${rate} * ${momentum ? "v" : gradient}`,
  ];
  return [`for k in range(${steps}):`, ...body.map((line) => `    ${line}`)].join("\n");
}
