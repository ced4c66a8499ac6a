// What the pictures and the legend show of runs.

/** @import { RateLimit } from "./descriptions.js" */
/** @import { CurveMessage } from "./kernel.js" */
/** @import { GradientNoise } from "./noise.js" */
/** @import { WeightPath } from "./path.js" */
/** @import { Point, Series } from "./plot.js" */
/** @import { Settings } from "./settings.js" */
/** @import { Run } from "./run.js" */
import { describeSettings } from "./descriptions.js";

const COLORS = ["var(--lab-1)", "var(--lab-2)", "var(--lab-3)", "var(--lab-4)", "var(--lab-5)"];
const DASHES = ["", "7 3", "2 3", "9 3 2 3", "4 4"];

/** @typedef {{ examples: number, seconds: number, loss: number }} CurvePoint */

/**
 * A loss curve in the pictures.
 *
 * @typedef {object} Curve
 * @property {string} name
 * @property {string} color
 * @property {string} dash
 * @property {CurvePoint[]} log
 * @property {number} planned - The number of examples, unless the run diverges.
 * @property {WeightPath | null} [path]
 * @property {boolean} [pinned]
 */

/**
 * What the pictures say about the run of the current settings.
 *
 * @typedef {object} CurrentRun
 * @property {Settings} settings
 * @property {RateLimit | null} limit - Null while it is hidden.
 * @property {string} sentence - Its result in words.
 * @property {WeightPath} path
 * @property {GradientNoise} noise
 */

/**
 * The curve of a run in this browser.
 *
 * @param {Run} run
 * @param {number} slot - Which colour and dash pattern it has.
 * @param {number} secondsPerStep
 * @returns {Curve}
 */
export function browserCurve({ settings, log, size, path }, slot, secondsPerStep) {
  return {
    name: describeSettings(settings),
    color: COLORS[slot],
    dash: DASHES[slot],
    log: log.map(({ examples, steps, loss }) => ({
      examples,
      seconds: steps * secondsPerStep,
      loss,
    })),
    planned: size * settings.num_epochs,
    path,
  };
}

/**
 * The curve of a run in PyTorch.
 *
 * @param {CurveMessage} message
 * @param {number} size - The number of rows in an epoch.
 * @returns {Curve}
 */
export function pytorchCurve({ settings, epochs, seconds, losses }, size) {
  return {
    name: `PyTorch, ${describeSettings(settings)}`,
    color: "currentColor",
    dash: "1 3",
    log: losses.map((loss, k) => ({ examples: epochs[k] * size, seconds: seconds[k], loss })),
    planned: size * settings.num_epochs,
  };
}

/**
 * The end of a curve in words.
 *
 * @param {Curve} curve
 */
export function describeEnd({ log }) {
  const { loss, seconds } = log[log.length - 1];
  return `${loss.toFixed(4)} after ${seconds.toFixed(4)} s`;
}

/**
 * A line of a plot that looks as the curve does in the legend.
 *
 * @param {Curve} curve
 * @param {Point[]} points
 * @returns {Series}
 */
export const seriesOf = ({ color, dash, name }, points) => ({ color, dash, label: name, points });

/** The pinned runs; each keeps its colour, whichever others are unpinned. */
export class PinnedRuns {
  /** @type {{ run: Run, slot: number }[]} */
  #pinned = [];

  /**
   * Pin a run as it is now; return whether there was room for it.
   *
   * @param {Run} run
   */
  add(run) {
    const slot = [1, 2, 3, 4].find((k) => !this.#pinned.some((pinned) => pinned.slot === k));
    if (slot === undefined) return false;
    const path = run.path && { ...run.path };
    this.#pinned.push({ run: { ...run, log: [...run.log], path }, slot });
    return true;
  }

  /** @param {number} index */
  remove(index) {
    this.#pinned.splice(index, 1);
  }

  clear() {
    this.#pinned = [];
  }

  /**
   * @param {(settings: Settings) => number} secondsPerStep
   * @returns {Curve[]}
   */
  curves(secondsPerStep) {
    return this.#pinned.map(({ run, slot }) => ({
      ...browserCurve(run, slot, secondsPerStep(run.settings)),
      pinned: true,
    }));
  }
}
