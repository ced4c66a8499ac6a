// What the pictures are drawn with, and what is said about them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { dot, loss } from "../../d2lmini/lab/js/engine/problem.js";
import { finalLoss } from "../../d2lmini/lab/js/engine/run.js";
import { CELLS, COLUMNS_OF_MAP } from "../../d2lmini/lab/js/lab/cells.js";
import { BEST, colorOf, WORST } from "../../d2lmini/lab/js/lab/colors.js";
import { RANGES } from "../../d2lmini/lab/js/lab/curve_series.js";
import {
  describeLimit,
  describeResult,
  describeSettings,
} from "../../d2lmini/lab/js/lab/descriptions.js";
import { mapFrame, mapSvg, markSvg } from "../../d2lmini/lab/js/lab/map_svg.js";
import { bestCell, mapSummary, mapTable } from "../../d2lmini/lab/js/lab/map_words.js";
import { ellipsePath, makePlane, planeSvg } from "../../d2lmini/lab/js/lab/plane.js";
import { BATCH_SIZES, LAB_DEFAULTS, RATES } from "../../d2lmini/lab/js/lab/settings.js";
import { spreadOf, spreadOfWeights } from "../../d2lmini/lab/js/lab/spread.js";
import { SEEDS } from "../../d2lmini/lab/js/lab/swarm.js";
import { describeSwarm, swarmTable } from "../../d2lmini/lab/js/lab/swarm_words.js";
import { describeError } from "../../d2lmini/lab/js/lab/task_list.js";
import { Trial } from "../../d2lmini/lab/js/lab/trial.js";
import { axesSvg, makeFrame } from "../../d2lmini/lab/js/parts/axes.js";
import {
  formatInteger,
  formatNumber,
  formatTime,
  pluralize,
} from "../../d2lmini/lab/js/parts/format.js";
import { seriesSvg } from "../../d2lmini/lab/js/parts/plot.js";
import { nearestPoint, pointByKey } from "../../d2lmini/lab/js/parts/reading.js";
import { makeScale } from "../../d2lmini/lab/js/parts/scale.js";
import { tableHtml } from "../../d2lmini/lab/js/parts/table.js";
import { KnownTimes, small, withDefaults } from "./small_problem.mjs";

/**
 * @param {number} value
 * @param {number} expected
 * @param {number} tolerance
 */
function assertNear(value, expected, tolerance) {
  assert.ok(Math.abs(value - expected) <= tolerance, `${value} is not ${expected}`);
}

/**
 * The points of an SVG path.
 *
 * @param {string} path
 */
const pointsOf = (path) =>
  path
    .replace(/^M|Z$/g, "")
    .split("L")
    .map((point) => point.split(" ").map(Number));

// --- Scales, numbers, plots

test("scales map their ends, and their ticks lie between", () => {
  for (const domain of [
    { low: 0, high: 3000 },
    { low: 0.02, high: 7, log: true },
    { low: 1e-7, high: 1e-2, log: true },
    { low: -5, high: 7 },
  ]) {
    const position = makeScale(domain, 10, 110);
    assertNear(position(domain.low), 10, 1e-9);
    assertNear(position(domain.high), 110, 1e-9);
    assert.ok(position.ticks.length >= 3 && position.ticks.length <= 10);
    for (const tick of position.ticks) assert.ok(position(tick) > 9.9 && position(tick) < 110.1);
  }
});

test("numbers, times and counts in words", () => {
  assert.equal(formatNumber(0.24169), "0.242");
  assert.equal(formatNumber(-0.5), "−0.5");
  assert.equal(formatNumber(0), "0");
  assert.equal(formatNumber(1500), "1,500");
  assert.equal(formatNumber(1.5e-6), "0.0000015");
  assert.equal(formatNumber(Infinity), "∞");
  assert.equal(formatNumber(NaN), "not a number");
  assert.equal(formatInteger(1364), "1,364");
  assert.deepEqual(
    [1.2e-4, 3.4e-3, 2].map((seconds) => formatTime(seconds)),
    ["120 µs", "3.4 ms", "2 s"],
  );
  assert.deepEqual(
    [1, 3000].map((count) => pluralize(count, "step")),
    ["1 step", "3,000 steps"],
  );
});

