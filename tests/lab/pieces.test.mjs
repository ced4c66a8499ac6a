// The small pieces of the lab, each by itself: `node --test`.
import assert from "node:assert/strict";
import { test } from "node:test";
import { allowed, fromQuery, toQuery } from "../../d2lmini/lab/js/address.js";
import { eigenvalues, solve } from "../../d2lmini/lab/js/linear.js";
import { drawWithReplacement, normal, permute, randomFrom } from "../../d2lmini/lab/js/random.js";
import { makeScale, short } from "../../d2lmini/lab/js/scale.js";
import { DEFAULTS } from "../../d2lmini/lab/js/training.js";
import { legend, time } from "../../d2lmini/lab/js/words.js";

test("a query says the settings, and is read back", () => {
  const settings = { ...DEFAULTS, batch_size: 1, lr: 0.02, seed: 7, genie: true, momentum: 0.5 };
  const query = toQuery(settings, "?framework=mxnet&b=99&decay=1");
  assert.equal(new URLSearchParams(query).get("framework"), "mxnet");
  assert.deepEqual({ ...DEFAULTS, ...fromQuery(query) }, settings);
  assert.equal(toQuery(DEFAULTS), "?b=10&lr=0.05");
});

test("nonsense in a query is left out or brought into range", () => {
  assert.equal(fromQuery("?framework=mxnet"), null);
  assert.deepEqual(fromQuery("?b=9999&lr=-3&seed=x&epochs=2.4&genie=1&__proto__=1"),
    { batch_size: 1500, lr: 0.0001, num_epochs: 2, genie: true });
  assert.equal(allowed("batch_size", 0), 1);
  assert.equal(allowed("momentum", NaN), 0);
});

test("a permutation holds every row once, and a seed repeats it", () => {
  const [first, again, other] = [3, 3, 4].map((seed) => {
    const order = new Uint16Array(100);
    permute(order, randomFrom(seed));
    return [...order];
  });
  assert.deepEqual(first, again);
  assert.notDeepEqual(first, other);
  assert.deepEqual([...first].sort((a, b) => a - b), [...Array(100).keys()]);
});

test("every place of a permutation is as likely to get every row", () => {
  const random = randomFrom(1), counts = Array.from({ length: 5 }, () => new Array(5).fill(0));
  const order = new Uint16Array(5);
  for (let k = 0; k < 20000; k++) {
    permute(order, random);
    order.forEach((row, place) => (counts[place][row] += 1));
  }
  for (const count of counts.flat()) assert.ok(Math.abs(count - 4000) < 5 * Math.sqrt(4000 * 0.8));
});

test("draws with replacement repeat rows; normal numbers are normal", () => {
  const random = randomFrom(5), draws = new Uint16Array(1500);
  drawWithReplacement(draws, 1500, random);
  assert.ok(Math.abs(new Set(draws).size / 1500 - (1 - Math.exp(-1))) < 0.05);
  const numbers = Array.from({ length: 20000 }, () => normal(random));
  const mean = numbers.reduce((a, b) => a + b) / 20000;
  const variance = numbers.reduce((a, b) => a + (b - mean) ** 2, 0) / 20000;
  assert.ok(Math.abs(mean) < 0.03 && Math.abs(variance - 1) < 0.05);
});

test("linear algebra", () => {
  const A = [[4, 1, 0], [1, 3, -1], [0, -1, 2]];
  const x = solve(A, [1, 2, 3]);
  A.forEach((row, i) => assert.ok(Math.abs(row.reduce((s, a, j) => s + a * x[j], 0) - (i + 1)) < 1e-12));
  const values = eigenvalues([[2, 1], [1, 2]]);
  assert.ok(Math.abs(values[0] - 1) < 1e-12 && Math.abs(values[1] - 3) < 1e-12);
});

test("scales place their ends, and their ticks lie between", () => {
  for (const domain of [{ low: 0, high: 3000 }, { low: 0.02, high: 7, log: true }, { low: -5, high: 7 }]) {
    const place = makeScale(domain, 10, 110);
    assert.ok(Math.abs(place(domain.low) - 10) < 1e-9 && Math.abs(place(domain.high) - 110) < 1e-9);
    assert.ok(place.ticks.length >= 3 && place.ticks.length <= 10);
    for (const tick of place.ticks) assert.ok(place(tick) > 9.9 && place(tick) < 110.1);
  }
});

test("numbers, times and settings in words", () => {
  assert.equal(short(0.24169), "0.242");
  assert.equal(short(-0.5), "−0.5");
  assert.equal(short(1500), "1,500");
  assert.equal(short(Infinity), "∞");
  assert.equal(short(NaN), "not a number");
  assert.equal(time(0.00012), "120 µs");
  assert.equal(time(0.0034), "3.4 ms");
  assert.equal(legend({ ...DEFAULTS, num_epochs: 1, seed: 7, replacement: true }),
    "b = 10, lr = 0.05, 1 epoch, with replacement, seed 7");
});
