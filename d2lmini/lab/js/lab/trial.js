// What the lab knows of the settings that are chosen: a run, its seeds, and what is expected.

/** @import { Problem } from "../engine/problem.js" */
/** @import { StepTimes } from "../engine/timing.js" */
/** @import { LabSettings } from "./settings.js" */
import { fullBatchLimit } from "../engine/stability.js";
import { budgetOf } from "./budget.js";
import { codeOf } from "./code.js";
import { expectedCurve } from "./expected.js";
import { limitOf } from "./lines.js";
import { noiseFloor } from "./noise_floor.js";
import { SEEDS, Swarm } from "./swarm.js";

/** A run of the settings, trained to its end. */
export class Trial {
  /**
   * @param {Problem} problem
   * @param {LabSettings} settings
   * @param {StepTimes} times
   */
  constructor(problem, settings, times) {
    this.problem = problem;
    this.settings = settings;
    this.times = times;
    const cost = () => times.cost();
    this.budget = budgetOf(settings, problem.n, cost);
    this.swarm = new Swarm(problem, settings, this.budget);
    for (let left = this.swarm.atOnce; left > 0; left--) this.swarm.complete();
    this.expected = expectedCurve(problem, settings, cost);
    this.limit = {
      rate: limitOf(problem, settings),
      full: fullBatchLimit(problem, settings.momentum),
    };
    this.noiseFloor = noiseFloor(problem, settings);
  }

  get run() {
    return this.swarm.runs[0];
  }

  /** The lines of Python that do the same. */
  get code() {
    return codeOf(this.settings, this.budget, this.problem.n);
  }

  /** All seeds before their first step. */
  restart() {
    return new Swarm(this.problem, this.settings, this.budget, SEEDS);
  }

  /** The time of the run in seconds, where the cost of a step was measured. */
  get seconds() {
    const cost = this.times.knownCost;
    return cost && cost.alpha * this.run.steps + cost.beta * this.run.examples;
  }
}
