// Keeps the map in step with the settings: what they change of it is computed in the background.

import { Background } from "../parts/background.js";
/** @import { Problem } from "../engine/problem.js" */
/** @import { StepTimes } from "../engine/timing.js" */
/** @import { LabSettings } from "./settings.js" */
import { formatInteger, formatTime } from "../parts/format.js";
import { budgetOf, secondsOf } from "./budget.js";
import { CELLS, mapKey, trainCells } from "./cells.js";
import { BEST, WORST } from "./colors.js";
import { computeLines } from "./lines.js";
import { MapView } from "./map.js";

export class MapControl {
  view;
  #problem;
  #times;
  #background = new Background();
  #key = "";

  /**
   * @param {Problem} problem
   * @param {StepTimes} times
   * @param {(changes: Partial<LabSettings>) => void} choose
   */
  constructor(problem, times, choose) {
    this.view = new MapView(choose);
    this.#problem = problem;
    this.#times = times;
  }

  close() {
    this.#background.close();
    this.view.close();
  }

  /**
   * @param {LabSettings} settings
   * @param {boolean} hidesLimit - Whether the stability limit is not to be seen now.
   */
  show(settings, hidesLimit) {
    if (hidesLimit !== this.view.hidesLimit) {
      this.view.hidesLimit = hidesLimit;
      this.view.draw();
    }
    this.view.show(settings);
    const key = mapKey(settings);
    if (key === this.#key) return;
    this.#key = key;
    this.#background.start(this.#work(settings), () => this.view.paint());
  }

  /** @param {LabSettings} settings */
  *#work(settings) {
    const { view } = this;
    const cost = () => this.#times.cost();
    view.lines = { limits: [], best: [] };
    view.draw();
    view.explain(`Training ${formatInteger(CELLS)} runs …`);
    const began = performance.now();
    yield* trainCells(this.#problem, settings, cost, view.excess);
    const seconds = (performance.now() - began) / 1000;
    view.explain(captionOf(describeBudget(settings, this.#problem.n, cost), seconds));
    yield* computeLines(this.#problem, settings, cost, view.lines);
    view.draw();
    view.explain(captionOf(describeBudget(settings, this.#problem.n, cost), seconds));
  }
}

/**
 * @param {string} budget
 * @param {number} seconds
 */
const captionOf = (budget, seconds) =>
  `${formatInteger(CELLS)} runs of ${budget} each, trained here in ${formatTime(seconds, 2)}. ` +
  `Bright: near the floor; dark: ${WORST} above it, yellow: ${BEST}. Hatched: diverged. ` +
  "Solid line: largest stable rate; dashed: best rate on average (theory).";

/**
 * @param {LabSettings} settings
 * @param {number} n
 * @param {() => import("../engine/timing.js").StepCost} cost
 */
function describeBudget(settings, n, cost) {
  if (settings.budget === "time") return formatTime(secondsOf(settings.num_epochs, n, cost()), 2);
  const { examples, steps } = budgetOf(settings, n, cost);
  if (settings.budget === "steps") return `${formatInteger(steps)} steps`;
  return `${formatInteger(examples)} examples`;
}
