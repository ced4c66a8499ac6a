// One race after the other: the guess, the runners, and the buttons that move the clock.

/** @import { Problem } from "../engine/problem.js" */
/** @import { StepCost } from "../engine/timing.js" */
/** @import { Runner } from "./runners.js" */
import { formatShort, stepSeconds } from "../clocks/clocks.js";
import { numberTable } from "../clocks/number_table.js";
import { button, element } from "../parts/elements.js";
import { withPlace } from "./guess.js";
import { Lanes } from "./lanes.js";
import { LANES, nextStepAt, placesOf, rowsOf, stepsAt, trainRunner } from "./runners.js";
import { RaceClock } from "./starter.js";
import {
  describePace,
  describeRace,
  describeRunner,
  describeSteps,
  INVITATION,
  RACE_COLUMNS,
  tableRows,
} from "./words.js";

export class Contest {
  /** @type {{ runners: Runner[], cost: StepCost, places: number[] } | null} */
  #race = null;
  /** @type {{ copies: number, seed: number, finish: number } | null} */
  #rules = null;
  /** @type {StepCost | null} */
  #cost = null;
  #guess = [0, 0, 0, 0];
  #problem;
  #clock = new RaceClock(() => this.#show());
  #reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");
  #start = button("Start", () => this.#toggle(), { class: "race-start" });
  #step = button("Step", () => this.#moveNext());
  #again = button("Reset", () => this.rewind());
  #time = element("span", { class: "race-time" });
  #status = element("output", { class: "race-status" });
  #table = numberTable("the race");
  #lanes;

  /** @param {Problem} problem */
  constructor(problem) {
    this.#problem = problem;
    this.#lanes = new Lanes(problem, (lane, place) => {
      this.#guess = withPlace(this.#guess, lane, place);
      this.#lanes.showGuess(this.#guess, true);
    });
    const buttons = [this.#start, this.#step, this.#again, this.#time];
    const row = element("div", { class: "race-buttons" }, ...buttons);
    this.element = element("div", {}, this.#lanes.element, row, this.#status);
    this.numbers = this.#table.element;
  }

  /**
   * Race by other rules.
   *
   * @param {{ copies: number, seed: number, finish: number }} rules
   * @param {StepCost | null} cost - Null while it is not known.
   */
  prepare(rules, cost) {
    this.#rules = rules;
    this.#cost = cost;
    this.#lanes.setFinish(rules.finish);
    this.rewind();
  }

  /** All to the start. */
  rewind() {
    this.#clock.pause();
    this.#race = null;
    this.#lanes.reset();
    this.#lanes.showGuess(this.#guess, true);
    this.#reportCosts();
    this.#status.textContent = INVITATION;
    this.#time.textContent = "";
    this.#table.fill(RACE_COLUMNS, []);
    this.#showButtons();
  }

  /** Before the start a lane says what its steps cost. */
  #reportCosts() {
    for (const [k, lane] of LANES.entries()) {
      const rows = rowsOf(lane, this.#problem.n, this.#rules?.copies ?? 1);
      const text = this.#cost ? `a step: ${formatShort(stepSeconds(this.#cost, rows))}` : "";
      this.#lanes.report(k, text);
    }
  }

  pause() {
    this.#clock.pause();
    this.#showButtons();
  }

  /** The clock of a race that is under way; a new one is begun if there is none. */
  #begin() {
    if (!this.#cost || !this.#rules) return null;
    if (!this.#race || this.#clock.ended) {
      this.rewind();
      const rules = this.#rules;
      const runners = LANES.map((lane) => trainRunner(this.#problem, lane, rules));
      this.#race = { runners, cost: this.#cost, places: placesOf(runners, this.#cost) };
      this.#clock.reset(runners, this.#cost);
      this.#lanes.showGuess(this.#guess, false);
    }
    this.#clock.pause();
    return this.#clock;
  }

  #toggle() {
    if (this.#clock.running) return this.pause();
    const clock = this.#begin();
    if (this.#reducedMotion.matches) return clock?.moveOn(Infinity);
    return clock?.start();
  }

  /** The runner whose step is over next takes it. */
  #moveNext() {
    const clock = this.#begin();
    if (!clock || !this.#race) return;
    const { runners, cost } = this.#race;
    const before = clock.time;
    clock.moveTo(nextStepAt(runners, cost, before));
    if (clock.ended) return;
    this.#status.textContent = describeSteps(runners, cost, [before, clock.time]);
  }

  #show() {
    if (!this.#race) return;
    const { runners, cost, places } = this.#race;
    const { time } = this.#clock;
    const arrived = [];
    for (const [k, runner] of runners.entries()) {
      const steps = stepsAt(runner, cost, time);
      this.#lanes.move(k, runner, steps);
      this.#lanes.report(k, describeRunner(runner, cost, steps, places[k]));
      if (steps === runner.steps && runner.arrives) arrived.push(places[k]);
    }
    this.#time.textContent = describePace(this.#clock);
    if (this.#clock.ended) this.#conclude();
    else this.#announce(arrived.length);
    this.#showButtons();
  }

  /** @param {number} count - How many have arrived. */
  #announce(count) {
    const last = count ? LANES[this.#race?.places.indexOf(count) ?? -1] : null;
    const text = last ? `${last.name} is at the finish.` : "They are running.";
    if (this.#status.textContent !== text) this.#status.textContent = text;
  }

  #conclude() {
    if (!this.#race) return;
    const { runners, cost, places } = this.#race;
    this.#time.textContent = `all done after ${formatShort(this.#clock.time)}`;
    this.#status.textContent = describeRace(runners, cost, this.#guess);
    this.#table.fill(RACE_COLUMNS, tableRows(runners, cost, this.#guess));
    this.#lanes.judge(places, this.#guess);
  }

  #showButtons() {
    const idle = this.#clock.ended ? "Race again" : "Go on";
    const label = this.#race ? idle : "Start";
    this.#start.textContent = this.#clock.running ? "Pause" : label;
    this.#start.disabled = this.#step.disabled = !this.#cost;
    this.#again.disabled = !this.#race;
  }
}
