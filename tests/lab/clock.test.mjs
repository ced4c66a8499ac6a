// The clock and the genie: measured steps, the curves from them, the picture, and the words.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cornerOf, decadesAround, makeCurves } from "../../d2lmini/lab/js/clock/curves.js";
import { domainsOf, drawPanels, valueAt, widened } from "../../d2lmini/lab/js/clock/picture.js";
import { measureSteps, nextSize, RATES, SIZES } from "../../d2lmini/lab/js/clock/steps.js";
import {
  describeCurves,
  describeProgress,
  describeRing,
  numberRows,
} from "../../d2lmini/lab/js/clock/words.js";
import { fullGradient, loss } from "../../d2lmini/lab/js/engine/problem.js";
import { makeScale } from "../../d2lmini/lab/js/parts/scale.js";
import { madeUp } from "./race_problem.mjs";

/** @typedef {import("../../d2lmini/lab/js/clock/steps.js").Need} Need */

const LEVEL = 0.26;
/** @type {Need[]} */
const needs = [];
let pieces = 0;
for (const _ of measureSteps(madeUp, LEVEL, needs)) pieces += 1;

/** How many steps of gradient descent a rate needs, from weights of zero. */
function descend(/** @type {number} */ lr) {
  let w = [0, 0, 0, 0, 0, 0];
  let steps = 0;
  for (; loss(madeUp, w) > LEVEL && steps < 9999; steps++) {
    const gradient = fullGradient(madeUp, w);
    w = w.map((value, i) => value - lr * gradient[i]);
  }
  return steps;
}

test("the steps of all sizes are measured in small pieces, at rates of the list", () => {
  assert.deepEqual(
    needs.map(({ b }) => b),
    SIZES,
  );
  assert.ok(needs.every(({ steps, lr }) => steps < Infinity && RATES.includes(lr)));
  assert.ok(pieces > 20 * SIZES.length);
  assert.ok(SIZES.every((b) => b === Infinity || madeUp.n % b === 0));
});

test("gradient descent needs what the exact gradient needs, at the best rate", () => {
  assert.equal(needs[0].steps, Math.min(...RATES.map(descend)));
});

test("the steps fall with the batch, and the rows read rise", () => {
  const [, one, two, five, ten, twenty, , hundred] = needs;
  assert.ok(one.steps > two.steps && two.steps > five.steps && five.steps > ten.steps);
  assert.ok(ten.steps > twenty.steps && twenty.steps > hundred.steps);
  assert.ok(100 * hundred.steps > 3 * one.steps);
  assert.ok(one.lr < hundred.lr);
});

test("a level below the floor is never reached, and the search ends", () => {
  /** @type {Need[]} */
  const found = [];
  const search = measureSteps(madeUp, madeUp.floor / 2, found);
  while (!found.length) search.next();
  assert.equal(found[0].steps, Infinity);
  const { all, best, minibatches } = makeCurves(found, { alpha: 1, beta: 1 }, 1500);
  assert.deepEqual([all, best, minibatches], [null, null, []]);
});

test("time is steps times cost; the optimum moves with α/β and stays when the data is copied", () => {
  const even = makeCurves(needs, { alpha: 1e-4, beta: 1e-8 }, 1500);
  for (const { b, steps, cost, time } of even.minibatches) {
    assert.ok(Math.abs(cost - (1e-4 + 1e-8 * b)) < 1e-15);
    assert.ok(Math.abs(time - steps * cost) < 1e-15);
  }
  const dearRows = makeCurves(needs, { alpha: 1e-7, beta: 1e-7 }, 1500);
  assert.ok((even.best?.b ?? 0) > 5 * (dearRows.best?.b ?? Infinity));
  const copied = makeCurves(needs, { alpha: 1e-4, beta: 1e-8 }, 1500 * 1000);
  assert.deepEqual(copied.best, even.best);
  assert.equal(copied.all?.b, 1500000);
  assert.equal(copied.all?.steps, even.all?.steps);
  assert.ok((copied.all?.time ?? 0) > 50 * (even.all?.time ?? 1));
});

