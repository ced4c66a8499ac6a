// The two pictures: the errors of all cells over the batch size, and the learning curve of one.

/** @import { Scale } from "../parts/scale.js" */
/** @import { Point, Series } from "../parts/plot.js" */
/** @import { Cell } from "./sweep.js" */
import { noteSvg } from "../parts/plot.js";
import { BATCH_SIZES, STYLES } from "./results.js";
import { cellName, conclude, describeCell, errorWords } from "./words.js";

const ERRORS = { low: 0.02, high: 1, log: true };
const SIZES_AXIS = { low: 0.8, high: 1500, log: true, ticks: BATCH_SIZES };
const ERROR_LABEL = "error (half mean square)";

/** @param {number} error - One outside the axis is drawn at its end. */
const onAxis = (error) => Math.max(ERRORS.low, Math.min(ERRORS.high, error));

/**
 * @param {Cell[]} cells
 * @param {Cell[]} others - The same with the other order of rows, as far as they are there.
 * @param {number} selected
 * @param {(index: number) => void} choose
 */
export function plotOfCells(cells, others, selected, choose) {
  /** @param {Cell[]} all */
  const lines = (all) =>
    Object.keys(STYLES).map((name) => all.filter(({ job }) => job.optimizer === name));
  return {
    x: SIZES_AXIS,
    y: ERRORS,
    xlabel: "batch size b",
    ylabel: ERROR_LABEL,
    series: [...lines(cells).flatMap(linesOf), ...lines(others).flatMap(paleLineOf)],
    points: cells.map((cell) => pointOf(cell, "test")),
    selected,
    choose,
    above: (/** @type {Scale} */ px, /** @type {Scale} */ py) =>
      cells.length ? rangesSvg(cells, px, py) : noteSvg(195, 100, "Press Run to train.", "middle"),
    summary: cells.length ? conclude(cells) : "Nothing is trained yet.",
    describe: (/** @type {Point} */ _, /** @type {number} */ index) => describeCell(cells[index]),
  };
}

/**
 * @param {Cell | undefined} cell
 * @param {number} epochs
 */
export function plotOfCurve(cell, epochs) {
  const { train = [], test = [] } = cell?.curve ?? {};
  const color = cell ? STYLES[cell.job.optimizer].color : "none";
  /** @param {number[]} errors */
  const points = (errors) => errors.map((error, epoch) => /** @type {Point} */ ([epoch, error]));
  return {
    x: { low: 0, high: epochs, ticks: epochs < 5 ? wholeEpochs(epochs) : undefined },
    y: ERRORS,
    xlabel: "epochs",
    ylabel: ERROR_LABEL,
    series: [
      { label: "test", color, points: points(test), dots: false, width: 2.4 },
      { label: "training", color, points: points(train), dots: false, width: 1.1 },
    ],
    summary: cell ? `${cellName(cell)}: test and training error.` : "No point is marked yet.",
    describe: (/** @type {Point} */ [epoch, error]) =>
      `Epoch ${epoch}: test error ${errorWords(error)}, training ${errorWords(train[epoch])}.`,
  };
}

/** @param {number} last - There are errors at the end of an epoch only. */
const wholeEpochs = (last) => Array.from({ length: last + 1 }, (_, epoch) => epoch);

/**
 * @param {Cell} cell
 * @param {"train" | "test"} part
 * @returns {Point}
 */
const pointOf = (cell, part) => [cell.job.batchSize, onAxis(cell[part].median)];

/**
 * The test errors of an optimizer with dots, the training errors as a thin line.
 *
 * @param {Cell[]} cells
 * @returns {Series[]}
 */
function linesOf(cells) {
  if (!cells.length) return [];
  const { name, color, dash } = STYLES[cells[0].job.optimizer];
  const [test, train] = /** @type {const} */ (["test", "train"]).map((part) =>
    cells.map((cell) => pointOf(cell, part)),
  );
  return [
    { label: `${name}, test`, color, dash, points: test, width: 2.4 },
    { label: `${name}, training`, color, points: train, dots: false, width: 1.1 },
  ];
}

/**
 * @param {Cell[]} cells - Of one optimizer.
 * @returns {Series[]}
 */
function paleLineOf(cells) {
  if (!cells.length) return [];
  const { name, color, dash } = STYLES[cells[0].job.optimizer];
  const label = `${name}, test, ${cells[0].job.sorted ? "sorted" : "shuffled"} rows`;
  const pale = `color-mix(in srgb, ${color} 45%, transparent)`;
  return [{ label, color: pale, dash, points: cells.map((cell) => pointOf(cell, "test")) }];
}

/**
 * The range of the test error over the seeds.
 *
 * @param {Cell[]} cells
 * @param {Scale} px
 * @param {Scale} py
 */
function rangesSvg(cells, px, py) {
  const bars = cells.map(({ job, test }) => {
    const [low, high] = [test.low, test.high].map((error) => py(onAxis(error)).toFixed(1));
    const color = STYLES[job.optimizer].color;
    const path = `M${px(job.batchSize).toFixed(1)} ${low}V${high}`;
    return `<path class="network-range" stroke="${color}" d="${path}"/>`;
  });
  return bars.join("");
}
