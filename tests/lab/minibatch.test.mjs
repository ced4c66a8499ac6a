// What a minibatch is: directions, draws, their spread, and what is drawn of them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { dot } from "../../d2lmini/lab/js/engine/problem.js";
import { seededRandom, standardNormal } from "../../d2lmini/lab/js/engine/random.js";
import { arrowPath, arrowsSvg, isInside } from "../../d2lmini/lab/js/minibatch/arrows_picture.js";
import { drawMinibatch, makeCloud, spreadOf } from "../../d2lmini/lab/js/minibatch/gradients.js";
import { drawnSvg, faintness, measured } from "../../d2lmini/lab/js/minibatch/rows_picture.js";
import { historyHtml, spreadInWords, stepInWords } from "../../d2lmini/lab/js/minibatch/words.js";

const random = seededRandom(8);
const values = Float32Array.from({ length: 360 }, () => 1 + standardNormal(random));

/** @param {number[]} values */
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Each row's step at w = 0, and what Python hands over of them. */
const steps = Array.from({ length: 60 }, (_, k) => {
  const [y, x] = [values[6 * k + 5], [...values.slice(6 * k, 6 * k + 5), 1]];
  return x.map((value) => value * y);
});
const full = steps[0].map((_, i) => mean(steps.map((step) => step[i])));
const length = Math.sqrt(dot(full, full));
const along = full.map((value) => value / length);
const raw = along.map((value, i) => Number(i === 0) - value * along[0]); // any one across will do
const across = raw.map((value) => value / Math.sqrt(dot(raw, raw)));
const covarianceOf = (/** @type {number[]} */ u, /** @type {number[]} */ v) =>
  mean(steps.map((step) => (dot(step, u) - dot(full, u)) * (dot(step, v) - dot(full, v))));
const cloud = makeCloud(values, {
  ...{ length, along, across },
  covariance: [
    covarianceOf(along, along),
    covarianceOf(along, across),
    covarianceOf(across, across),
  ],
  variance: full.reduce((sum, _, i) => sum + mean(steps.map((s) => (s[i] - full[i]) ** 2)), 0),
});

/**
 * @param {number} actual
 * @param {number} expected
 * @param {number} [tolerance]
 */
