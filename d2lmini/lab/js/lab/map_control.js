// Keeps the map in step with the settings: what they change of it is computed in the background.

import { Background } from "../parts/background.js";
/** @import { Problem } from "../engine/problem.js" */
/** @import { StepTimes } from "../engine/timing.js" */
/** @import { LabSettings } from "./settings.js" */
import { formatInteger, formatTime } from "../parts/format.js";
import { describeBudget } from "./budget_words.js";
import { CELLS, mapKey, trainCells } from "./cells.js";
import { computeLines } from "./lines.js";
import { MapView } from "./map.js";
import { mapCaption } from "./map_words.js";

export class MapControl {
  view;
  #problem;
  #times;
  #background = new Background();
  #key = "";
  #trained = "";

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
      if (this.#trained) this.#explain();
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
    this.#trained = "";
    view.explain(`Training ${formatInteger(CELLS)} runs …`);
    const began = performance.now();
    yield* trainCells(this.#problem, settings, cost, view.excess);
    const time = formatTime((performance.now() - began) / 1000, 2);
    const budget = describeBudget(settings, this.#problem.n, cost);
    this.#trained = `${budget} each, trained here in ${time}`;
    this.#explain();
    yield* computeLines(this.#problem, settings, cost, view.lines);
    view.draw();
    this.#explain();
  }

  #explain() {
    this.view.explain(mapCaption(this.#trained, this.view.hidesLimit));
  }
}
