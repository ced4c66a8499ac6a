// What the curve draws: the run, what theory expects, the band of the seeds, pinned runs, PyTorch.

/** @import { CurveMessage } from "./kernel.js" */
/** @import { LabSettings } from "./settings.js" */
/** @import { Point, Series } from "../parts/plot.js" */
/** @import { Scale } from "../parts/scale.js" */
/** @import { Trial } from "./trial.js" */
import { formatTime } from "../parts/format.js";
import { describeSettings } from "./descriptions.js";

export const EXCESS = { low: 1e-4, high: 10, log: true };
/** The ranges are the same for all runs, so that the curve moves and the numbers stay. */
export const RANGES = {
  examples: { low: 1, high: 1e6, log: true },
  steps: { low: 1, high: 30000, log: true },
  time: { low: 1e-7, high: 1e-1, log: true, format: formatTime },
};

const BAND = [0.1, 0.9];

/** @typedef {{ examples: number, steps: number }} Progress */

/**
 * @param {Trial} trial
 * @param {Trial | null} overlay
 * @param {CurveMessage | null} pytorch
 */
export function seriesOf(trial, overlay, pytorch) {
  const { axis, split } = trial.settings;
  return [
    lineOf("this run", "var(--lab-1)", "", logOf(trial, axis)),
    lineOf("theory", "currentColor", "6 3", expectedOf(trial, axis, "total")),
    ...(split ? partsOf(trial, axis) : []),
    ...(overlay ? [overlayOf(overlay, axis)] : []),
    ...(pytorch ? [pytorchOf(pytorch, trial, axis)] : []),
  ];
}

/**
 * Where a point lies on an axis; a run's beginning lies at the left end of a logarithmic one.
 *
 * @param {Trial} trial
 * @param {LabSettings["axis"]} axis
 * @returns {(progress: Progress) => number}
 */
function positionOf(trial, axis) {
  const { low } = RANGES[axis];
  if (axis === "examples") return ({ examples }) => Math.max(low, examples);
  if (axis === "steps") return ({ steps }) => Math.max(low, steps);
  const { alpha, beta } = trial.times.cost();
  return ({ steps, examples }) => Math.max(low, alpha * steps + beta * examples);
}

/**
 * @param {Trial} trial
 * @param {LabSettings["axis"]} axis
 * @returns {Point[]}
 */
function logOf(trial, axis) {
  const position = positionOf(trial, axis);
  const { floor } = trial.problem;
  return trial.run.log.map((point) => [position(point), point.loss - floor]);
}

/**
 * @param {Trial} trial
 * @param {LabSettings["axis"]} axis
 * @param {"total" | "bias" | "noise"} part
 * @returns {Point[]}
 */
function expectedOf(trial, axis, part) {
  const position = positionOf(trial, axis);
  return trial.expected.points.map((point) => [position(point), point[part]]);
}

/**
 * @param {Trial} trial
 * @param {LabSettings["axis"]} axis
 */
const partsOf = (trial, axis) => [
  lineOf("bias", "var(--lab-2)", "2 3", expectedOf(trial, axis, "bias")),
  lineOf("noise", "var(--lab-4)", "9 3 2 3", expectedOf(trial, axis, "noise").slice(1)),
];

/**
 * @param {Trial} trial
 * @param {LabSettings["axis"]} axis
 */
const overlayOf = (trial, axis) =>
  lineOf(describeSettings(trial.settings), "var(--lab-3)", "4 2", logOf(trial, axis));

/**
 * @param {CurveMessage} message
 * @param {Trial} trial
 * @param {LabSettings["axis"]} axis
 */
function pytorchOf({ examples, seconds, losses, settings }, trial, axis) {
  const points = losses.map((loss, k) => {
    const steps = examples[k] / settings.batch_size;
    const x = { examples: examples[k], steps, time: seconds[k] }[axis];
    return /** @type {Point} */ ([Math.max(RANGES[axis].low, x), loss - trial.problem.floor]);
  });
  return lineOf("PyTorch", "var(--lab-5)", "1 3", points);
}

/**
 * @param {string} label
 * @param {string} color
 * @param {string} dash
 * @param {Point[]} points
 * @returns {Series}
 */
const lineOf = (label, color, dash, points) => ({
  label,
  color,
  dash,
  points: points.filter(([, y]) => y > 0),
  dots: dash === "",
});

/**
 * The area in which most seeds lie.
 *
 * @param {Trial} trial
 * @returns {(px: Scale, py: Scale) => string}
 */
export function bandOf(trial) {
  const position = positionOf(trial, trial.settings.axis);
  const band = trial.swarm.quantiles(BAND);
  return (px, py) => {
    /** @param {number} index */
    const edge = (index) =>
      band.map(({ values, ...progress }) => {
        const y = Math.max(EXCESS.low / 10, Math.min(values[index], EXCESS.high * 10));
        return `${px(position(progress)).toFixed(1)} ${py(y).toFixed(1)}`;
      });
    return `<path class="lab-band" d="M${edge(0).join("L")}L${edge(1).reverse().join("L")}Z"/>`;
  };
}
