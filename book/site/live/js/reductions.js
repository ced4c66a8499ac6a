// Sums, extremes and the like over an array or one of its axes.

import { REDUCE } from "./reduce_functions.js";

/** @typedef {import("./heap.js").Heap} Heap */

/** @param {Heap} heap */
export const reductions = (heap) => ({
  /**
   * out[i] = f(line i), of m lines of n numbers. Columns are added in order, as NumPy adds rows to
   * rows.
   * @type {(f: number, out: number, a: number, m: number, sm: number, n: number, sn: number,
   *   ddof: number) => void}
   */
  reduce(f, out, a, m, sm, n, sn, ddof) {
    const d = heap.doubles;
    const apply = REDUCE[f];
    const how = { ddof, inOrder: m > 1 && Math.abs(sn) > Math.abs(sm) };
    for (let i = 0; i < m; i++) d[(out >>> 3) + i] = apply(d, (a >>> 3) + i * sm, sn, n, how);
  },

  /**
   * Running sums of m lines of n numbers; strides of the result come first.
   * @type {(out: number, om: number, on: number, a: number, m: number, sm: number, n: number,
   *   sn: number) => void}
   */
  cumsum(out, om, on, a, m, sm, n, sn) {
    const d = heap.doubles;
    for (let i = 0; i < m; i++) {
      let sum = 0;
      for (let j = 0; j < n; j++) {
        sum += d[(a >>> 3) + i * sm + j * sn];
        d[(out >>> 3) + i * om + j * on] = sum;
      }
    }
  },
});
