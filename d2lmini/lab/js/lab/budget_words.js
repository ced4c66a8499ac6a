// What each run of the lab gets, in words.

/** @import { StepCost } from "../engine/timing.js" */
/** @import { LabSettings } from "./settings.js" */
import { formatInteger, formatTime } from "../parts/format.js";
import { budgetOf, secondsOf } from "./budget.js";

/**
 * @param {LabSettings} settings
 * @param {number} n - The number of different rows.
 * @param {() => StepCost} cost
 */
export function describeBudget(settings, n, cost) {
  if (settings.budget === "time") return formatTime(secondsOf(settings.num_epochs, n, cost()), 2);
  const { examples, steps } = budgetOf(settings, n, cost);
  if (settings.budget === "steps") return `${formatInteger(steps)} steps`;
  return `${formatInteger(examples)} examples`;
}
