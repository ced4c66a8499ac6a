// Numbers moved from array to array: copies, chosen rows, chosen elements.

import { NOT_A_NUMBER, TOO_LARGE } from "./elementwise.js";

/** @typedef {import("./heap.js").Heap} Heap */

/** @type {((x: number) => number)[]} bool, int64, float64, float32 */
const CONVERT = [(x) => (x === 0 ? 0 : 1), (x) => Math.trunc(x) + 0, (x) => x, Math.fround];

/**
 * An index that may count from the end, or -1 if it is out of range.
 * @param {number} index
 * @param {number} size
 */
const place = (index, size) => {
  const from = index < 0 ? index + size : index;
  return from >= 0 && from < size ? from : -1;
};

/** @param {number} value no integer that a double holds for sure */
const flawOf = (value) => (Number.isFinite(value) ? TOO_LARGE : NOT_A_NUMBER);

/** @param {Heap} heap */
export const moving = (heap) => ({
  /**
   * Copies b into a, converted to a kind.
   * @type {(a: number, am: number, an: number, m: number, n: number, b: number, bm: number,
   *   bn: number, kind: number) => number}
   */
  copy(a, am, an, m, n, b, bm, bn, kind) {
    const d = heap.doubles;
    const convert = CONVERT[kind];
    let flaw = 0;
    for (let i = 0; i < m; i++) {
      let x = (a >>> 3) + i * am;
      let y = (b >>> 3) + i * bm;
      for (let j = 0; j < n; j++, x += an, y += bn) {
        const value = convert(d[y]);
        if (kind === 1 && !Number.isSafeInteger(value)) flaw = flawOf(value);
        else d[x] = value;
      }
    }
    return flaw;
  },

  /**
   * Takes rows `index` of an array of `size` rows; the answer is -1, or the first wrong index's
   * place.
   * @type {(out: number, a: number, am: number, an: number, n: number, size: number,
   *   index: number, step: number, count: number) => number}
   */
  take(out, a, am, an, n, size, index, step, count) {
    const d = heap.doubles;
    let at = out >>> 3;
    for (let k = 0; k < count; k++) {
      const row = place(d[(index >>> 3) + k * step], size);
      if (row < 0) return k;
      let x = (a >>> 3) + row * am;
      for (let j = 0; j < n; j++, x += an) d[at++] = d[x];
    }
    return -1;
  },

  /**
   * Puts rows b into rows `index` of an array of `size` rows; answers as `take`.
   * @type {(a: number, am: number, an: number, n: number, size: number, index: number,
   *   step: number, count: number, b: number, bm: number, bn: number) => number}
   */
  put(a, am, an, n, size, index, step, count, b, bm, bn) {
    const d = heap.doubles;
    for (let k = 0; k < count; k++) {
      if (place(d[(index >>> 3) + k * step], size) < 0) return k;
    }
    for (let k = 0; k < count; k++) {
      let x = (a >>> 3) + place(d[(index >>> 3) + k * step], size) * am;
      let y = (b >>> 3) + k * bm;
      for (let j = 0; j < n; j++, x += an, y += bn) d[x] = d[y];
    }
    return -1;
  },

  /**
   * How many of a line's numbers are not 0.
   * @type {(a: number, step: number, n: number) => number}
   */
  count(a, step, n) {
    const d = heap.doubles;
    let count = 0;
    for (let k = 0; k < n; k++) count += d[(a >>> 3) + k * step] === 0 ? 0 : 1;
    return count;
  },

  /**
   * The places of a line's numbers that are not 0.
   * @type {(out: number, a: number, step: number, n: number) => void}
   */
  places(out, a, step, n) {
    const d = heap.doubles;
    let at = out >>> 3;
    for (let k = 0; k < n; k++) if (d[(a >>> 3) + k * step] !== 0) d[at++] = k;
  },

  /**
   * Whether an integer, of n in a row, is one that a double may not hold.
   * @type {(a: number, n: number) => boolean}
   */
  any_beyond(a, n) {
    const values = heap.doubles.subarray(a >>> 3, (a >>> 3) + n);
    return values.some((value) => Math.abs(value) > Number.MAX_SAFE_INTEGER);
  },

  /**
   * start, start + step, …
   * @type {(out: number, n: number, start: number, step: number) => void}
   */
  ramp(out, n, start, step) {
    const d = heap.doubles;
    for (let k = 0; k < n; k++) d[(out >>> 3) + k] = start + k * step;
  },

  /**
   * a where the condition is not 0, else b.
   * @type {(out: number, m: number, n: number, c: number, cm: number, cn: number, a: number,
   *   am: number, an: number, b: number, bm: number, bn: number) => void}
   */
  where(out, m, n, c, cm, cn, a, am, an, b, bm, bn) {
    const d = heap.doubles;
    let at = out >>> 3;
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        const chosen = d[(c >>> 3) + i * cm + j * cn] !== 0;
        d[at++] = chosen ? d[(a >>> 3) + i * am + j * an] : d[(b >>> 3) + i * bm + j * bn];
      }
    }
  },
});