const near = (actual, expected, tolerance = 1e-9) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not near ${expected}`);

test("the arrows are the rows' steps along the two directions", () => {
  near(mean(cloud.arrows.map(([x]) => x)), cloud.length);
  near(mean(cloud.arrows.map(([, y]) => y)), 0);
  near(cloud.arrows[7][0], dot(steps[7], along));
  near(cloud.arrows[7][1], dot(steps[7], across));
});

test("a minibatch has each row at most once, and its step is their mean", () => {
  const draws = seededRandom(3);
  for (const b of [1, 7, 60]) {
    const { rows, step } = drawMinibatch(cloud, b, draws);
    assert.equal(new Set(rows).size, b);
    near(step[0], mean(rows.map((row) => cloud.arrows[row][0])));
    near(step[1], mean(rows.map((row) => cloud.arrows[row][1])));
  }
});

test("the minibatch of all rows is the full gradient, and nothing spreads", () => {
  const draw = drawMinibatch(cloud, 60, seededRandom(1));
  for (const { ratio, angle } of [draw.seen, draw.whole]) {
    near(ratio, 1);
    near(angle, 0, 1e-4);
  }
  const { long, short, distance } = spreadOf(cloud, 60);
  assert.deepEqual([long, short, distance], [0, 0, 0]);
  assert.match(spreadInWords(cloud, 60), /every|Every/);
});

test("draws spread as the formula says", () => {
  const draws = seededRandom(5);
  const [b, repeats] = [6, 20000];
  const steps = Array.from({ length: repeats }, () => drawMinibatch(cloud, b, draws));
  const { long, short, angle, distance } = spreadOf(cloud, b);
  const [c, s] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
  const square = (/** @type {number} */ u, /** @type {number} */ v) =>
    mean(steps.map(({ step: [x, y] }) => ((x - cloud.length) * u + y * v) ** 2));
  near(Math.sqrt(square(c, s)) / long, 1, 0.02);
  near(Math.sqrt(square(-s, c)) / short, 1, 0.02);
  const missed = steps.map(({ whole: { ratio, angle: turned } }) => {
    const size = ratio * cloud.length;
    return (
      size ** 2 + cloud.length ** 2 - 2 * size * cloud.length * Math.cos(turned * (Math.PI / 180))
    );
  });
  near(Math.sqrt(mean(missed)) / distance, 1, 0.02);
});

test("without replacement the variance is less by (N - b)/(N - 1)", () => {
  const one = spreadOf(cloud, 1).distance;
  near(one, Math.sqrt(cloud.variance));
  near(spreadOf(cloud, 15).distance / one, Math.sqrt(45 / 59 / 15));
});

test("hertz and decibels are the columns in their units", () => {
  const points = measured(cloud, { frequency: [3000, 100], level: [120, 5] });
  assert.equal(points.length, 60);
  near(points[2][0], 3000 + 100 * cloud.table[12]);
  near(points[2][1], 120 + 5 * cloud.table[17]);
});

test("an arrow ends at its length, also where it is shorter than its head", () => {
  assert.match(arrowPath(0.6, 0.05, 0.1), /^M0 0\.050L0\.430 0\.050L0\.430 0\.100L0\.600 0L/);
  assert.match(arrowPath(0.1, 0.05, 0.1), /L0\.000 0\.100L0\.100 0L/);
});

test("every drawn row has an arrow, a lit point and an error", () => {
  const draw = drawMinibatch(cloud, 9, seededRandom(2));
  const svg = arrowsSvg(cloud, [draw, draw, draw], 9);
  const single = svg.match(/minibatch-single"[^>]* d="([^"]*)"/)?.[1] ?? "";
  assert.equal(single.split("M0 0L").length - 1, 9);
  assert.equal(svg.match(/minibatch-ends" d="([^"]*)"/)?.[1].match(/h0/g)?.length, 2);
  const drawn = drawnSvg(
    [
      [1000, 120],
      [2000, 130],
    ],
    125,
  );
  assert.equal(drawn.match(/h0/g)?.length, 2);
  assert.equal(drawn.match(/V/g)?.length, 2);
});

test("many lines are fainter than few, and none vanishes", () => {
  assert.deepEqual([faintness(1), faintness(25), faintness(1500)], ["0.75", "0.50", "0.12"]);
});

test("words and table tell length, angle, and whether the step leaves the picture", () => {
  const draw = {
    rows: [4],
    step: /** @type {[number, number]} */ ([0.5, 4]),
    seen: { ratio: 1.5, angle: 82.9 },
    whole: { ratio: 2, angle: 9.96 },
  };
  assert.deepEqual(stepInWords(draw, 1), [
    "Step of 1 row: drawn 1.50 times as long as the full step, 83° off, ends outside.",
    "In all six directions: 2.00 times, 10.0°.",
  ]);
  assert.equal(isInside([0.5, 1]), true);
  const all = { ...draw, step: /** @type {[number, number]} */ ([0.5, -4.33e-16]) };
  const rounded = historyHtml([{ number: 1, batchSize: 1500, draw: all }]);
  assert.match(rounded, /<td>1<\/td><td>1,500<\/td><td>0.5<\/td><td>0<\/td>/);
  const heads = [...rounded.matchAll(/<th [^>]*>([^<]*)/g)].map(([, head]) => head);
  assert.equal(new Set(heads).size, 8);
  const html = historyHtml([1, 2].map((number) => ({ number, batchSize: 1, draw })));
  assert.match(
    html,
    /<tbody><tr><td>2<\/td><td>1<\/td><td>0.5<\/td><td>4<\/td><td>1.5 ×<\/td><td>83°</,
  );
  assert.match(html, /<td>2 ×<\/td><td>10.0°<\/td><\/tr>/);
});
