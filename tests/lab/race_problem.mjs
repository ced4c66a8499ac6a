// A table of 1,500 made-up rows with its moments, so that a test needs no Python.
import { makeProblem } from "../../d2lmini/lab/js/engine/problem.js";
import { seededRandom, standardNormal } from "../../d2lmini/lab/js/engine/random.js";

const random = seededRandom(8);
const n = 1500;
const weights = [0.5, -0.3, 0.2, 0.2, -0.1];
const table = Array.from({ length: n }, () => {
  const x = weights.map(() => standardNormal(random));
  return [
    ...x,
    x.reduce((sum, value, k) => sum + value * weights[k], 0.7 * standardNormal(random)),
  ];
}).flat();

/** @param {(row: number[]) => number} value */
const mean = (value) => {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += value([...table.slice(6 * i, 6 * i + 5), 1, table[6 * i + 5]]);
  return sum / n;
};
const six = [0, 1, 2, 3, 4, 5];
const H = six.map((i) => six.map((j) => mean((row) => row[i] * row[j])));
const c = six.map((i) => mean((row) => row[i] * row[6]));
const s = mean((row) => row[6] ** 2);

/** The least loss, by descending far. */
const best = new Array(6).fill(0);
for (let step = 0; step < 500; step++) {
  const gradient = H.map((row, i) => row.reduce((sum, h, j) => sum + h * best[j], -c[i]));
  for (const i of six) best[i] -= 0.5 * gradient[i];
}
const floor = (s - best.reduce((sum, w, i) => sum + w * c[i], 0)) / 2;
const none = { curvatures: [], directions: [], fourth: [], third: [], second: [] };

export const madeUp = makeProblem(table, { H, c, s, best, floor, ...none });
