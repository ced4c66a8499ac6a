// The largest learning rate at which the noise of minibatches does not grow without bound.
import { noiseFactor } from "./problem.js";

const PAIRS = [];
for (let i = 0; i < 6; i++) for (let j = i; j < 6; j++) PAIRS.push([i, j]);

/** The limit of full gradients: 2/λmax, with momentum m (the heavy ball) 2(1 + m)/λmax. */
export const fullLimit = (problem, momentum) => problem.limit * (1 + momentum);

/**
 * The largest rate at which the mean square of w - w* stays bounded, to about six digits.
 *
 * For minibatches drawn independently the matrix P = E[(w - w*)(w - w*)'] obeys a linear recursion.
 * In the eigenbasis of H, with a = 1 + m - lr λ, it stands still where D P = lr² f V(P), with
 *
 *     D[i][j] = 1 - m² - a[i] a[j] + m (a[i]² + a[j]² - 2 m a[i] a[j]) / (1 - m²),
 *     V(P) = E[x x' P x x'] - H P H,
 *
 * and f the noise factor of the minibatches. The limit is where the largest eigenvalue of
 * P -> lr² f V(P) / D is 1. Without momentum D is lr (λ[i] + λ[j]) - lr² λ[i] λ[j].
 */
export function stableRate(problem, settings) {
  const top = fullLimit(problem, settings.momentum);
  const factor = noiseFactor(problem, settings);
  if (factor === 0) return top;
  problem.fourth ??= fourthMoments(problem);
  problem.limits ??= new Map();
  const key = `${factor} ${settings.momentum}`;
  if (!problem.limits.has(key)) problem.limits.set(key, search(problem, factor, settings.momentum, top));
  return problem.limits.get(key);
}

function search(problem, factor, momentum, top) {
  let [low, high] = [0, top];
  const P = Float64Array.from(PAIRS, ([i, j]) => Number(i === j));
  while (high - low > 1e-7 * top) {
    const rate = (low + high) / 2;
    if (growth(problem, P, rate, factor, momentum) < 1) low = rate;
    else high = rate;
  }
  return low;
}

/** The largest eigenvalue, by repeated application to P, which is left near the eigenvector. */
function growth({ eigen, fourth }, P, rate, factor, m) {
  const a = eigen.values.map((value) => 1 + m - rate * value);
  const weights = PAIRS.map(([i, j]) => {
    const across = (m * (a[i] ** 2 + a[j] ** 2 - 2 * m * a[i] * a[j])) / (1 - m * m);
    return (rate * rate * factor) / (1 - m * m - a[i] * a[j] + across);
  });
  let now = 0, before;
  do {
    before = now;
    const next = fourth.map((row, k) => weights[k] * row.reduce((sum, value, l) => sum + value * P[l], 0));
    now = trace(next) / trace(P);
    const size = trace(next);
    next.forEach((value, k) => (P[k] = value / size));
  } while (Math.abs(now - before) > 1e-10 * now);
  return now;
}

const trace = (P) => PAIRS.reduce((sum, [i, j], k) => (i === j ? sum + P[k] : sum), 0);

/** The matrix of V, for symmetric P given by their entries i <= j. */
function fourthMoments({ table, n, eigen }) {
  const { values, vectors } = eigen;
  const moments = PAIRS.map(() => new Float64Array(PAIRS.length));
  for (let p = 0; p < 6 * n; p += 6) {
    const z = vectors.map((v) => {
      let sum = v[5];
      for (let k = 0; k < 5; k++) sum += v[k] * table[p + k];
      return sum;
    });
    const products = PAIRS.map(([i, j]) => z[i] * z[j]);
    products.forEach((one, k) => products.forEach((other, l) => (moments[k][l] += (one * other) / n)));
  }
  PAIRS.forEach(([i, j], l) => {
    if (i !== j) for (const row of moments) row[l] *= 2; // P[i][j] and P[j][i]
    moments[l][l] -= values[i] * values[j];
  });
  return moments;
}