test("the picture has a dot for every size at its place, and keeps its domain for copies", () => {
  const cost = { alpha: 1e-4, beta: 1e-7 };
  const curves = makeCurves(needs, cost, 1500);
  const domains = domainsOf(curves, cost);
  assert.deepEqual(domains, domainsOf(makeCurves(needs, cost, 150000), cost));
  const { svg, px, py } = drawPanels(curves, cost, domains, { width: 400, height: 430 });
  const dots = [...svg.matchAll(/class="clock-dot" cx="([\d.]+)" cy="([\d.]+)"/g)];
  assert.equal(dots.length, 3 * 10);
  const [x, y] = dots[10].slice(1).map(Number);
  assert.ok(Math.abs(x - px(1)) < 0.1 && Math.abs(y - py(1e-4 + 1e-7)) < 0.1);
  assert.equal(svg.match(/class="clock-all"/g)?.length, 3);
  const { best, all, winner } = curves;
  assert.equal(winner, (all?.time ?? 0) < (best?.time ?? 0) ? all : best);
  assert.match(svg, winner === all ? />GD, fastest</ : />GD</);
  const name = `best minibatch: b = ${best?.b}`;
  assert.ok(svg.includes(winner === all ? `>${name}<` : `>${name}, fastest<`));
  const ring = svg.match(/class="clock-winner" cx="([\d.]+)"/);
  assert.ok(Math.abs(Number(ring?.[1]) - px(winner?.b ?? 0)) < 0.1);
});

test("while the ring is dragged its panel stays, the times remain in sight, the rest is cut", () => {
  const cost = { alpha: 1e-4, beta: 1e-7 };
  const before = domainsOf(makeCurves(needs, cost, 1500), cost);
  const slow = { alpha: 1e2, beta: 1e-1 };
  const curves = makeCurves(needs, slow, 1500);
  const now = widened(before, domainsOf(curves, slow));
  assert.deepEqual(now.slice(0, 2), before.slice(0, 2));
  assert.equal(now[2].low, before[2].low);
  assert.ok(now[2].high >= Math.max(...curves.minibatches.map(({ time }) => time)));
  const { svg } = drawPanels(curves, slow, now, { width: 400, height: 430 });
  assert.equal(svg.match(/class="clock-dot"/g)?.length, 2 * 10); // none of the costs
  assert.equal(svg.match(/class="clock-all"/g)?.length, 2);
  assert.equal(svg.match(/<svg /g)?.length, 3);
});

test("copies make room for larger minibatches, until they need no more steps than all rows", () => {
  const plain = SIZES.map((b) => ({ b, steps: b === Infinity ? 4 : 9, lr: 0.1 }));
  assert.equal(nextSize(plain.slice(0, 3), 1500, 1), SIZES[3]);
  assert.equal(nextSize(plain, 1500, 1), undefined);
  assert.equal(nextSize(plain, 1500, 2), 1500); // of 3,000 rows
  const more = [...plain, { b: 1500, steps: 6, lr: 0.9 }];
  assert.equal(nextSize(more, 1500, 2), undefined);
  assert.equal(nextSize(more, 1500, 3), 3000);
  assert.equal(nextSize([...more, { b: 3000, steps: 4, lr: 0.9 }], 1500, 1000), undefined);
});

test("what is measured already is kept, and large minibatches need fewer steps than small ones", () => {
  const kept = [...needs];
  assert.equal(measureSteps(madeUp, LEVEL, kept).next().done, true);
  assert.deepEqual(kept, needs);
  /** @type {Need[]} */
  const hard = [];
  for (const _ of measureSteps(madeUp, madeUp.floor + 0.0003, hard, 1000));
  const large = hard.slice(SIZES.length);
  assert.ok(large.length > 0 && large[0].b === 1500);
  const steps = large.map((need) => need.steps);
  assert.ok(steps.every((count, k) => !k || count <= steps[k - 1]));
  assert.ok(steps[steps.length - 1] <= hard[0].steps || large.length === 9);
});

test("with copies a large minibatch beats gradient descent on a clock with dear steps", () => {
  const large = [
    ...SIZES.map((b) => ({ b, steps: b === Infinity ? 4 : 9, lr: 0.1 })),
    { b: 15000, steps: 4, lr: 0.9 },
  ];
  const curves = makeCurves(large, { alpha: 1e-4, beta: 1e-12 }, 1500000);
  assert.equal(curves.winner?.b, 15000);
  assert.equal(makeCurves(large, { alpha: 1e-4, beta: 1e-12 }, 15000).all?.b, 15000);
  assert.ok(
    makeCurves(large, { alpha: 1, beta: 1 }, 15000).minibatches.every(({ b }) => b < 15000),
  );
});

