// What the pictures are drawn with: scales, numbers, words, tables.
import assert from "node:assert/strict";
import { test } from "node:test";
import { describeLimit, describeSettings } from "../../d2lmini/lab/js/descriptions.js";
import { formatNumber, formatTime, pluralize } from "../../d2lmini/lab/js/format.js";
import { timeDomain } from "../../d2lmini/lab/js/losses.js";
import { seriesSvg } from "../../d2lmini/lab/js/plot.js";
import { begin } from "../../d2lmini/lab/js/run.js";
import { PinnedRuns } from "../../d2lmini/lab/js/runs.js";
import { makeScale } from "../../d2lmini/lab/js/scale.js";
import { DEFAULTS } from "../../d2lmini/lab/js/settings.js";
import { tableHtml } from "../../d2lmini/lab/js/table.js";
import { describeError } from "../../d2lmini/lab/js/task_list.js";
import { advance } from "../../d2lmini/lab/js/training.js";
import { small } from "./small_problem.mjs";

test("scales map their ends, and their ticks lie between", () => {
  for (const domain of [
    { low: 0, high: 3000 },
    { low: 0.02, high: 7, log: true },
    { low: -5, high: 7 },
  ]) {
    const position = makeScale(domain, 10, 110);
    assert.ok(Math.abs(position(domain.low) - 10) < 1e-9);
    assert.ok(Math.abs(position(domain.high) - 110) < 1e-9);
    assert.ok(position.ticks.length >= 3 && position.ticks.length <= 10);
    for (const tick of position.ticks) assert.ok(position(tick) > 9.9 && position(tick) < 110.1);
  }
});

test("numbers, times and settings in words", () => {
  assert.equal(formatNumber(0.24169), "0.242");
  assert.equal(formatNumber(-0.5), "−0.5");
  assert.equal(formatNumber(1500), "1,500");
  assert.equal(formatNumber(Infinity), "∞");
  assert.equal(formatNumber(NaN), "not a number");
  assert.equal(formatTime(0.00012), "120 µs");
  assert.equal(formatTime(0.0034), "3.4 ms");
  assert.equal(pluralize(1, "step"), "1 step");
  assert.equal(pluralize(3000, "step"), "3,000 steps");
  assert.equal(
    describeSettings({ ...DEFAULTS, num_epochs: 1, seed: 7, replacement: true }),
    "b = 10, lr = 0.05, 1 epoch, with replacement, seed 7",
  );
});

test("a limit is named: whose it is, and at which momentum", () => {
  const full = { rate: 1.0486, full: 1.0486 };
  assert.equal(
    describeLimit(full, { batch_size: 1500, momentum: 0.1 }),
    "stability limit 1.049 of full gradients with momentum 0.1",
  );
  assert.equal(
    describeLimit({ rate: 0.17972, full: 0.953 }, { batch_size: 1, momentum: 0 }),
    "stability limit 0.180 of b = 1",
  );
});

test("a guess is too high, too low or right", () => {
  assert.equal(describeError(0.26), "Your guess is 26 % too high.");
  assert.equal(describeError(-0.5), "Your guess is 50 % too low.");
  assert.equal(describeError(0.004), "Your guess is right.");
});

test("the axis of time is the same for all runs, unless one leaves it", () => {
  const usual = { low: 0.001, high: 10 };
  assert.deepEqual(timeDomain([]), usual);
  assert.deepEqual(timeDomain([0.004, 0.2]), usual);
  assert.deepEqual(timeDomain([0.02, 9]), usual);
  assert.deepEqual(timeDomain([0.0004, 27]), { low: 0.0001, high: 100 });
});

test("a line stays near the plot, and leaves out what is not finite", () => {
  const scale = makeScale({ low: 0, high: 1 }, 0, 100);
  /** @type {[number, number][]} */
  const points = [
    [0, 1e9],
    [0.5, NaN],
    [1, 0.5],
  ].map(([x, y]) => [x, y]);
  const svg = seriesSvg({ label: "a", points, color: "red", dots: false }, scale, scale);
  assert.match(svg, /d="M0\.0 9999\.0L100\.0 50\.0"/);
  assert.equal(seriesSvg({ label: "a", points: [], color: "red" }, scale, scale), "");
});

test("a table has evenly spread points of a long line, the last one always", () => {
  /** @type {[number, number][]} */
  const points = Array.from({ length: 1000 }, (_, k) => [k, k / 10]);
  const html = tableHtml(["x", "y"], [{ label: "a", points, color: "red" }]);
  assert.equal(html.match(/<th /g)?.length, 3);
  assert.equal(html.match(/<tr><td>/g)?.length, 251); // every fourth, and the last
  assert.ok(html.endsWith("<tr><td>a</td><td>999</td><td>99.9</td></tr></tbody></table>"));
});

test("four runs can be pinned; each keeps its colour and its end", () => {
  const pinned = new PinnedRuns();
  const run = begin(small, DEFAULTS, { path: true });
  assert.ok(pinned.add(run));
  advance(run);
  for (const _ of [2, 3, 4]) assert.ok(pinned.add(run));
  assert.ok(!pinned.add(run));
  const curves = pinned.curves(() => 1);
  assert.equal(new Set(curves.map((curve) => curve.color)).size, 4);
  assert.equal(curves[0].log.length, 1); // what it was when it was pinned
  assert.equal(curves[0].path?.points, 1);
  assert.equal(curves[1].log.length, run.log.length);
  pinned.remove(1);
  assert.ok(pinned.add(run));
  assert.deepEqual(
    pinned.curves(() => 1).map((curve) => curve.color),
    [0, 2, 3, 1].map((k) => curves[k].color),
  );
  pinned.clear();
  assert.deepEqual(
    pinned.curves(() => 1),
    [],
  );
});
