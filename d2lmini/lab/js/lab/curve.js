// The curve: the loss above the floor of a run, with what theory expects and what the seeds do.

/** @import { CurveMessage } from "./kernel.js" */
/** @import { LabSettings } from "./settings.js" */
/** @import { Trial } from "./trial.js" */
import { Chart } from "../parts/chart.js";
import { element } from "../parts/elements.js";
import { formatInteger, formatNumber, formatTime } from "../parts/format.js";
import { noteSvg } from "../parts/plot.js";
import { followSize } from "../parts/plot_size.js";
import { bandOf, EXCESS, RANGES, seriesOf } from "./curve_series.js";

const LABELS = { examples: "examples read", steps: "steps", time: "seconds in this browser" };
const CAPTION =
  "The run (solid), 10 to 90 % of the seeds (area), and the average over all seeds by theory " +
  "(dashed; exact where rows are drawn with replacement).";
const PARTS =
  " Dotted: what the mean of the weights has still to go (bias). Dash-dotted: what noise adds.";

export class CurveView {
  /** @type {Trial | null} */
  #trial = null;
  /** @type {Trial | null} */
  #overlay = null;
  /** @type {CurveMessage | null} */
  #pytorch = null;
  #summary = "";
  #caption = element("figcaption", { class: "lab-caption" });
  #chart = new Chart("Loss above the floor", ["progress", "loss above the floor"]);
  #close;

  constructor() {
    const plot = element("div", { class: "lab-plot lab-curve-plot" });
    const { figure, svg, details, readout } = this.#chart;
    plot.append(svg);
    details.firstChild?.replaceWith(element("summary", {}, "Numbers of the curve"));
    figure.replaceChildren(plot, readout, this.#caption);
    this.#close = followSize(plot, (width, height) => this.#chart.resize(width, height));
  }

  get figure() {
    return this.#chart.figure;
  }

  get numbers() {
    return this.#chart.details;
  }

  close() {
    this.#close();
  }

  /**
   * @param {Trial} trial
   * @param {string} summary
   */
  show(trial, summary) {
    if (trial !== this.#trial) this.#pytorch = null;
    this.#trial = trial;
    this.#summary = summary;
    this.#draw(trial);
  }

  /** @param {Trial | null} trial - A pinned run, or none. */
  layOver(trial) {
    this.#overlay = trial;
    if (this.#trial) this.#draw(this.#trial);
  }

  /** @param {CurveMessage} message */
  addPyTorch(message) {
    this.#pytorch = message;
    if (this.#trial) this.#draw(this.#trial);
  }

  /** @param {Trial} trial */
  #draw(trial) {
    const { axis, split } = trial.settings;
    this.#caption.textContent = split ? CAPTION + PARTS : CAPTION;
    this.#chart.draw({
      x: this.#pytorch && axis === "time" ? { ...RANGES.time, high: 1 } : RANGES[axis],
      y: EXCESS,
      xlabel: LABELS[axis],
      ylabel: "",
      series: seriesOf(trial, this.#overlay, this.#pytorch),
      behind: bandOf(trial),
      above: (px, py) =>
        noteSvg(px(RANGES[axis].low) + 8, py(EXCESS.high) + 13, "loss above the floor"),
      summary: this.#summary,
      describe: ([x, y], index) => {
        const position = index === 0 ? "at the start" : describePosition(x, axis);
        return `${position}: ${formatNumber(y, 2)} above the floor`;
      },
    });
  }
}

/**
 * @param {number} x
 * @param {LabSettings["axis"]} axis
 */
function describePosition(x, axis) {
  if (axis === "time") return `after ${formatTime(x, 2)}`;
  return `after ${formatInteger(Math.round(x))} ${axis}`;
}
