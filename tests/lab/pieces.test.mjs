// The small pieces of the lab, each by itself: `node --test`.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fromQuery, toQuery } from "../../d2lmini/lab/js/address.js";
import { connect } from "../../d2lmini/lab/js/kernel.js";
import { dot, eigen, solve } from "../../d2lmini/lab/js/linear.js";
import { clockRange } from "../../d2lmini/lab/js/pictures.js";
import { makePlayer, stepsAfter } from "../../d2lmini/lab/js/player.js";
import { makeProblem } from "../../d2lmini/lab/js/problem.js";
import { drawWithReplacement, normal, permute, randomFrom } from "../../d2lmini/lab/js/random.js";
import { makeScale, short } from "../../d2lmini/lab/js/scale.js";
import { makeTiming } from "../../d2lmini/lab/js/timing.js";
import { advance, allowed, begin, DEFAULTS, plannedSteps } from "../../d2lmini/lab/js/training.js";
import { legend, limitName, time } from "../../d2lmini/lab/js/words.js";

/** A small problem: 60 rows of made-up numbers. */
const random = randomFrom(8);
const small = makeProblem(Float32Array.from({ length: 360 }, () => normal(random)));

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
  const { values, vectors } = eigen(A);
  assert.deepEqual(values, [...values].sort((a, b) => a - b));
  values.forEach((value, k) => A.forEach((row, i) =>
    assert.ok(Math.abs(dot(row, vectors[k]) - value * vectors[k][i]) < 1e-12)));
  vectors.forEach((v, k) => vectors.forEach((u, l) =>
    assert.ok(Math.abs(dot(v, u) - Number(k === l)) < 1e-12)));
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

test("the limit is named: whose it is, and at which momentum", () => {
  const full = { rate: 1.0486, full: 1.0486 };
  assert.equal(limitName(full, { batch_size: 1500, momentum: 0.1 }),
    "stability limit 1.049 of full gradients with momentum 0.1");
  assert.equal(limitName({ rate: 0.17972, full: 0.953 }, { batch_size: 1, momentum: 0 }),
    "stability limit 0.180 of b = 1");
});

/** A model as a widget has it, without a kernel: what is sent is kept. */
function fakeModel() {
  const sent = [], listeners = new Set();
  return {
    sent, listeners,
    send: (message) => sent.push(message),
    on: (name, listener) => listeners.add(listener),
    off: (name, listener) => listeners.delete(listener),
    answer: (message) => listeners.forEach((listener) => listener(message)),
  };
}

test("only the answer to the latest question counts", () => {
  const model = fakeModel(), curves = [], failures = [];
  let ready = 0;
  const kernel = connect(model, {
    ready: () => ready++, curve: (message) => curves.push(message.losses),
    failed: ({ message }) => failures.push(message),
  });
  model.answer({ kind: "ready" });
  assert.equal(ready, 1);
  kernel.ask({ lr: 1 });
  const first = model.sent.at(-1);
  kernel.ask({ lr: 2 });
  const second = model.sent.at(-1);
  assert.notEqual(first.id, second.id);
  model.answer({ kind: "curve", id: first.id, losses: [1] });
  assert.deepEqual(curves, []);
  model.answer({ kind: "curve", id: second.id, losses: [2] });
  model.answer({ kind: "curve", id: second.id, losses: [2] });
  assert.deepEqual(curves, [[2]]);
  kernel.ask({ lr: 3 });
  kernel.cancel();
  model.answer({ kind: "curve", id: model.sent.at(-1).id, losses: [3] });
  model.answer({ kind: "curve", losses: [3] });
  assert.deepEqual(curves, [[2]]);
  kernel.ask({ lr: 4 });
  model.answer({ kind: "error", id: model.sent.at(-1).id, message: "out of memory" });
  assert.deepEqual(failures, ["out of memory"]);
  kernel.close();
  assert.equal(model.listeners.size, 0);
});

/** A clock that shows whole milliseconds only; each look at it takes 0.3 ms. */
function coarseClock() {
  let looks = 0;
  return { now: () => Math.floor(0.3 * looks++) / 1000, looks: () => looks };
}

