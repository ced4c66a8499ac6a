// The four pictures of the lab: what is drawn, of which numbers.
import { draw, makeChart } from "./chart.js";
import { short } from "./scale.js";
import { limitName, time } from "./words.js";

export const NAMES = ["frequency", "angle", "chord", "velocity", "thickness", "bias"];
const LOSS = { low: 0.22, high: 0.5 };
const CLOCK = { low: 0.001, high: 10 }; // milliseconds
const HISTOGRAM = { low: -5, high: 7 };

export function makePictures() {
  return {
    examples: makeChart("Loss against examples seen", ["examples seen", "loss"]),
    clock: makeChart("Loss against time in this browser", ["time [ms]", "loss"]),
    path: makeChart("The path of two weights", ["first weight", "second weight"]),
    noise: makeChart("Minibatch gradients", ["share of the full gradient", "frequency, scaled"]),
  };
}

/** Draw all four; `shown` are the runs, the present one first, and `axes` the two chosen weights. */
export function drawAll(pictures, problem, shown, axes) {
  drawExamples(pictures.examples, problem, shown);
  drawClock(pictures.clock, problem, shown);
  drawPath(pictures.path, problem, shown, axes);
  drawNoise(pictures.noise, shown[0]);
}

const look = ({ color, dash, name }) => ({ color, dash, label: name });
const floorOf = (problem) => [{ y: problem.floor, label: `floor ${problem.floor.toFixed(5)}` }];

function drawExamples(chart, problem, shown) {
  const series = shown.map((one) => ({
    ...look(one), points: one.log.map((p) => [p.examples, p.loss]),
  }));
  const most = Math.max(...shown.map((one) => one.planned));
  draw(chart, {
    x: { low: 0, high: most }, y: LOSS, xlabel: "examples seen", ylabel: "loss", series,
    levels: floorOf(problem), summary: shown[0].sentence,
    describe: ([x, y]) => `after ${x.toLocaleString("en")} examples the loss is ${short(y, 5)}`,
  });
}

function drawClock(chart, problem, shown) {
  const series = shown.map((one) => ({
    ...look(one), points: one.log.filter((p) => p.seconds > 0).map((p) => [1e3 * p.seconds, p.loss]),
  }));
  const times = series.flatMap(({ points }) => points.map(([x]) => x));
  draw(chart, {
    x: { ...clockRange(times), log: true }, y: LOSS, xlabel: "training time [ms]",
    ylabel: "loss", series, levels: floorOf(problem),
    summary: `The time axis is logarithmic. ${shown[0].sentence}`,
    describe: ([x, y]) => `after ${time(x / 1e3)} the loss is ${short(y, 5)}`,
  });
}

/** The same axis for all runs, so that a faster run is further to the left; wider if it must be. */
export function clockRange(times) {
  return {
    low: 10 ** Math.floor(Math.log10(Math.min(CLOCK.low, ...times)) + 1e-9),
    high: 10 ** Math.ceil(Math.log10(Math.max(CLOCK.high, ...times)) - 1e-9),
  };
}

/** The weights i and j at every point of a path. */
function pointsOf({ weights, points }, i, j) {
  return Array.from({ length: points }, (_, k) => [weights[6 * k + i], weights[6 * k + j]]);
}

function drawPath(chart, problem, shown, [i, j]) {
  const runs = shown.filter((one) => one.path);
  const { best } = problem;
  const span = (k) => [Math.min(0, best[k]) - 0.45, Math.max(0, best[k]) + 0.45];
  const [[xLow, xHigh], [yLow, yHigh]] = [span(i), span(j)];
  const { path, limit, settings } = runs[0];
  const lines = runs.map((one) => pointsOf(one.path, i, j));
  const end = lines[0].at(-1);
  const rate = limit
    ? ` The learning rate is ${short(settings.lr / limit.rate)} times the ${limitName(limit, settings)}.`
    : "";
  draw(chart, {
    x: { low: xLow, high: xHigh }, y: { low: yLow, high: yHigh },
    xlabel: `weight of ${NAMES[i]}`, ylabel: `weight of ${NAMES[j]}`,
    series: runs.map((one, k) => ({ ...look(one), width: lines[k].length > 90 ? 0.8 : 1.4, points: lines[k] })),
    shapes: (px, py) => contours(problem, i, j, px, py),
    above: (px, py) => cross(px(best[i]), py(best[j])) + (limit ? gauge(limit.rate, settings.lr) : ""),
    summary:
      `Ellipses are contours of the loss, the cross is the minimum at ${short(best[i])}, ${short(best[j])}. ` +
      `The path ends at ${short(end[0])}, ${short(end[1])}.${rate}`,
    describe: ([a, b], number) => `after step ${path.steps[number]}: ${NAMES[i]} ${short(a)}, ${NAMES[j]} ${short(b)}`,
  });
}

