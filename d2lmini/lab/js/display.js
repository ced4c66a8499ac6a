// Shows a session: the pictures, the legend, and the sentence about the current run.

/** @import { Curve } from "./runs.js" */
/** @import { Session } from "./session.js" */
import { describeSettings } from "./descriptions.js";
import { element } from "./elements.js";
import { formatNumber } from "./format.js";
import { showLegend } from "./legend.js";
import { Pictures } from "./pictures.js";
import { loss } from "./problem.js";
import { describeEnd } from "./runs.js";

export class Display {
  result = element("p", { class: "lab-result", role: "status" });
  legend = element("ul", { class: "lab-legend", "aria-label": "Runs in the pictures" });
  /** The two weights of the path. */
  axes = [0, 4];
  #pictures = new Pictures();
  #conclusion = "";
  #session;
  #hidesLimit;

  /**
   * @param {Session} session
   * @param {() => boolean} hidesLimit - Whether the stability limit is not to be shown now.
   */
  constructor(session, hidesLimit) {
    this.#session = session;
    this.#hidesLimit = hidesLimit;
  }

  get figures() {
    return this.#pictures.figures;
  }

  /** The figure of the path, below which its weights are chosen. */
  get path() {
    return this.#pictures.path;
  }

  redraw() {
    const { problem, curves, pinned } = this.#session;
    this.#pictures.draw(problem, this.#session.describe(this.#hidesLimit()), curves, this.axes);
    showLegend(this.legend, curves, (index) => {
      pinned.remove(index - 1);
      this.redraw();
    });
  }

  /** Draw and describe the same run again, after something about it became known or hidden. */
  refresh() {
    const concluded = this.result.textContent === this.#conclusion;
    this.redraw();
    if (concluded) this.conclude();
  }

  /** @param {string} text */
  report(text) {
    this.result.textContent = text;
  }

  /** Report the result of the current run. */
  conclude() {
    this.#conclusion = this.#session.describe(this.#hidesLimit()).sentence;
    this.report(this.#conclusion);
  }

  /** @param {number} planned - The number of steps of the run. */
  reportStep(planned) {
    const { problem, run } = this.#session;
    const current = formatNumber(loss(problem, run.w), 4);
    this.report(`Step ${run.steps} of ${planned}: the loss is ${current}.`);
  }

  /** @param {Curve} pytorch */
  reportPytorch(pytorch) {
    const [end, browserEnd] = [pytorch, this.#session.curve].map(describeEnd);
    this.report(`PyTorch ends at ${end}; this browser at ${browserEnd}.`);
  }

  pin() {
    const { pinned, run } = this.#session;
    if (!pinned.add(run)) {
      this.report("Four runs are pinned; unpin one first.");
      return;
    }
    this.redraw();
    this.report(`Pinned: ${describeSettings(run.settings)}.`);
  }

  unpinAll() {
    this.#session.pinned.clear();
    this.redraw();
  }

  /**
   * @param {number} axis
   * @param {number} weight
   */
  chooseWeight(axis, weight) {
    this.axes[axis] = weight;
    this.redraw();
  }
}
