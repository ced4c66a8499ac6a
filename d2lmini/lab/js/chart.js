// Draws one picture as SVG, reads values off it, and keeps the table behind it.
import { makeScale, short } from "./scale.js";

const WIDTH = 340, HEIGHT = 236;
const FRAME = { left: 50, right: 20, top: 12, bottom: 42 };
const INNER = [FRAME.left, FRAME.top, WIDTH - FRAME.left - FRAME.right, HEIGHT - FRAME.top - FRAME.bottom];
const MOST_ROWS = 300; // of a table, for one run

/** Make an empty picture: a figure with a title, a drawing, a line to read values off, a table. */
export function makeChart(title, columns) {
  const figure = document.createElement("figure");
  figure.className = "lab-chart";
  figure.innerHTML =
    `<h3>${title}</h3><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" tabindex="0"></svg>` +
    `<output class="lab-readout" aria-live="polite"></output>` +
    `<details><summary>Numbers: ${title.toLowerCase()}</summary><div class="lab-table" tabindex="0" role="region"></div></details>`;
  const [svg, readout, details] = ["svg", "output", "details"].map((tag) => figure.querySelector(tag));
  const chart = { figure, svg, readout, title, columns, at: -1 };
  figure.querySelector(".lab-table").setAttribute("aria-label", `Numbers: ${title}`);
  details.addEventListener("toggle", () => fillTable(chart, details));
  chart.details = details;
  svg.addEventListener("pointermove", (event) => readNearest(chart, event));
  svg.addEventListener("pointerleave", () => read(chart, -1));
  svg.addEventListener("blur", () => read(chart, -1));
  svg.addEventListener("keydown", (event) => walk(chart, event));
  return chart;
}

/**
 * Draw a picture.
 *
 * `series` are lines {points: [[x, y], …], color, dash, dots, label}; the first is the one that is
 * read off, and `describe(point)` says it in words. `shapes` and `above` are more SVG behind
 * the lines and before them, made by functions of the two scales; `levels` are horizontal lines {y, label}; `summary` is the picture in words.
 */
export function draw(chart, { x, y, xlabel, ylabel, series, shapes, above, levels = [], summary, describe }) {
  const px = makeScale(x, FRAME.left, WIDTH - FRAME.right);
  const py = makeScale(y, HEIGHT - FRAME.bottom, FRAME.top);
  chart.places = series[0].points.map(([a, b]) => [px(a), py(b)]);
  chart.points = series[0].points;
  chart.series = series;
  chart.describe = describe;
  chart.at = -1;
  chart.readout.textContent = "";
  chart.svg.setAttribute("aria-label", `${chart.title}. ${summary}`);
  chart.svg.innerHTML =
    axes(px, py, xlabel, ylabel) +
    inner() + // an inner drawing clips what leaves the frame, and needs no id for that
    levels.map((level) => levelLine(level, py)).join("") +
    (shapes ? shapes(px, py) : "") +
    [...series].reverse().map((s) => line(s, px, py)).join("") +
    (above ? above(px, py) : "") +
    `</svg><g class="lab-mark"></g>`;
  if (chart.details.open) fillTable(chart, chart.details);
}

function inner() {
  const [x, y, width, height] = INNER;
  return `<svg x="${x}" y="${y}" width="${width}" height="${height}" viewBox="${INNER.join(" ")}">`;
}