test("a step is timed for at least 30 ms, once for what changes its cost", () => {
  const clock = coarseClock();
  const timing = makeTiming(small, clock.now);
  const settings = { ...DEFAULTS, batch_size: 7 };
  assert.ok(!timing.known(settings) && timing.of(settings) > 0);
  let before = clock.looks();
  timing.measure(settings);
  assert.ok(clock.looks() - before >= 100); // 30 ms of this clock
  before = clock.looks();
  for (const same of [{ lr: 0.9 }, { momentum: 0.5 }, { seed: 4 }, { num_epochs: 9 }, { decay: true }]) {
    assert.ok(timing.known({ ...settings, ...same }));
    assert.equal(timing.of({ ...settings, ...same }), timing.of(settings));
  }
  for (const other of [{ batch_size: 8 }, { genie: true }, { replacement: true }]) {
    assert.ok(!timing.known({ ...settings, ...other }));
    timing.of({ ...settings, ...other });
  }
  assert.equal(clock.looks(), before);
});

test("the path has every step; of a very long run evenly spread ones, and the last", () => {
  const path = (settings) => {
    const run = advance(begin(small, { ...DEFAULTS, lr: 0.01, ...settings }, { path: true }));
    assert.deepEqual([...run.path.weights.slice(6 * run.path.points - 6, 6 * run.path.points)], [...run.w]);
    return run;
  };
  const each = path({ batch_size: 1 });
  assert.deepEqual(each.path.steps, [...Array(121).keys()]);
  const long = path({ batch_size: 1, num_epochs: 101 });
  assert.equal(long.path.every, 3);
  assert.equal(long.path.steps[1], 3);
  assert.equal(long.path.steps.at(-1), 6060);
  const wild = path({ batch_size: 60, lr: 1e4, num_epochs: 20 });
  assert.ok(wild.steps < 20 && wild.path.steps.at(-1) === wild.steps);
  assert.equal(plannedSteps(small, { ...DEFAULTS, batch_size: 7, genie: true }), 36);
});

test("few steps are shown slowly, many within some seconds", () => {
  assert.equal(stepsAfter(0.4, 2), 0);
  assert.equal(stepsAfter(0.6, 2), 1);
  assert.ok(stepsAfter(1, 300) <= 60); // no more than one a frame
  assert.ok(stepsAfter(10, 60000) >= 60000);
});

test("a run is played frame by frame, paused, continued, and taken step by step", () => {
  let next = null, shown = [];
  const player = makePlayer({
    start: () => ({ run: begin(small, { ...DEFAULTS, batch_size: 60, num_epochs: 4 }), planned: 4 }),
    show: (run) => shown.push(run.steps),
    changed: () => {},
    frames: [(draw) => (next = draw), () => (next = null)],
  });
  const frame = (milliseconds) => next(milliseconds);
  player.play();
  assert.ok(player.playing() && player.underway());
  for (const milliseconds of [100, 110, 400, 620, 640, 1130]) frame(milliseconds);
  assert.deepEqual(shown, [0, 1, 2]); // each step by itself
  player.pause();
  assert.equal(next, null);
  assert.ok(player.underway());
  player.step();
  assert.deepEqual(shown, [0, 1, 2, 3]);
  player.play();
  frame(9000);
  frame(9510);
  assert.equal(shown.at(-1), 4);
  assert.ok(!player.playing() && !player.underway() && next === null);
  player.step(); // begins another
  assert.equal(shown.at(-1), 1);
  player.stop();
  assert.ok(!player.underway());
});

test("the clock's axis is the same for all runs, unless one leaves it", () => {
  const usual = { low: 0.001, high: 10 };
  assert.deepEqual(clockRange([]), usual);
  assert.deepEqual(clockRange([0.004, 0.2]), usual);
  assert.deepEqual(clockRange([0.02, 9]), usual);
  assert.deepEqual(clockRange([0.0004, 27]), { low: 0.0001, high: 100 });
});
