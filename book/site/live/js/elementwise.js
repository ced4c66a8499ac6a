// Arithmetic, comparisons and functions element by element. Addresses are in bytes, strides in
// doubles. An answer other than 0 is an error that the Python side words.

import { BINARY, INTEGER, UNARY } from "./element_functions.js";

/** @typedef {import("./heap.js").Heap} Heap */

export const TOO_LARGE = 1;
export const NEGATIVE_POWER = 2;
export const NOT_A_NUMBER = 3;

/**
 * Makes -0 to 0, and finds integers that a double does not hold; nan is that of a negative power.
 * @param {Float64Array} values
 */
function checkIntegers(values) {
  let flaw = 0;
  for (let k = 0; k < values.length; k++) {
    const value = values[k];
    if (Math.abs(value) > Number.MAX_SAFE_INTEGER) flaw = TOO_LARGE;
    else if (Number.isNaN(value)) return NEGATIVE_POWER;
    else values[k] = value + 0;
  }
  return flaw;
}

/**
 * One line of an operation. The four common ones are not called element by element: that would
 * take ten times as long.
 * @type {(f: number, apply: (x: number, y: number) => number, d: Float64Array, n: number,
 *   at: number, x: number, xs: number, y: number, ys: number) => void}
 */
function line(f, apply, d, n, at, x, xs, y, ys) {
  if (f === 0) for (let j = 0; j < n; j++) d[at + j] = d[x + j * xs] + d[y + j * ys];
  else if (f === 1) for (let j = 0; j < n; j++) d[at + j] = d[x + j * xs] - d[y + j * ys];
  else if (f === 2) for (let j = 0; j < n; j++) d[at + j] = d[x + j * xs] * d[y + j * ys];
  else if (f === 3) for (let j = 0; j < n; j++) d[at + j] = d[x + j * xs] / d[y + j * ys];
  else for (let j = 0; j < n; j++) d[at + j] = apply(d[x + j * xs], d[y + j * ys]);
}

/** @param {Heap} heap */
export const elementwise = (heap) => ({
  /**
   * out = f(a, b), an m × n array. `integer` is 1 where the result is one.
   * @type {(f: number, out: number, m: number, n: number, a: number, am: number, an: number,
   *   b: number, bm: number, bn: number, integer: number) => number}
   */
  binary(f, out, m, n, a, am, an, b, bm, bn, integer) {
    const d = heap.doubles;
    const apply = (integer && INTEGER[f]) || BINARY[f];
    for (let i = 0; i < m; i++) {
      const at = (out >>> 3) + i * n;
      line(f, apply, d, n, at, (a >>> 3) + i * am, an, (b >>> 3) + i * bm, bn);
    }
    return integer ? checkIntegers(d.subarray(out >>> 3, (out >>> 3) + m * n)) : 0;
  },
  /**
   * out = f(a), an m × n array.
   * @type {(f: number, out: number, m: number, n: number, a: number, am: number, an: number,
   *   integer: number) => void}
   */
  unary(f, out, m, n, a, am, an, integer) {
    const d = heap.doubles;
    const apply = UNARY[f];
    let at = out >>> 3;
    for (let i = 0; i < m; i++) {
      let x = (a >>> 3) + i * am;
      for (let j = 0; j < n; j++, x += an) d[at++] = integer ? apply(d[x]) + 0 : apply(d[x]);
    }
  },
});