test("a line stays near the plot, and leaves out what is not finite", () => {
  const scale = makeScale({ low: 0, high: 1 }, 0, 100);
  const points = /** @type {[number, number][]} */ ([
    [0, 1e9],
    [0.5, NaN],
    [1, 0.5],
  ]);
  const svg = seriesSvg({ label: "a", points, color: "red", dots: false }, scale, scale);
  assert.match(svg, /d="M0\.0 9999\.0L100\.0 50\.0"/);
  assert.equal(seriesSvg({ label: "a", points: [], color: "red" }, scale, scale), "");
});

test("a frame leaves room for labels, whatever its size", () => {
  for (const [width, height] of [
    [340, 236],
    [1000, 200],
    [320, 190],
  ]) {
    const { left, right, top, bottom } = makeFrame(width, height);
    assert.ok(left >= 40 && right < width && top > 0 && bottom < height - 30);
    const frame = { left, right, top, bottom };
    const px = makeScale({ low: 1, high: 30000, log: true }, left, right);
    const py = makeScale({ low: 1e-4, high: 1, log: true }, bottom, top);
    const labels = [...axesSvg(px, py, "across", "up", frame).matchAll(/>([^<]+)<\/text>/g)];
    const texts = labels.map(([, text]) => text);
    for (const tick of ["1", "10,000", "0.0001", "0.1", "across", "up"]) {
      assert.ok(texts.includes(tick), tick);
    }
  }
});

test("the ticks of an axis can have a unit", () => {
  const labelsOf = (/** @type {number} */ width) => {
    const frame = makeFrame(width, 200);
    const px = makeScale(RANGES.time, frame.left, frame.right);
    const py = makeScale({ low: 1e-4, high: 1, log: true, ticks: [] }, frame.bottom, frame.top);
    const labels = [...axesSvg(px, py, "", "", frame).matchAll(/>([^<]+)<\/text>/g)];
    return labels.map(([, text]) => text);
  };
  const units = ["0.1 µs", "1 µs", "10 µs", "100 µs", "1 ms", "10 ms", "100 ms"];
  assert.deepEqual(labelsOf(1000), units);
  assert.deepEqual(labelsOf(170), ["0.1 µs", "100 µs", "100 ms"]); // they do not overlap
});

test("a table has evenly spread points of a long line, the last one always", () => {
  const points = /** @type {[number, number][]} */ (
    Array.from({ length: 1000 }, (_, k) => [k, k / 10])
  );
  const html = tableHtml(["x", "y"], [{ label: "a", points, color: "red" }]);
  assert.equal(html.match(/<th /g)?.length, 3);
  assert.equal(html.match(/<tr><td>/g)?.length, 251); // every fourth, and the last
  assert.ok(html.endsWith("<tr><td>a</td><td>999</td><td>99.9</td></tr></tbody></table>"));
});

test("a point is read off near the pointer, and by keys", () => {
  const positions = /** @type {[number, number][]} */ ([
    [0, 0],
    [10, 50],
    [20, 0],
  ]);
  assert.deepEqual([nearestPoint(positions, 9, 30), nearestPoint(positions, 30, 0)], [1, 2]);
  assert.equal(nearestPoint([], 1, 1), -1);
  const keys = ["ArrowRight", "ArrowLeft", "Home", "End", "PageUp", "PageDown"];
  assert.deepEqual(
    keys.map((key) => pointByKey(key, 60, 80)),
    [61, 59, 0, 80, 10, 80],
  );
  assert.deepEqual([pointByKey("ArrowRight", 80, 80), pointByKey("ArrowLeft", -1, 80)], [80, 0]);
  assert.equal(pointByKey("a", 3, 80), undefined);
});

// --- Colours

test("the colours go from the dark of the start to the bright of the floor", () => {
  assert.deepEqual(colorOf(WORST), [68, 1, 84]);
  assert.deepEqual(colorOf(BEST), [253, 231, 37]);
  assert.deepEqual(colorOf(1e9), colorOf(WORST));
  assert.deepEqual(colorOf(0), colorOf(BEST));
  assert.deepEqual(colorOf(-1e-17), colorOf(BEST)); // rounding below the floor
  assert.deepEqual(colorOf(Math.sqrt(WORST * BEST)), [33, 145, 140]);
  const excesses = Array.from({ length: 50 }, (_, k) => WORST * (BEST / WORST) ** (k / 49));
  const light = excesses.map((excess) => dot([0.2126, 0.7152, 0.0722], colorOf(excess)));
  assert.ok(light.every((value, k) => k === 0 || value > light[k - 1]));
});

// --- The map

const SIZE = { width: 500, height: 300 };

