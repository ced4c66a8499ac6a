// Linear regression on the whitened airfoil table: loss, gradient, minimum, stability limit.
import { dot, eigen, solve } from "./linear.js";

export const FEATURES = 5;
export const WEIGHTS = FEATURES + 1; // the last one is the bias
const COLUMNS = FEATURES + 1; // of the table: five features and the target

/**
 * The problem of a table of rows (five features, then the target).
 *
 * The loss is a quadratic, so its second moments give it for every w, without another pass over
 * the rows: loss(w) = (w' H w - 2 c' w + s) / 2.
 */
export function makeProblem(table) {
  const n = table.length / COLUMNS;
  const H = Array.from({ length: WEIGHTS }, () => new Float64Array(WEIGHTS));
  const c = new Float64Array(WEIGHTS);
  let s = 0;
  for (let r = 0; r < n; r++) {
    const [x, y] = row(table, r);
    for (let i = 0; i < WEIGHTS; i++) {
      for (let j = 0; j < WEIGHTS; j++) H[i][j] += (x[i] * x[j]) / n;
      c[i] += (x[i] * y) / n;
    }
    s += (y * y) / n;
  }
  const best = solve(H, c);
  const problem = { table: Float64Array.from(table), n, H, c, s, best };
  problem.floor = loss(problem, best);
  problem.eigen = eigen(H);
  problem.limit = 2 / problem.eigen.values.at(-1);
  return problem;
}

/** How many rows an epoch passes; the genie's data set holds every row twice. */
export function rowsPerEpoch(problem, settings) {
  return settings.genie ? 2 * problem.n : problem.n;
}

/** One example: the features with a constant 1, and the target. */
export function row(table, r) {
  const start = r * COLUMNS;
  return [[...table.subarray(start, start + FEATURES), 1], table[start + FEATURES]];
}

/** Half the mean squared error over all rows. */
export function loss({ H, c, s }, w) {
  let total = s;
  for (let i = 0; i < WEIGHTS; i++) {
    total -= 2 * c[i] * w[i];
    for (let j = 0; j < WEIGHTS; j++) total += w[i] * H[i][j] * w[j];
  }
  return total / 2;
}

/** The gradient of the loss over all rows. */
export function fullGradient({ H, c }, w) {
  return H.map((h, i) => dot(h, w) - c[i]);
}

/**
 * Variance of a minibatch's mean in units of a single example's variance: 1/b for independent
 * draws, and times (N - b)/(N - 1) without replacement.
 */
export function noiseFactor(problem, settings) {
  const size = rowsPerEpoch(problem, settings);
  const b = Math.min(settings.batch_size, size);
  return settings.replacement ? 1 / b : (size - b) / (size - 1) / b;
}

/** Put the mean gradient of the rows order[start … start+size-1], taken modulo n, into `g`. */
export function minibatchGradient({ table, n }, w, order, start, size, g) {
  const w0 = w[0], w1 = w[1], w2 = w[2], w3 = w[3], w4 = w[4], w5 = w[5];
  let g0 = 0, g1 = 0, g2 = 0, g3 = 0, g4 = 0, g5 = 0;
  for (let k = start; k < start + size; k++) {
    const index = order[k];
    const p = (index < n ? index : index - n) * 6;
    const a = table[p], b = table[p + 1], c = table[p + 2], d = table[p + 3], e = table[p + 4];
    const error = a * w0 + b * w1 + c * w2 + d * w3 + e * w4 + w5 - table[p + 5];
    g0 += error * a;
    g1 += error * b;
    g2 += error * c;
    g3 += error * d;
    g4 += error * e;
    g5 += error;
  }
  g[0] = g0 / size;
  g[1] = g1 / size;
  g[2] = g2 / size;
  g[3] = g3 / size;
  g[4] = g4 / size;
  g[5] = g5 / size;
}

/** Variance of a single example's gradient along a direction. */
export function spreadAlong({ table, n }, w, direction) {
  let mean = 0, square = 0;
  for (let p = 0; p < n * COLUMNS; p += COLUMNS) {
    let error = w[FEATURES] - table[p + FEATURES], across = direction[FEATURES];
    for (let i = 0; i < FEATURES; i++) {
      error += table[p + i] * w[i];
      across += table[p + i] * direction[i];
    }
    mean += (error * across) / n;
    square += (error * across) ** 2 / n;
  }
  return square - mean ** 2;
}
