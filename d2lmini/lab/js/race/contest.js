// One race after the other: the guess, the runners, and the buttons that move the clock.

/** @import { Problem } from "../engine/problem.js" */
/** @import { StepCost } from "../engine/timing.js" */
/** @import { Rules, Runner } from "./runners.js" */
import { formatShort } from "../clocks/clocks.js";
import { numberTable } from "../clocks/number_table.js";
import { element } from "../parts/elements.js";
import { RaceButtons } from "./buttons.js";
import { withPlace } from "./guess.js";
import { Lanes } from "./lanes.js";
import { LANES, nextStepAt, placesOf, stepsAt, trainRunner } from "./runners.js";
import { RaceClock } from "./starter.js";
import {
  describeArrival,
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
  /** @type {Rules | null} */
  #rules = null;
  /** @type {StepCost | null} */
  #cost = null;
  #guess = [0, 0, 0, 0];
  #problem;
  #clock = new RaceClock(() => this.#show());
  #reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");
  #buttons = new RaceButtons({
    toggle: () => this.#toggle(),
    moveNext: () => this.#moveNext(),
    rewind: () => this.rewind(),
  });
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
    this.element = element("div", {}, this.#lanes.element, this.#buttons.element, this.#status);
    this.numbers = this.#table.element;
  }

  /**
   * Race by other rules. What was guessed for another clock says nothing of this one.
   *
   * @param {Rules} rules
   * @param {StepCost | null} cost - Null while it is not known.
   */
  prepare(rules, cost) {
    if (rules.clock !== this.#rules?.clock) this.#guess = [0, 0, 0, 0];
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
    this.#lanes.reportCosts(this.#cost, this.#rules?.copies ?? 1);
    this.#status.textContent = INVITATION;
    this.#buttons.setTime("");
    this.#table.fill(RACE_COLUMNS, []);
    this.#showButtons();
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
    return this.#reducedMotion.matches ? clock?.moveOn(Infinity) : clock?.start();
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
    const arrived = [];
    for (const [k, runner] of runners.entries()) {
      const steps = stepsAt(runner, cost, this.#clock.time);
      this.#lanes.move(k, runner, steps);
      this.#lanes.report(k, describeRunner(runner, cost, steps, places[k]));
      if (steps === runner.steps && runner.arrives) arrived.push(places[k]);
    }
    this.#buttons.setTime(describePace(this.#clock));
    const text = describeArrival(LANES[places.indexOf(Math.max(...arrived))]);
    if (this.#clock.ended) this.#conclude();
    else if (this.#status.textContent !== text) this.#status.textContent = text;
    this.#showButtons();
  }

  #conclude() {
    if (!this.#race) return;
    const { runners, cost, places } = this.#race;
    this.#buttons.setTime(`all done after ${formatShort(this.#clock.time, cost.digits)}`);
    this.#status.textContent = describeRace(runners, cost, this.#guess);
    this.#table.fill(RACE_COLUMNS, tableRows(runners, cost, this.#guess));
    this.#lanes.judge(places, this.#guess);
  }

  #showButtons() {
    this.#buttons.show(this.#clock, { ready: this.#cost !== null, begun: this.#race !== null });
  }
}