function axes(px, py, xlabel, ylabel) {
  const bottom = HEIGHT - FRAME.bottom;
  const vertical = px.ticks.map((t) => {
    const at = px(t).toFixed(1);
    return `<line class="lab-grid" x1="${at}" x2="${at}" y1="${FRAME.top}" y2="${bottom}"/><text x="${at}" y="${bottom + 15}" text-anchor="middle">${short(t)}</text>`;
  });
  const horizontal = py.ticks.map((t) => {
    const at = py(t).toFixed(1);
    return `<line class="lab-grid" x1="${FRAME.left}" x2="${WIDTH - FRAME.right}" y1="${at}" y2="${at}"/><text x="${FRAME.left - 6}" y="${+at + 4}" text-anchor="end">${short(t)}</text>`;
  });
  const middle = (FRAME.top + bottom) / 2;
  return (
    vertical.join("") + horizontal.join("") +
    `<path class="lab-axis" d="M${FRAME.left} ${FRAME.top}V${bottom}H${WIDTH - FRAME.right}"/>` +
    `<text x="${(FRAME.left + WIDTH - FRAME.right) / 2}" y="${HEIGHT - 8}" text-anchor="middle">${xlabel}</text>` +
    `<text transform="translate(12 ${middle}) rotate(-90)" text-anchor="middle">${ylabel}</text>`
  );
}

function levelLine({ y, label }, py) {
  const at = py(y).toFixed(1);
  return `<line class="lab-level" x1="${FRAME.left}" x2="${WIDTH - FRAME.right}" y1="${at}" y2="${at}"/><text class="lab-note" x="${WIDTH - FRAME.right - 4}" y="${+at + 11}" text-anchor="end">${label}</text>`;
}

/** Places far outside are kept near by, or the browser stops drawing. */
const near = (value) => Math.max(-9999, Math.min(9999, value)).toFixed(1);

function line({ points, color, dash = "", dots = true, width = 1.8 }, px, py) {
  const shown = points.filter(([a, b]) => Number.isFinite(px(a)) && Number.isFinite(b));
  const at = shown.map(([a, b]) => `${near(px(a))} ${near(py(b))}`);
  if (!at.length) return "";
  const marks = dots && at.length <= 90
    ? `<path d="${at.map((place) => `M${place}h0`).join("")}" stroke-width="5" stroke-linecap="round"/>`
    : "";
  return `<g fill="none" stroke="${color}"><path d="M${at.join("L")}" stroke-width="${width}" stroke-dasharray="${dash}"/>${marks}</g>`;
}

/** Mark the point of that number and say it; -1 for none. */
function read(chart, number) {
  chart.at = number;
  const mark = chart.svg.querySelector(".lab-mark");
  if (!mark) return;
  const place = chart.places[number];
  mark.innerHTML = place
    ? `<circle cx="${near(place[0])}" cy="${near(Math.max(FRAME.top, place[1]))}" r="6"/>`
    : "";
  chart.readout.textContent = place ? chart.describe(chart.points[number], number) : "";
}

function readNearest(chart, event) {
  if (!chart.places) return;
  const box = chart.svg.getBoundingClientRect();
  const x = ((event.clientX - box.left) / box.width) * WIDTH;
  const y = ((event.clientY - box.top) / box.height) * HEIGHT;
  let nearest = 0;
  const far = ([a, b]) => (a - x) ** 2 + 0.2 * (b - y) ** 2;
  chart.places.forEach((place, i) => {
    if (far(place) < far(chart.places[nearest])) nearest = i;
  });
  read(chart, nearest);
}

function walk(chart, event) {
  const last = (chart.places?.length ?? 0) - 1;
  const to = {
    ArrowRight: Math.min(last, chart.at + 1), ArrowLeft: Math.max(0, chart.at - 1), Home: 0, End: last,
    PageDown: Math.min(last, chart.at + 50), PageUp: Math.max(0, chart.at - 50),
  }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  read(chart, to);
}

function fillTable(chart, details) {
  if (!details.open || !chart.series) return;
  const rows = chart.series.flatMap(({ label, points }) =>
    thin(points).map(([a, b]) => `<tr><td>${label}</td><td>${short(a, 4)}</td><td>${short(b, 5)}</td></tr>`));
  const head = ["run", ...chart.columns].map((name) => `<th scope="col">${name}</th>`).join("");
  details.querySelector(".lab-table").innerHTML =
    `<table><thead><tr>${head}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

/** At most so many of the points, evenly spread, the last one always. */
function thin(points) {
  const every = Math.ceil(points.length / MOST_ROWS);
  return points.filter((_, k) => k % every === 0 || k === points.length - 1);
}
