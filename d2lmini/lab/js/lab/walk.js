// A swarm that walks, with what theory expects of it at each step.

/** @import { Trial } from "./trial.js" */
import { Expectation } from "./expected.js";

const MAX_SEGMENTS = 6000; // that are drawn for one frame

/** @typedef {(from: Float64Array[], to: Float64Array[]) => void} DrawSteps */

/** The seeds of a trial, from their first step on. */
export class Walk {
  #drawSteps;

  /**
   * @param {Trial} trial
   * @param {DrawSteps} drawSteps - Draws a line for each seed.
   */
  constructor(trial, drawSteps) {
    this.swarm = trial.restart();
    this.expectation = new Expectation(trial.problem, trial.settings, trial.budget);
    this.planned = this.swarm.planned;
    this.#drawSteps = drawSteps;
  }

  get steps() {
    return this.swarm.steps;
  }

  get done() {
    return this.swarm.done;
  }

  get positions() {
    return this.swarm.runs.map((run) => run.w);
  }

  /**
   * Take steps; each of them is drawn, unless they are too many for a frame.
   *
   * @param {number} steps
   */
  advance(steps) {
    const count = this.swarm.runs.length;
    const atOnce = Math.max(1, Math.ceil((steps * count) / MAX_SEGMENTS));
    for (let left = steps; left > 0 && !this.done; left -= atOnce) {
      const taken = Math.min(atOnce, left);
      const before = this.positions.map((w) => w.slice());
      this.swarm.advance(taken);
      this.#drawSteps(before, this.positions);
    }
    this.expectation.advance(this.steps - this.expectation.steps);
  }
}
