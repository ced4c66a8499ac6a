// A race in words and numbers.

/** @import { StepCost } from "../engine/timing.js" */
/** @import { Lane, Runner } from "./runners.js" */
import { formatShort, stepSeconds } from "../clocks/clocks.js";
import { formatInteger, formatNumber, pluralize } from "../parts/format.js";
import { PLACES } from "./lane.js";
import { endOf, placesOf, stepsAt } from "./runners.js";

export const INVITATION =
  "Which runner is first at the finish? Give each one a place, then start. Each dot is a step. " +
  "A lane shows the loss above its floor on a log scale.";

export const RACE_COLUMNS = [
  "runner",
  "learning rate",
  "rows a step",
  "time a step",
  "steps",
  "rows read",
  "time",
  "place",
  "your guess",
];

/**
 * What stands at the end of a lane.
 *
 * @param {Runner} runner
 * @param {StepCost} cost
 * @param {number} steps - Taken so far.
 * @param {number} place
 */
export function describeRunner(runner, cost, steps, place) {
  const step = formatShort(stepSeconds(cost, runner.rows), cost.digits);
  if (steps < runner.steps || !steps) return `${pluralize(steps, "step")} of ${step}`;
  const end = formatShort(endOf(runner, cost), cost.digits);
  const total = `${formatInteger(steps)} × ${step} = ${end}`;
  return runner.arrives ? `${PLACES[place]}: ${total}` : `not there after ${total}`;
}

/**
 * The time of the race, and how fast it passes.
 *
 * @param {{ time: number, speed: number, accelerates: boolean }} clock
 */
export function describePace({ time, speed, accelerates }) {
  const pace = `1 s here = ${formatShort(speed)}`;
  return `clock: ${formatShort(time)}; ${pace}${accelerates ? ", speeding up" : ""}`;
}

/**
 * @param {Lane} [last] - The one that arrived last.
 */
export const describeArrival = (last) =>
  last ? `${last.name} is at the finish.` : "They are running.";

/**
 * Who moved between two times.
 *
 * @param {Runner[]} runners
 * @param {StepCost} cost
 * @param {number[]} times - Before and after.
 */
export function describeSteps(runners, cost, [before, after]) {
  const moves = runners.flatMap((runner) => {
    const steps = stepsAt(runner, cost, after);
    if (steps === stepsAt(runner, cost, before)) return [];
    const loss = formatNumber(runner.losses[steps], 4);
    const end = steps === runner.steps && runner.arrives ? ", at the finish" : "";
    return [`${runner.lane.name} took step ${formatInteger(steps)}: loss ${loss}${end}.`];
  });
  return moves.join(" ");
}

/**
 * The names in the order of their places.
 *
 * @param {Runner[]} runners
 * @param {number[]} places
 */
function inOrder(runners, places) {
  const named = runners.map(({ lane }, k) => ({ name: lane.name, place: places[k] }));
  const placed = named.filter(({ place }) => place).sort((a, b) => a.place - b.place);
  return placed.map(({ name }) => name).join(", ");
}

/**
 * Guess and result together.
 *
 * @param {Runner[]} runners
 * @param {StepCost} cost
 * @param {number[]} guess
 */
export function describeRace(runners, cost, guess) {
  const places = placesOf(runners, cost);
  const result = `Order of arrival: ${inOrder(runners, places)}.`;
  const late = runners.filter(({ arrives }) => !arrives);
  const missing = late.map(
    ({ lane, rows, steps }) =>
      ` ${lane.name} is not at the finish after ${pluralize(rows * steps, "row")}, and stops.`,
  );
  if (!guess.some((place) => place)) return `${result}${missing.join("")} You made no guess.`;
  const right = places.filter((place, k) => place && place === guess[k]).length;
  return (
    `${result}${missing.join("")} Your order: ${inOrder(runners, guess)}. ` +
    `${right} of 4 places ${right === 1 ? "is" : "are"} right.`
  );
}

/**
 * @param {Runner[]} runners
 * @param {StepCost} cost
 * @param {number[]} guess
 */
export function tableRows(runners, cost, guess) {
  const places = placesOf(runners, cost);
  return runners.map((runner, k) => {
    const { lane, rows, steps, arrives } = runner;
    const time = formatShort(endOf(runner, cost), cost.digits);
    return [
      lane.name,
      String(lane.lr),
      formatInteger(rows),
      formatShort(stepSeconds(cost, rows), cost.digits),
      formatInteger(steps),
      formatInteger(rows * steps),
      arrives ? time : `more than ${time}`,
      PLACES[places[k]],
      PLACES[guess[k]],
    ];
  });
}