test("the lines of the map go through a rate for each batch size, the mark around a cell", () => {
  const limits = BATCH_SIZES.map((_, k) => RATES[k]);
  const svg = mapSvg(SIZE, { limits, best: [] });
  const path = /class="lab-map-limit" d="([^"]+)"/.exec(svg)?.[1] ?? "";
  const points = pointsOf(path);
  assert.equal(points.length, BATCH_SIZES.length);
  const { left, right, top, bottom } = mapFrame(SIZE);
  const [across, up] = [(right - left) / RATES.length, (bottom - top) / BATCH_SIZES.length];
  for (const [k, [x, y]] of points.entries()) {
    assertNear(x, left + across * (k + 0.5), 0.06);
    assertNear(y, bottom - up * (k + 0.5), 0.06);
  }
  assert.ok(!svg.includes("lab-map-best"));
  const chosen = { batch_size: BATCH_SIZES[20], lr: RATES[5] };
  const [x, y, width, height] = ["x", "y", "width", "height"].map((name) =>
    Number(new RegExp(` ${name}="([\\d.]+)"`).exec(markSvg(SIZE, chosen))?.[1]),
  );
  assertNear(x + width / 2, left + across * 5.5, 0.1);
  assertNear(y + height / 2, bottom - up * 20.5, 0.1);
  assert.ok(width >= across - 0.1 && height >= up - 0.1);
});

test("the map is described: its best cell, how many diverged, what is chosen", () => {
  const excess = new Float64Array(CELLS).fill(0.1);
  excess.fill(Infinity, CELLS - 7);
  excess[3 * COLUMNS_OF_MAP + 12] = 0.002;
  excess[0] = NaN; // not trained yet
  assert.equal(bestCell(excess), 3 * COLUMNS_OF_MAP + 12);
  const lines = { limits: BATCH_SIZES.map(() => 0.9531), best: BATCH_SIZES.map(() => 0.42) };
  const summary = mapSummary(excess, { batch_size: 137, lr: 0.05 }, lines);
  for (const part of [
    "1,364 runs",
    "0.002 above the floor, is at batch size 4",
    "7 runs diverged",
  ]) {
    assert.ok(summary.includes(part), part);
  }
  assert.ok(summary.includes("Chosen: batch size 137, rate 0.05."));
  const theory = "By theory at batch size 150: largest stable rate 0.953, best rate 0.42.";
  assert.ok(summary.includes(theory));
  const hidden = mapSummary(excess, { batch_size: 1500, lr: 0.05 }, { ...lines, limits: [] });
  assert.ok(hidden.includes("By theory at batch size 1500: best rate 0.42."));
  const none = { limits: [], best: [] };
  const unknown = mapSummary(new Float64Array(CELLS).fill(NaN), { batch_size: 1, lr: 1 }, none);
  assert.ok(!unknown.includes("theory"));
  assert.ok(unknown.includes("The runs are being trained. Chosen: batch size 1, rate 1."));
  const html = mapTable(excess, { limits: [0.1797], best: [0.004, 0.006] });
  const rows = html.split("<tr>").slice(2);
  assert.equal(rows.length, BATCH_SIZES.length);
  assert.match(rows[0], /^<td>1<\/td>.*<td>0.004<\/td><td>0.1797<\/td><\/tr>$/);
  assert.match(rows[1], /^<td>2<\/td>.*<td>0.006<\/td><td><\/td><\/tr>$/);
  assert.ok(rows[3].startsWith(`<td>4</td><td>${RATES[12]}</td><td>0.002</td>`));
  const empty = mapTable(new Float64Array(CELLS).fill(NaN), { limits: [], best: [] });
  assert.ok(empty.includes("<td>1,500</td><td></td><td></td><td></td><td></td>"));
});

// --- The plane of two weights

const VIEW = { across: "frequency", up: "chord" };

test("a place in the plane is a pair of weights, and back", () => {
  const plane = makePlane(small, VIEW, 400, 300);
  const w = [0.3, 9, -0.2, 9, 9, 9];
  assert.deepEqual(plane.weights, [0, 2]);
  const [x, y] = plane.project(w);
  const back = plane.locate(x, y);
  assertNear(back[0], 0.3, 1e-12);
  assertNear(back[1], -0.2, 1e-12);
  assert.ok(plane.project([0.4, 0, -0.2])[0] > x && plane.project([0.3, 0, 0])[1] < y);
  for (const weights of [small.best, new Float64Array(6)]) {
    const [px, py] = plane.project(weights);
    assert.ok(px > 0 && px < 400 && py > 0 && py < 300); // minimum and usual start are in sight
  }
});

