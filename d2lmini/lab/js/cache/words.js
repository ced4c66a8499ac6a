// What the cache does, in words.

import { formatInteger, formatNumber, pluralize } from "../parts/format.js";
import { linesOfMatrix } from "./lru.js";
import { MATRICES } from "./orders.js";

/**
 * @typedef {object} Count
 * @property {string} order
 * @property {number[]} touches
 * @property {number} misses
 */

/**
 * @param {number} touched
 * @param {number} n
 */
export function nameOf(touched, n) {
  const [matrix, place] = [Math.floor(touched / (n * n)), touched % (n * n)];
  return `${MATRICES[matrix]}[${Math.floor(place / n)}, ${place % n}]`;
}

/** @type {Record<string, (size: number) => string>} */
export const RULES = {
  elements: () => "For each row i, for each column j: A[i, j] is row i of B times column j of C.",
  columns: () => "For each column j, for each row i: A[i, j] is row i of B times column j of C.",
  rows: () =>
    "For each row i, for each k: B[i, k] times row k of C is added to row i of A. Neighbours in " +
    "memory are touched one after the other.",
  blocks: (size) =>
    `For each block of A of ${size} × ${size}: blocks of B times blocks of C are added to it; ` +
    "their numbers are used again soon.",
};

/**
 * @param {Count[]} counts
 * @param {{ size: number, line_size: number, num_lines: number, block_size: number }} settings
 */
export function compareOrders(counts, { size, line_size, num_lines, block_size }) {
  const misses = counts.map((count) => count.misses);
  const [fewest, most] = [Math.min(...misses), Math.max(...misses)];
  /** @param {number} wanted */
  const names = (wanted) =>
    listed(counts.flatMap((count) => (count.misses === wanted ? count.order : [])));
  const needed = 3 * linesOfMatrix(size, line_size);
  const lines = pluralize(needed, "line");
  const everything = `All three matrices take ${lines}, the cache has ${num_lines}`;
  if (needed <= num_lines) return `${everything}: they fit, and every order misses each line once.`;
  const ratio = formatNumber(most / fewest, 2);
  const extremes =
    fewest === most
      ? `All orders miss equally often, ${formatInteger(fewest)} times`
      : `Fewest misses: ${names(fewest)}, ${formatInteger(fewest)}; most: ${names(most)}, ` +
        `${ratio} times as many`;
  const block = linesOfBlock(Math.min(block_size, size), size, line_size);
  return (
    `${everything}. ${extremes}. A block of C, which each row of a block of B uses again, takes ` +
    `up to ${pluralize(block, "line")}.`
  );
}

/**
 * Names as a sentence lists them.
 *
 * @param {string[]} names
 */
function listed(names) {
  const [last] = names.slice(-1);
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}

/**
 * The largest number of lines that a block touches.
 *
 * @param {number} size
 * @param {number} n
 * @param {number} lineSize
 */
export function linesOfBlock(size, n, lineSize) {
  const counts = [];
  for (let top = 0; top < n; top += size) {
    for (let left = 0; left < n; left += size) counts.push(linesFrom(top, left, size, n, lineSize));
  }
  return Math.max(...counts);
}

/**
 * @param {number} top
 * @param {number} left
 * @param {number} size
 * @param {number} n
 * @param {number} lineSize
 */
function linesFrom(top, left, size, n, lineSize) {
  const lines = new Set();
  const right = Math.min(left + size, n);
  for (let i = top; i < Math.min(top + size, n); i++) {
    for (let j = left; j < right; j++) lines.add(Math.floor((i * n + j) / lineSize));
  }
  return lines.size;
}
