// Random numbers and linear algebra.
import assert from "node:assert/strict";
import { test } from "node:test";
import { dot, eigen, solve } from "../../d2lmini/lab/js/linear.js";
import {
  randomPermutation,
  sampleWithReplacement,
  seededRandom,
  shuffleFront,
  standardNormal,
} from "../../d2lmini/lab/js/random.js";

/** @typedef {typeof randomPermutation} Permute */

/** @type {[string, Permute][]} */
const PERMUTATIONS = [
  ["a permutation", randomPermutation],
  ["a shuffle of all rows", (order, random) => shuffleFront(order, order.length, random)],
];

/** @param {number} length */
const range = (length) => Uint16Array.from({ length }, (_, i) => i);

for (const [name, permute] of PERMUTATIONS) {
  test(`${name} has every row once, and a seed repeats it`, () => {
    const [first, again, other] = [3, 3, 4].map((seed) => {
      const order = range(100);
      permute(order, seededRandom(seed));
      return [...order];
    });
    assert.deepEqual(first, again);
    assert.notDeepEqual(first, other);
    assert.deepEqual(
      [...first].sort((a, b) => a - b),
      [...range(100)],
    );
  });

  test(`every position of ${name} is as likely to get every row`, () => {
    const random = seededRandom(1);
    const counts = Array.from({ length: 5 }, () => new Array(5).fill(0));
    const order = range(5);
    for (let k = 0; k < 20000; k++) {
      permute(order, random);
      for (const [position, row] of order.entries()) counts[position][row] += 1;
    }
    for (const count of counts.flat()) {
      assert.ok(Math.abs(count - 4000) < 5 * Math.sqrt(4000 * 0.8));
    }
  });
}

test("draws with replacement repeat rows; normal numbers are normal", () => {
  const random = seededRandom(5);
  const draws = new Uint16Array(1500);
  sampleWithReplacement(draws, 1500, random);
  assert.ok(Math.abs(new Set(draws).size / 1500 - (1 - Math.exp(-1))) < 0.05);
  const numbers = Array.from({ length: 20000 }, () => standardNormal(random));
  const mean = numbers.reduce((a, b) => a + b) / 20000;
  const variance = numbers.reduce((a, b) => a + (b - mean) ** 2, 0) / 20000;
  assert.ok(Math.abs(mean) < 0.03 && Math.abs(variance - 1) < 0.05);
});

const A = [
  [4, 1, 0],
  [1, 3, -1],
  [0, -1, 2],
];

test("a linear system is solved", () => {
  const x = solve(A, [1, 2, 3]);
  for (const [i, row] of A.entries()) assert.ok(Math.abs(dot(row, x) - (i + 1)) < 1e-12);
});

test("eigenvalues are sorted, eigenvectors orthonormal", () => {
  const { values, vectors } = eigen(A);
  assert.deepEqual(
    values,
    [...values].sort((a, b) => a - b),
  );
  for (const [k, vector] of vectors.entries()) {
    for (const [i, row] of A.entries()) {
      assert.ok(Math.abs(dot(row, vector) - values[k] * vector[i]) < 1e-12);
    }
    for (const [l, other] of vectors.entries()) {
      assert.ok(Math.abs(dot(vector, other) - Number(k === l)) < 1e-12);
    }
  }
});
