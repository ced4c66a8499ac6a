// A small problem whose moments can be summed by hand: every combination of signs, twice.
import { COLUMNS, FEATURES, makeProblem, PAIRS } from "../../d2lmini/lab/js/engine/problem.js";
import { seededRandom, standardNormal } from "../../d2lmini/lab/js/engine/random.js";
import { StepTimes } from "../../d2lmini/lab/js/engine/timing.js";
import { LAB_DEFAULTS } from "../../d2lmini/lab/js/lab/settings.js";

const SCALES = [1.4, 0.6, 0.9, 1.1, 0.5];
const N = 2 * 2 ** FEATURES;
const random = seededRandom(8);

/** The features, the one of the bias, and the target. */
const rows = Array.from({ length: N }, (_, i) => {
  const x = SCALES.map((scale, k) => ((i >> k) % 2 ? scale : -scale));
  return [...x, 1, 0.5 * x[0] - 0.3 * x[4] + 0.2 + 0.4 * standardNormal(random)];
});
const target = (/** @type {number[]} */ row) => row[COLUMNS];

/** @param {(row: number[]) => number} value */
const mean = (value) => rows.reduce((sum, row) => sum + value(row), 0) / N;

// The columns are orthogonal, so the eigenvectors of H are the axes, and each weight stands alone.
const squares = [...SCALES.map((scale) => scale ** 2), 1];
const axes = squares.map((_, k) => k).sort((a, b) => squares[a] - squares[b]);
const unit = (/** @type {number} */ k) => squares.map((_, i) => Number(i === k));
const c = squares.map((_, k) => mean((row) => row[k] * target(row)));
const s = mean((row) => target(row) ** 2);
const best = c.map((value, k) => value / squares[k]);
const residual = (/** @type {number[]} */ row) =>
  best.reduce((sum, w, k) => sum + w * row[k], -target(row));
const z = (/** @type {number[]} */ row, /** @type {number} */ k) => row[axes[k]];

export const small = makeProblem(
  rows.flatMap((row) => [...row.slice(0, FEATURES), target(row)]),
  {
    H: squares.map((square, k) => unit(k).map((one) => one * square)),
    c,
    s,
    best,
    floor: (s - best.reduce((sum, w, k) => sum + w * c[k], 0)) / 2,
    curvatures: axes.map((k) => squares[k]),
    directions: axes.map(unit),
    fourth: PAIRS.map(([i, j]) =>
      PAIRS.map(([k, l]) => mean((row) => z(row, i) * z(row, j) * z(row, k) * z(row, l))),
    ),
    third: PAIRS.map(([i, j]) =>
      axes.map((_, k) => mean((row) => residual(row) * z(row, i) * z(row, j) * z(row, k))),
    ),
    second: PAIRS.map(([i, j]) => mean((row) => residual(row) ** 2 * z(row, i) * z(row, j))),
  },
);

/** Settings of the lab, with some changes. */
export const withDefaults = (
  /** @type {Partial<import("../../d2lmini/lab/js/lab/settings.js").LabSettings>} */ changes,
) => ({ ...LAB_DEFAULTS, ...changes });

/** A browser in which a step costs 2 µs and another 0.1 µs for each row. */
export const COST = { alpha: 2e-6, beta: 1e-7 };
export const cost = () => COST;

/** Its times of a step, which need not be measured. */
export class KnownTimes extends StepTimes {
  constructor() {
    super(small, () => 0);
  }

  /**
   * @override
   * @param {number} batchSize
   */
  known(batchSize) {
    return COST.alpha + COST.beta * batchSize;
  }

  /**
   * @override
   * @param {number} batchSize
   */
  measure(batchSize) {
    return this.known(batchSize);
  }
}
