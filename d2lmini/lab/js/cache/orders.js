// Four orders in which the numbers of A = B C can be touched.

/** The matrices, in the order in which they are stored. */
export const MATRICES = ["A", "B", "C"];
const [A, B, C] = [0, 1, 2];

/**
 * Called for each number that is touched.
 *
 * @typedef {(matrix: number, row: number, column: number) => void} Touch
 */

/** @typedef {(n: number, touch: Touch, size: number) => void} Walk - `size`: of blocks. */

/**
 * Each order touches the numbers of all n³ products. A sum is touched when it is stored or added
 * to, once each time.
 *
 * @type {Record<string, Walk>}
 */
export const ORDERS = {
  elements(n, touch) {
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) dotProduct(i, j, 0, n, touch);
  },

  columns(n, touch) {
    for (let j = 0; j < n; j++) for (let i = 0; i < n; i++) dotProduct(i, j, 0, n, touch);
  },

  rows(n, touch) {
    for (let i = 0; i < n; i++) for (let k = 0; k < n; k++) addRow(i, k, n, touch);
  },

  blocks(n, touch, size) {
    for (let i = 0; i < n; i += size) {
      for (let j = 0; j < n; j += size) {
        for (let k = 0; k < n; k += size) multiplyBlocks(i, j, k, n, size, touch);
      }
    }
  },
};

/**
 * Add row i of B times column j of C, as far as it lies in start … end-1, to A[i, j].
 *
 * @param {number} i
 * @param {number} j
 * @param {number} start
 * @param {number} end
 * @param {Touch} touch
 */
function dotProduct(i, j, start, end, touch) {
  for (let k = start; k < end; k++) {
    touch(B, i, k);
    touch(C, k, j);
  }
  touch(A, i, j);
}

/**
 * Add B[i, k] times row k of C to row i of A.
 *
 * @param {number} i
 * @param {number} k
 * @param {number} n
 * @param {Touch} touch
 */
function addRow(i, k, n, touch) {
  touch(B, i, k);
  for (let j = 0; j < n; j++) {
    touch(C, k, j);
    touch(A, i, j);
  }
}

/**
 * Add the product of a block of B and one of C to a block of A; the last blocks may be smaller.
 *
 * @param {number} top - The first row of the block of A,
 * @param {number} left - and its first column.
 * @param {number} first - The first column of the block of B, and the first row of that of C.
 * @param {number} n
 * @param {number} size
 * @param {Touch} touch
 */
function multiplyBlocks(top, left, first, n, size, touch) {
  const [bottom, right, end] = [top, left, first].map((start) => Math.min(start + size, n));
  for (let i = top; i < bottom; i++) {
    for (let j = left; j < right; j++) dotProduct(i, j, first, end, touch);
  }
}
