// Products of matrices, and linear equations.

/** @typedef {import("./heap.js").Heap} Heap */

/** @param {Heap} heap */
export const linear = (heap) => ({
  /**
   * out = a b, with a of m × k and b of k × n. The loops run along what lies together.
   * @type {(out: number, m: number, k: number, n: number, a: number, am: number, an: number,
   *   b: number, bm: number, bn: number) => void}
   */
  matmul(out, m, k, n, a, am, an, b, bm, bn) {
    const d = heap.doubles;
    const [o, x, y] = [out >>> 3, a >>> 3, b >>> 3];
    if (n === 1 && an <= am) {
      for (let i = 0; i < m; i++) d[o + i] = dot(d, x + i * am, an, y, bm, k);
      return;
    }
    for (let l = 0; l < k; l++) {
      for (let i = 0; i < m; i++) {
        const factor = d[x + i * am + l * an];
        for (let j = 0; j < n; j++) d[o + i * n + j] += factor * d[y + l * bm + j * bn];
      }
    }
  },

  /**
   * Solves a x = b by elimination; a is k × k and b k × n, both one row after the other, and both
   * are overwritten. 1 if a is singular.
   * @type {(a: number, k: number, b: number, n: number) => number}
   */
  solve(a, k, b, n) {
    const d = heap.doubles;
    const row = (/** @type {number} */ i) => d.subarray((a >>> 3) + i * k, (a >>> 3) + (i + 1) * k);
    const side = (/** @type {number} */ i) =>
      d.subarray((b >>> 3) + i * n, (b >>> 3) + (i + 1) * n);
    for (let c = 0; c < k; c++) {
      const best = pivot(row, c, k);
      if (row(best)[c] === 0) return 1;
      swap(row(c), row(best));
      swap(side(c), side(best));
      for (let i = c + 1; i < k; i++) {
        const factor = row(i)[c] / row(c)[c];
        subtract(row(i), row(c), factor);
        subtract(side(i), side(c), factor);
      }
    }
    for (let c = k - 1; c >= 0; c--) {
      for (let j = c + 1; j < k; j++) subtract(side(c), side(j), row(c)[j]);
      const scale = row(c)[c];
      side(c).forEach((value, j, all) => {
        all[j] = value / scale;
      });
    }
    return 0;
  },
});

/**
 * The sum of k products.
 * @type {(d: Float64Array, x: number, xs: number, y: number, ys: number, k: number) => number}
 */
function dot(d, x, xs, y, ys, k) {
  let sum = 0;
  for (let l = 0; l < k; l++) sum += d[x + l * xs] * d[y + l * ys];
  return sum;
}

/**
 * The row from c on with the largest number in column c.
 * @param {(i: number) => Float64Array} row
 * @param {number} c
 * @param {number} k
 */
function pivot(row, c, k) {
  let best = c;
  for (let i = c + 1; i < k; i++) if (Math.abs(row(i)[c]) > Math.abs(row(best)[c])) best = i;
  return best;
}

/**
 * @param {Float64Array} a
 * @param {Float64Array} b
 */
function swap(a, b) {
  if (a.byteOffset === b.byteOffset) return;
  const kept = a.slice();
  a.set(b);
  b.set(kept);
}

/**
 * @param {Float64Array} a
 * @param {Float64Array} b
 * @param {number} factor
 */
function subtract(a, b, factor) {
  for (let j = 0; j < a.length; j++) a[j] -= factor * b[j];
}