/**
 * @param {{ across: string, up: string }} view
 * @param {number} side - Of the picture, in pixels.
 */
function contoursOf(view, side) {
  const plane = makePlane(small, view, side, side);
  const svg = planeSvg(plane, small, view, { width: side, height: side });
  const paths = [...svg.matchAll(/class="lab-contour" d="([^"]+)"/g)].map(([, path]) => path);
  return { plane, svg, paths };
}

test("each contour has one loss all along", () => {
  const { plane, svg, paths: contours } = contoursOf(VIEW, 4000);
  assert.equal(contours.length, 6);
  const heights = contours.map((path) => {
    const losses = pointsOf(path).map(([x, y]) => {
      const w = Float64Array.from(small.best);
      [w[0], w[2]] = plane.locate(x, y);
      return loss(small, w) - small.floor;
    });
    const [low, high] = [Math.min(...losses), Math.max(...losses)];
    assert.ok(high / low < 1.01);
    return low;
  });
  for (const [k, height] of [0.004, 0.016, 0.04, 0.09, 0.18, 0.35].entries()) {
    assertNear(heights[k] / height, 1, 0.01);
  }
  const [x, y] = plane.project(small.best).map((value) => value.toFixed(1));
  assert.ok(svg.includes(`class="lab-cross" d="M${x} ${y}`));
  assert.ok(svg.includes("frequency →") && svg.includes("chord →"));
  const line = contoursOf({ across: "bias", up: "bias" }, 400); // one weight has no plane
  assert.ok(!/NaN|Infinity/.test(line.svg));
});

test("the points of an ellipse are all as many deviations from its centre", () => {
  const plane = makePlane(small, VIEW, 4000, 4000);
  const [xx, xy, yy] = [0.04, -0.015, 0.01];
  const determinant = xx * yy - xy * xy;
  const points = pointsOf(ellipsePath(plane, [0.1, 0.2], [xx, xy, yy], 2));
  assert.ok(points.length >= 40);
  for (const [x, y] of points) {
    const [u, v] = plane.locate(x, y);
    const [a, b] = [u - 0.1, v - 0.2];
    assertNear((yy * a * a - 2 * xy * a * b + xx * b * b) / determinant, 4, 0.05);
  }
  const [first, ...others] = pointsOf(ellipsePath(plane, [0.1, 0.2], [0, 0, -1e-18], 2));
  assert.ok(others.every((point) => String(point) === String(first)));
});

// --- Words

test("settings in words: the two always, others where they are not usual", () => {
  assert.equal(describeSettings(LAB_DEFAULTS), "b = 10, lr = 0.05");
  const many = { num_epochs: 1, seed: 7, replacement: true, momentum: 0.9, copies: 3 };
  assert.equal(
    describeSettings(withDefaults({ ...many, decay: true, grow: true, batch_size: 1500 })),
    "b = 1500, lr = 0.05, 1 epoch, momentum 0.9, with replacement, rate ÷ 10 each epoch, " +
      "batch × 10 each epoch, 3 copies, seed 7",
  );
  assert.equal(describeSettings(withDefaults({ budget: "time" })), "b = 10, lr = 0.05, equal time");
});

test("a limit is named: whose it is, and at which momentum", () => {
  assert.equal(
    describeLimit({ rate: 1.0486, full: 1.0486 }, { batch_size: 1500, momentum: 0.1 }),
    "stability limit 1.049 of full gradients with momentum 0.1",
  );
  assert.equal(
    describeLimit({ rate: 0.17972, full: 0.953 }, { batch_size: 1, momentum: 0 }),
    "stability limit 0.180 of b = 1",
  );
  assert.equal(
    describeLimit({ rate: 0.0024163, full: 1.9 }, { batch_size: 1, momentum: 0.99 }),
    "stability limit 0.00242 of b = 1 with momentum 0.99",
  );
});

/** @param {Partial<import("../../d2lmini/lab/js/lab/settings.js").LabSettings>} changes */
const trialOf = (changes) => new Trial(small, withDefaults(changes), new KnownTimes());

