// The curve: the loss above the floor of a run, with what theory expects and what the seeds do.

/** @import { CurveMessage } from "./kernel.js" */
/** @import { LabSettings } from "./settings.js" */
/** @import { Scale } from "../parts/scale.js" */
/** @import { Trial } from "./trial.js" */
import { Chart } from "../parts/chart.js";
import { element } from "../parts/elements.js";
import { formatInteger, formatNumber, formatTime } from "../parts/format.js";
import { noteSvg } from "../parts/plot.js";
import { followSize } from "../parts/plot_size.js";
import { bandOf, EXCESS, RANGES, seriesOf } from "./curve_series.js";
import { describeSettings } from "./descriptions.js";

const LABELS = { examples: "examples read", steps: "steps", time: "time in this browser" };
const CAPTION =
  "The run (solid), 10 to 90 % of the seeds (area), and the mean by theory of independent " +
  "minibatches (dashed; exact with replacement).";
const PARTS =
  " Dotted: what the mean of the weights has still to go (bias). Dash-dotted: what noise adds.";

const NOTE_HEIGHT = 11;
const NAME_WIDTH = 120; // of the long name of the axis, in pixels

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
      levels: isInSight(trial.noiseFloor) ? [trial.noiseFloor] : [],
      behind: bandOf(trial),
      above: (px, py) => notesOf(px, py, RANGES[axis], trial.noiseFloor),
      summary: this.#describe(trial),
      describe: ([x, y], index) => {
        const position = index === 0 ? "at the start" : describePosition(x, axis);
        return `${position}: ${formatNumber(y, 2)} above the floor`;
      },
    });
  }

  /** @param {Trial} trial */
  #describe({ noiseFloor }) {
    const floor = `Noise floor, by theory: ${formatNumber(noiseFloor, 2)} above the floor.`;
    const over = this.#overlay && `Laid over: ${describeSettings(this.#overlay.settings)}.`;
    return [this.#summary, isInSight(noiseFloor) && floor, over].filter(Boolean).join(" ");
  }
}

/**
 * What stands at the left, where lines leave room: the names of the axis and of the noise floor.
 *
 * @param {Scale} px
 * @param {Scale} py
 * @param {{ low: number, high: number }} range - Of the axis across.
 * @param {number} noiseFloor
 */
function notesOf(px, py, { low, high }, noiseFloor) {
  const x = px(low) + 8;
  const name = px(high) - x < NAME_WIDTH ? "loss − floor" : "loss above the floor";
  const title = noteSvg(x, py(EXCESS.high) + 13, name);
  if (!isInSight(noiseFloor)) return title;
  const below = py(noiseFloor) + NOTE_HEIGHT < py(EXCESS.low);
  const place = py(noiseFloor) + (below ? NOTE_HEIGHT : -3);
  return title + noteSvg(x, place.toFixed(1), "noise floor");
}

/** @param {number} excess */
const isInSight = (excess) => excess > EXCESS.low && excess < EXCESS.high;

/**
 * @param {number} x
 * @param {LabSettings["axis"]} axis
 */
function describePosition(x, axis) {
  if (axis === "time") return `after ${formatTime(x, 2)}`;
  return `after ${formatInteger(Math.round(x))} ${axis}`;
}
