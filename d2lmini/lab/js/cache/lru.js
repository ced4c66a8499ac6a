// A cache that keeps the lines that were used last, and what an order of touches does to it.

import { MATRICES, ORDERS } from "./orders.js";

/** Fully associative: any line may take any place. */
export class LruCache {
  /** @type {Set<number>} - In the order of their last use. */
  lines = new Set();
  misses = 0;

  /** @param {number} capacity - How many lines it holds. */
  constructor(capacity) {
    this.capacity = capacity;
  }

  /**
   * Use a line; return whether it was there.
   *
   * @param {number} line
   */
  use(line) {
    const hit = this.lines.delete(line);
    this.lines.add(line);
    if (hit) return true;
    this.misses++;
    if (this.lines.size > this.capacity) this.lines.delete(this.#oldest);
    return false;
  }

  /** @returns {any} */
  get #oldest() {
    return this.lines.values().next().value;
  }
}

/**
 * What is touched, one after the other: matrix * n² + row * n + column.
 *
 * @param {string} order
 * @param {number} n
 * @param {number} blockSize
 */
export function touchesOf(order, n, blockSize) {
  /** @type {number[]} */
  const touches = [];
  ORDERS[order](
    n,
    (matrix, row, column) => touches.push((matrix * n + row) * n + column),
    blockSize,
  );
  return touches;
}

/**
 * The line of memory that holds a number. The rows of a matrix follow each other in memory, and
 * each matrix begins with a new line.
 *
 * @param {number} touched
 * @param {number} n
 * @param {number} lineSize
 */
export function lineOf(touched, n, lineSize) {
  const matrix = Math.floor(touched / (n * n));
  return matrix * linesOfMatrix(n, lineSize) + Math.floor((touched % (n * n)) / lineSize);
}

/**
 * @param {number} n
 * @param {number} lineSize
 */
export const linesOfMatrix = (n, lineSize) => Math.ceil((n * n) / lineSize);

/**
 * The numbers of a line, as they are touched.
 *
 * @param {number} line
 * @param {number} n
 * @param {number} lineSize
 */
export function numbersOf(line, n, lineSize) {
  const perMatrix = linesOfMatrix(n, lineSize);
  const matrix = Math.floor(line / perMatrix);
  const start = (line % perMatrix) * lineSize;
  const end = Math.min(start + lineSize, n * n);
  return Array.from({ length: end - start }, (_, k) => matrix * n * n + start + k);
}

/**
 * Every number has to come once, whatever the order and the cache.
 *
 * @param {number} n
 * @param {number} lineSize
 */
export const fewestMisses = (n, lineSize) => MATRICES.length * linesOfMatrix(n, lineSize);

/**
 * @param {number[]} touches
 * @param {number} n
 * @param {number} lineSize
 * @param {number} capacity
 */
export function countMisses(touches, n, lineSize, capacity) {
  const cache = new LruCache(capacity);
  for (const touched of touches) cache.use(lineOf(touched, n, lineSize));
  return cache.misses;
}
