// The four pictures of the lab.

/** @import { Problem } from "./problem.js" */
/** @import { CurrentRun, Curve } from "./runs.js" */
import { Chart } from "./chart.js";
import { drawNoise } from "./histogram.js";
import { drawClock, drawExamples } from "./losses.js";
import { drawPath } from "./trajectory.js";

/** Four charts, in the order in which they stand in the page. */
export class Pictures {
  #examples = new Chart("Loss against examples seen", ["examples seen", "loss"]);
  #clock = new Chart("Loss against time in this browser", ["time [ms]", "loss"]);
  #path = new Chart("The path of two weights", ["first weight", "second weight"]);
  #noise = new Chart("Minibatch gradients", ["share of the full gradient", "frequency, scaled"]);

  get figures() {
    return [this.#examples, this.#clock, this.#path, this.#noise].map(({ figure }) => figure);
  }

  get path() {
    return this.#path.figure;
  }

  /**
   * @param {Problem} problem
   * @param {CurrentRun} current
   * @param {Curve[]} curves - Of all runs that are shown, the current one first.
   * @param {number[]} axes - The two weights of the path.
   */
  draw(problem, current, curves, axes) {
    drawExamples(this.#examples, problem, curves, current.sentence);
    drawClock(this.#clock, problem, curves, current.sentence);
    drawPath(this.#path, problem, current, curves, axes);
    drawNoise(this.#noise, current.noise, current.settings.batch_size);
  }
}
