// How long the runs of the lab are: the same examples, the same steps, or the same time.

/** @import { Budget } from "../engine/settings.js" */
/** @import { StepCost } from "../engine/timing.js" */
/** @import { LabSettings } from "./settings.js" */

const STEPS_PER_EPOCH = 30; // where runs have the same steps, whatever they read
const REFERENCE = 10; // the batch size whose epochs say how long the same time is

/**
 * @param {Pick<LabSettings, "budget" | "num_epochs" | "batch_size">} settings
 * @param {number} n - The number of different rows.
 * @param {() => StepCost} cost - Of this browser; asked for where time counts.
 * @returns {Budget}
 */
export function budgetOf({ budget, num_epochs, batch_size }, n, cost) {
  if (budget === "examples") return { examples: num_epochs * n, steps: Infinity };
  if (budget === "steps") return { examples: Infinity, steps: num_epochs * STEPS_PER_EPOCH };
  const { alpha, beta } = cost();
  const steps = secondsOf(num_epochs, n, { alpha, beta }) / (alpha + beta * batch_size);
  return { examples: Infinity, steps: Math.max(1, Math.floor(steps)) };
}

/**
 * The time in which minibatches of the reference size read so many epochs.
 *
 * @param {number} numEpochs
 * @param {number} n
 * @param {StepCost} cost
 */
export const secondsOf = (numEpochs, n, { alpha, beta }) =>
  numEpochs * (n / REFERENCE) * (alpha + beta * REFERENCE);
