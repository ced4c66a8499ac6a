// Four ways to multiply: their progress, the clock, the words, and what is drawn.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Clock } from "../../d2lmini/lab/js/products/clock.js";
import { barsSvg, filledSvg } from "../../d2lmini/lab/js/products/pictures.js";
import { makeWays, nextToEnd, progressAt, ranked } from "../../d2lmini/lab/js/products/ways.js";
import {
  duration,
  leftInWords,
  paceInWords,
  questionInWords,
  stateInWords,
  waysHtml,
} from "../../d2lmini/lab/js/products/words.js";

const SECONDS = { element: 0.65536, column: 0.0256, "block of 64": 0.0008, full: 0.0002 };
const ways = makeWays(SECONDS, 256);
const [element, column, block, full] = ways;

test("each way has its number of calls, also where a block is more than the matrix", () => {
  assert.deepEqual(
    ways.map((way) => way.calls),
    [65536, 256, 4, 1],
  );
  assert.deepEqual(
    makeWays(SECONDS, 48).map((way) => way.calls),
    [2304, 48, 1, 1],
  );
  assert.equal(makeWays(SECONDS, 100)[2].calls, 2);
});

test("elements fill row after row, columns and blocks from left to right", () => {
  const { calls, row, column: at } = progressAt(element, 256, 0.003);
  assert.deepEqual([calls, row, at], [300, 1, 44]);
  const halfway = progressAt(column, 256, 0.00105);
  assert.deepEqual([halfway.calls, halfway.row, halfway.column], [10, 0, 10]);
  assert.ok(Math.abs(halfway.part - 0.5) < 1e-9);
  assert.equal(progressAt(block, 256, 0.0005).column, 128);
  assert.equal(progressAt(full, 256, 0.0001).calls, 0);
});

test("at its time a way is done, and stays so", () => {
  for (const way of ways) {
    for (const time of [way.seconds, 7 * way.seconds]) {
      const { calls, row, part } = progressAt(way, 256, time);
      assert.deepEqual([calls, row, part], [way.calls, 256, 0]);
    }
  }
});

test("the rank is that of the times, not of the names", () => {
  const reversed = makeWays({ element: 1, column: 2, "block of 64": 3, full: 4 }, 256);
  assert.deepEqual(
    ranked(reversed).map((way) => way.name),
    ["element", "column", "block of 64", "full"],
  );
  assert.equal(nextToEnd(reversed, 2)?.name, "block of 64");
  assert.equal(nextToEnd(reversed, 4), null);
  assert.match(
    paceInWords(reversed, 0.5),
    /^Sped up 2 times\. .* slowest \(all at once\) needs 2 s: 4 times .* \(element by element\)/,
  );
});

test("the square shows whole calls, and the current one as far as it is", () => {
  const third = filledSvg(element, 256, progressAt(element, 256, 0.003));
  assert.match(third, /d="M0 0H256V1H0ZM0 1H44V2H0Z"/);
  assert.match(third, /<circle [^>]*cx="44.5" cy="1.5"/);
  const blocks = filledSvg(block, 256, progressAt(block, 256, 0.0003));
  assert.match(blocks, /d="M0 0H64V256H0Z"\/><rect x="64" y="0" width="64" .* opacity="0.300"/);
  assert.doesNotMatch(blocks, /circle/);
  const done = filledSvg(element, 256, progressAt(element, 256, 1));
  assert.match(done, /^<path d="M0 0H256V256H0Z"\/><rect [^>]*opacity="0.000"\/>$/);
});

test("a decade is as wide everywhere on the axis of the bars", () => {
  const svg = barsSvg(makeWays({ element: 1, column: 0.1, "block of 64": 0.01, full: 0.001 }, 256));
  const widths = [...svg.matchAll(/products-bar[^>]*width="([\d.]+)"/g)].map(([, w]) => Number(w));
  for (const k of [0, 1]) {
    assert.ok(Math.abs(widths[k] - widths[k + 1] - (widths[k + 1] - widths[k + 2])) < 0.21);
  }
  assert.ok(widths[3] > 10);
});

test("a long time has two units", () => {
  const expected = {
    0.25: "250 ms",
    0.9999999: "1 s",
    12.34: "12.3 s",
    59.97: "1 min",
    2715: "45 min 15 s",
  };
  for (const [seconds, text] of Object.entries(expected)) {
    assert.equal(duration(Number(seconds)), text);
  }
  assert.equal(duration(7980), "2 h 13 min");
  assert.equal(duration(3 * 86400 + 5), "3 d");
});

test("what the slowest still needs counts down to nothing", () => {
  const said = [0, 0.6, 0.65536 - 0.00004, 0.65536].map((time) => leftInWords(ways, time, 5000));
  assert.deepEqual(said, [
    "The slowest (element by element) still needs 54 min 37 s.",
    "The slowest (element by element) still needs 4 min 37 s.",
    "The slowest (element by element) still needs 0.2 s.",
    "All four are done.",
  ]);
});

test("words and table have the measured numbers", () => {
  assert.equal(
    paceInWords(ways, 5000),
    "Slowed 5,000 times. At this pace the slowest (element by element) needs 54 min 37 s: " +
      "3,277 times as long as the fastest (all at once).",
  );
  assert.match(questionInWords(0.5), /^Sped up 2 times\. How long will the slowest need/);
  assert.equal(stateInWords(ways, 256, 0), "None of the four is done yet.");
  assert.equal(
    stateInWords(ways, 256, 0.0008),
    "After 800 µs of measured time: all at once done; 64 columns at a time done; " +
      "column by column 3.1 %; element by element 0.12 %.",
  );
  assert.match(
    waysHtml(ways, 256, 5000),
    /<td>64 columns at a time<\/td><td>4<\/td><td>800 µs<\/td><td>41.9<\/td><td>4<\/td><td>4 s</,
  );
});

test("the clock counts only while it runs and is seen", () => {
  /** @type {((milliseconds: number) => void)[]} */
  const waiting = [];
  const frames = {
    request: (/** @type {(milliseconds: number) => void} */ draw) => waiting.push(draw),
    cancel: () => waiting.splice(0),
  };
  const draw = (/** @type {number} */ milliseconds) => waiting.shift()?.(milliseconds);
  let drawn = 0;
  const clock = new Clock(() => drawn++, frames);
  clock.run(true);
  assert.equal(waiting.length, 0);
  clock.show(true);
  for (const milliseconds of [1000, 1250, 1500]) draw(milliseconds);
  assert.deepEqual([clock.seconds, drawn], [0.5, 3]);
  clock.show(false);
  assert.equal(waiting.length, 0);
  clock.show(true);
  draw(9000); // the time in between does not count
  assert.equal(clock.seconds, 0.5);
  clock.end = 0.75;
  draw(9900); // later than the end
  assert.equal(clock.seconds, 0.75);
  clock.run(false);
  assert.equal(waiting.length, 0);
});