test("a result has the loss of the run, what was expected, and what it cost", () => {
  const trial = trialOf({ batch_size: 8 });
  const result = describeResult(trial, false);
  const end = trial.run.log[trial.run.log.length - 1].loss;
  const excess = formatNumber(end - small.floor, 2);
  const expected = formatNumber(trial.expected.end.point.total, 2);
  assert.equal(
    result,
    `b = 8, lr = 0.05: loss ${end.toFixed(4)}, ${excess} above the floor ` +
      `(theory of independent minibatches: ${expected}) after 16 steps in 45 µs, 128 rows.`,
  );
  [...trial.swarm.fill()];
  const excesses = trial.swarm.runs.map((run) => finalLoss(run) - small.floor);
  const mean = formatNumber(excesses.reduce((a, b) => a + b) / SEEDS, 2);
  assert.ok(
    describeResult(trial, false).includes(
      ` (mean of 200 seeds: ${mean}; theory of independent minibatches: ${expected}) `,
    ),
  );
});

test("a swarm is described: its spread, and what has left the picture", () => {
  const trial = trialOf({ batch_size: 4, lr: 0.1 });
  const { swarm, settings, expected } = trial;
  [...swarm.fill()];
  const { spreads, covariance } = spreadOfWeights(small, settings, swarm.runs, expected.end);
  assert.deepEqual(
    spreads.map(({ name }) => name),
    ["frequency", "thickness"],
  );
  const weights = swarm.runs.map(({ w }) => w[4]);
  const mean = weights.reduce((a, b) => a + b) / SEEDS;
  const square = weights.reduce((sum, w) => sum + (w - mean) ** 2, 0) / SEEDS;
  const { theory, seeds } = spreads[1];
  assertNear(seeds.mean, mean, 1e-12);
  assertNear(seeds.deviation, Math.sqrt(square), 1e-12);
  assert.equal(theory.deviation, Math.sqrt(covariance[2]));
  assertNear(theory.mean, seeds.mean, 0.02);
  const words = (/** @type {number} */ outside) =>
    describeSwarm(settings, swarm, expected.end, { spreads, outside });
  const [caption, label] = words(0);
  assert.ok(label.includes(`the seeds: frequency ${formatNumber(spreads[0].seeds.deviation)}, `));
  assert.ok(label.includes(`thickness ${formatNumber(seeds.deviation)}. They start at`));
  assert.ok(!caption.includes("left the picture") && caption.includes("Ellipse"));
  for (const text of words(3)) assert.ok(text.includes(" floor. 3 left the picture."));
  for (const text of words(200)) assert.ok(text.includes(" The dots have left the picture."));
  assert.ok(!words(200)[0].includes("Ellipse"));
  const rows = swarmTable(spreads).split("<tr>").slice(2);
  assert.equal(rows.length, 2);
  const numbers = [theory.mean, seeds.mean, theory.deviation, seeds.deviation].map((value) =>
    formatNumber(value),
  );
  assert.ok(rows[1].startsWith(`<td>thickness</td><td>${numbers.join("</td><td>")}</td></tr>`));
});

test("the spread of what overflowed is infinite, and rounding is no spread", () => {
  for (const values of [
    [Infinity, 1],
    [NaN, 1],
    [1e300, -1e300],
  ]) {
    assert.equal(spreadOf(values).deviation, Infinity);
  }
  assert.deepEqual(spreadOf([863, 863.00001]).deviation, 0);
  const nothing = { mean: -1e-17, deviation: 2e-17 };
  const html = swarmTable([{ name: "bias", theory: nothing, seeds: nothing }]);
  assert.ok(html.includes("<td>bias</td><td>0</td><td>0</td><td>0</td><td>0</td>"));
});

test("a run above the limit is told so, unless the limit is hidden", () => {
  const above = trialOf({ batch_size: 64, lr: 1.03, num_epochs: 3 });
  const { rate, full } = above.limit;
  assert.equal(rate, full);
  const sentence =
    `The rate is ${formatNumber(1.03 / rate)} times the stability limit ${rate.toFixed(3)} ` +
    "of full gradients.";
  assert.ok(describeResult(above, false).endsWith(` ${sentence}`));
  const diverged = trialOf({ batch_size: 64, lr: 2, num_epochs: 20 });
  assert.match(
    describeResult(diverged, false),
    /: diverged, the loss went from 0\.\d+ to .* rows\. The rate is 1\.96 times the stability limit/,
  );
  for (const trial of [above, diverged]) {
    assert.ok(!describeResult(trial, true).includes("limit"));
    assert.ok(!describeResult(trial, true).includes(rate.toFixed(3)));
  }
});

test("a guess is too high, too low, nearly or wholly right", () => {
  assert.equal(describeError(0.26), "Your guess is too high.");
  assert.equal(describeError(-0.5), "Your guess is too low.");
  assert.equal(describeError(-0.02), "Your guess is only 2 % too low.");
  assert.equal(describeError(0.004), "Your guess is right.");
});