test("the names are inside of the picture, also at its right edge and where it is narrow", () => {
  const cost = { alpha: 1e-3, beta: 1e-15 };
  for (const [width, b, winner] of [
    [420, 500, "minibatch"],
    [346, 750, "minibatch"],
    [800, 1, "GD"],
    [346, 1, "GD"],
  ]) {
    const some = [
      { b: Infinity, steps: winner === "GD" ? 3 : 90, lr: 0.9 },
      { b: Number(b), steps: 9, lr: 0.1 },
    ];
    const curves = makeCurves(some, cost, 1500000);
    const size = { width: Number(width), height: 430 };
    const { svg } = drawPanels(curves, cost, domainsOf(curves, cost), size);
    const notes = svg.matchAll(/lab-note" x="([\d.]+)"[^>]*?(?: text-anchor="(\w+)")?>([^<]*)</g);
    let seen = 0;
    for (const [, x, anchor, name] of notes) {
      if (!/GD|best/.test(name)) continue;
      const share = { start: 1, middle: 0.5, end: 0 }[anchor ?? "start"] ?? 1;
      assert.ok(Number(x) + share * 5.6 * name.length <= Number(width), `${name} at ${x}`);
      assert.ok(Number(x) - (1 - share) * 5.6 * name.length >= 0, `${name} at ${x}`);
      seen += 1;
    }
    assert.equal(seen, 2);
  }
});

test("a position on a log scale leads back to its value", () => {
  const scale = makeScale({ low: 1e-6, high: 1, log: true }, 200, 100);
  for (const value of [1e-6, 3e-4, 1]) {
    assert.ok(Math.abs(valueAt(scale, scale(value)) / value - 1) < 1e-9);
  }
});

test("the corner is at α/β, within the picture; domains are whole decades", () => {
  assert.equal(cornerOf({ alpha: 6, beta: 2 }, 1500), 3);
  assert.equal(cornerOf({ alpha: 6, beta: 0 }, 1500), 1500);
  assert.equal(cornerOf({ alpha: 1, beta: 2 }, 1500), 1);
  assert.deepEqual(decadesAround([3, 40, 5000]), { low: 1, high: 10000, log: true });
  assert.deepEqual(decadesAround([10, 20]), { low: 10, high: 1000, log: true });
});

test("the words name the best batch, gradient descent and their ratio", () => {
  const curves = makeCurves(needs, { alpha: 1e-4, beta: 1e-7 }, 1500);
  const { best, all } = curves;
  assert.ok(best && all);
  assert.ok(
    describeCurves(curves, "0.26").includes(`best minibatch is b = ${best.b}: ${best.steps} `),
  );
  const few = needs.map((need) => ({ ...need, steps: need.b === Infinity ? 1 : 9 }));
  const text = describeCurves(makeCurves(few, { alpha: 1e-4, beta: 1e-8 }, 1500), "0.26");
  assert.match(text, /gradient descent is the fastest, on 1,500 rows: \d+ steps? × [\d.]+ µs = /);
  const copied = makeCurves(needs, { alpha: 1e-4, beta: 1e-7 }, 1500000);
  assert.match(
    describeCurves(copied, "0.26"),
    /Nothing is faster\. Gradient descent, on 1,500,000 rows.* times as long\.$/,
  );
  assert.match(describeRing({ alpha: 1e-4, beta: 1e-7 }), /^Ring: b = α\/β = 1,000 rows, where /);
  assert.match(describeRing({ alpha: 1e-4, beta: 0 }), /^Ring: b = α\/β, where /);
  assert.equal(numberRows(copied).at(-1)?.[0], "1,500,000");
  assert.match(describeProgress(3), /3 of 11 batch sizes/);
  assert.match(describeProgress(11, 3000), /count the steps of b = 3,000\.$/);
  const timed = makeCurves(needs, { alpha: 1.234e-4, beta: 1.234e-7, digits: 2 }, 1500);
  assert.match(describeCurves(timed, "0.26"), /steps? × \d(\.\d|\d\d?)? µs = /);
  assert.match(describeCurves(timed, "0.26"), /, \d+(\.\d)? times as long\.$/);
});
