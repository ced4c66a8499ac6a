// The simulated cache: which lines it keeps, what the four orders touch, and the words for it.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  countMisses,
  fewestMisses,
  LruCache,
  lineOf,
  numbersOf,
  touchesOf,
} from "../../d2lmini/lab/js/cache/lru.js";
import { ORDERS } from "../../d2lmini/lab/js/cache/orders.js";
import { compareOrders, linesOfBlock, nameOf } from "../../d2lmini/lab/js/cache/words.js";

test("the line that was not used for the longest time makes room", () => {
  const cache = new LruCache(2);
  const hits = [7, 8, 7, 9, 7, 8].map((line) => cache.use(line));
  assert.deepEqual(hits, [false, false, true, false, true, false]); // 9 replaced 8, not 7
  assert.equal(cache.misses, 4);
  assert.deepEqual([...cache.lines], [7, 8]);
});

test("each matrix begins with a new line, and a line goes on in the next row", () => {
  const n = 5; // 25 numbers: 6 full lines of 4, and one number
  assert.equal(lineOf(24, n, 4), 6);
  assert.equal(lineOf(25, n, 4), 7); // B[0, 0]
  assert.deepEqual(numbersOf(1, n, 4), [4, 5, 6, 7]);
  assert.deepEqual(numbersOf(6, n, 4), [24]);
  assert.deepEqual(numbersOf(7, n, 4), [25, 26, 27, 28]);
  for (let touched = 0; touched < 75; touched++) {
    assert.ok(numbersOf(lineOf(touched, n, 4), n, 4).includes(touched));
  }
  assert.equal(nameOf(25 + 9, n), "B[1, 4]");
});

test("each order multiplies all n³ pairs, each once", () => {
  const n = 5;
  for (const order of Object.keys(ORDERS)) {
    const names = touchesOf(order, n, 2).map((touched) => nameOf(touched, n));
    const of = (/** @type {string} */ matrix) => names.filter((name) => name[0] === matrix);
    assert.equal(new Set(names).size, 75, order);
    assert.equal(of("C").length, 125, order);
    assert.equal(of("B").length, order === "rows" ? 25 : 125, order);
    const stored = { elements: 25, columns: 25, rows: 125, blocks: 75 }[order];
    assert.equal(of("A").length, stored, order);
  }
});

test("elements and columns begin alike and go on in another direction", () => {
  const n = 4;
  const stored = (/** @type {string} */ order) =>
    touchesOf(order, n, 2)
      .map((touched) => nameOf(touched, n))
      .filter((name) => name.startsWith("A"))
      .slice(0, 3);
  assert.deepEqual(stored("elements"), ["A[0, 0]", "A[0, 1]", "A[0, 2]"]);
  assert.deepEqual(stored("columns"), ["A[0, 0]", "A[1, 0]", "A[2, 0]"]);
  assert.deepEqual(touchesOf("blocks", n, 4), touchesOf("elements", n, 4));
  assert.deepEqual(touchesOf("blocks", n, 1).length, 3 * n ** 3);
});

test("a cache of all lines misses each once; misses never grow with the cache", () => {
  for (const order of Object.keys(ORDERS)) {
    const touches = touchesOf(order, 8, 3);
    const misses = [4, 8, 16, 32, 48, 64].map((lines) => countMisses(touches, 8, 4, lines));
    assert.equal(misses[5], fewestMisses(8, 4));
    assert.equal(misses[4], 48);
    assert.ok(misses[0] > 48);
    for (let k = 1; k < misses.length; k++) assert.ok(misses[k] <= misses[k - 1]);
  }
});

test("the lines of a block", () => {
  assert.equal(linesOfBlock(4, 16, 4), 4);
  assert.equal(linesOfBlock(6, 16, 4), 12); // columns 6 … 11 lie in two lines
  assert.equal(linesOfBlock(5, 5, 4), 7);
  assert.equal(linesOfBlock(1, 16, 4), 1);
});

test("the comparison names the extremes, or that everything fits", () => {
  const settings = { size: 16, line_size: 4, num_lines: 16, block_size: 4 };
  const counts = Object.keys(ORDERS).map((order) => {
    const touches = touchesOf(order, 16, 4);
    return { order, touches, misses: countMisses(touches, 16, 4, 16) };
  });
  assert.equal(
    compareOrders(counts, settings),
    "All three matrices take 192 lines, the cache has 16. Fewest misses: blocks, 576; most: " +
      "elements and columns, 9.3 times as many. A block of C, which each row of a block of B " +
      "uses again, takes up to 4 lines.",
  );
  assert.match(compareOrders(counts, { ...settings, size: 8, num_lines: 48 }), /they fit/);
  const misses = (/** @type {number[]} */ ...all) =>
    compareOrders(
      counts.map((count, k) => ({ ...count, misses: all[k] })),
      settings,
    );
  assert.match(
    misses(14976, 14976, 14976, 14976),
    /16\. All orders miss equally often, 14,976 times\. A block/,
  );
  assert.match(
    misses(900, 900, 900, 300),
    /Fewest misses: blocks, 300; most: elements, columns and rows, 3 times as many\./,
  );
});