/** Contours of a quadratic are ellipses; the other weights are held at the minimum. */
function contours({ H, best }, i, j, px, py) {
  const a = Math.sqrt(H[i][i]);
  const b = H[i][j] / a;
  const c = Math.sqrt(Math.max(1e-12, H[j][j] - b * b));
  return [0.004, 0.016, 0.04, 0.09, 0.18, 0.35].map((height) => {
    const radius = Math.sqrt(2 * height);
    const places = [];
    for (let k = 0; k < 56; k++) {
      const angle = (2 * Math.PI * k) / 56;
      const v = (radius * Math.sin(angle)) / c;
      const u = (radius * Math.cos(angle) - b * v) / a;
      places.push(`${px(best[i] + u).toFixed(1)} ${py(best[j] + v).toFixed(1)}`);
    }
    return `<path class="lab-contour" d="M${places.join("L")}Z"/>`;
  }).join("");
}

const cross = (x, y) =>
  `<path class="lab-cross" d="M${(x - 7).toFixed(1)} ${y.toFixed(1)}h14M${x.toFixed(1)} ${(y - 7).toFixed(1)}v14"/>`;

/** A ruler of learning rates: how far the present one is from the stability limit. */
function gauge(limit, lr) {
  const [from, to] = [190, 312];
  const place = (rate) => from + ((to - from) * Math.min(rate / limit, 1.25)) / 1.25;
  return (
    `<path class="lab-ruler" d="M${from} 44H${to}M${place(limit).toFixed(1)} 38v12"/>` +
    `<text class="lab-note" x="${place(limit).toFixed(1)}" y="33" text-anchor="middle">limit ${limit.toFixed(3)}</text>` +
    `<path class="lab-needle" d="M${place(lr).toFixed(1)} 44l-5 10h10z"/>` +
    `<text class="lab-note" x="${from - 6}" y="48" text-anchor="end">rate</text>`
  );
}

const note = (y, text) => `<text class="lab-note" x="58" y="${y}">${text}</text>`;

function drawNoise(chart, { noise, settings }) {
  const { values, sigma, total } = noise;
  const width = Math.max(0.02, sigma / 3);
  const counts = new Map();
  for (const value of values) {
    const bin = Math.round((value - 1) / width);
    counts.set(bin, (counts.get(bin) ?? 0) + 1);
  }
  const peak = sigma > 0.01 ? (values.length * width) / (sigma * Math.sqrt(2 * Math.PI)) : values.length;
  const bars = [...counts].sort((a, b) => a[0] - b[0]).map(([bin, count]) => [1 + bin * width, count / peak]);
  const theory = [];
  for (let k = -40; k <= 40; k++) theory.push([1 + (k / 10) * sigma, Math.exp(-((k / 10) ** 2) / 2)]);
  const spread = Math.sqrt(values.reduce((sum, v) => sum + (v - 1) ** 2, 0) / values.length);
  draw(chart, {
    x: HISTOGRAM, y: { low: 0, high: 2 }, xlabel: "along the full gradient, in its lengths",
    ylabel: "frequency, scaled",
    series: [{ label: "drawn", points: bars, color: "none", dots: false },
      { label: "theory", points: sigma > 0 ? theory : [[1, 0], [1, 1]], color: "currentColor", dots: false }],
    shapes: (px, py) => bars.map(([x, y]) => {
      const [left, right] = [px(x - width / 2), px(x + width / 2)];
      return `<rect class="lab-bar" x="${left.toFixed(1)}" width="${Math.max(0.8, right - left - 0.5).toFixed(1)}" y="${py(y).toFixed(1)}" height="${(py(0) - py(y)).toFixed(1)}"/>`;
    }).join(""),
    above: () => note(26, `along it: drawn ${short(spread)}, theory ${short(sigma)}`) +
      note(40, `in all directions: theory ${short(total)}`),
    summary: `${values.length} minibatches of ${settings.batch_size} drawn at the start; 1 is the full gradient. ` +
      `Along it they deviate by ${short(spread)} of its length, in theory by ${short(sigma)}; ` +
      `in all directions together, in theory by ${short(total)}.`,
    describe: ([x, y]) => `around ${short(x)}: ${short(y, 2)} of the peak in theory`,
  });
}
