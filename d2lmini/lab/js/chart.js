// One picture: draws a plot, reads values off it by pointer or keyboard, fills its table.

/** @import { Level, Point, Series } from "./plot.js" */
/** @import { Domain, Scale } from "./scale.js" */
import {
  axesSvg,
  clippedSvg,
  FRAME,
  formatCoordinate,
  HEIGHT,
  levelSvg,
  seriesSvg,
  WIDTH,
} from "./plot.js";
import { makeScale } from "./scale.js";
import { tableHtml } from "./table.js";

/**
 * SVG made from the two scales.
 *
 * @typedef {(px: Scale, py: Scale) => string} MakeSvg
 */

/**
 * @typedef {object} Plot
 * @property {Domain} x
 * @property {Domain} y
 * @property {string} xlabel
 * @property {string} ylabel
 * @property {Series[]} series - Values are read off the first one.
 * @property {Level[]} [levels]
 * @property {MakeSvg} [behind] - More SVG behind the lines,
 * @property {MakeSvg} [above] - and in front of them.
 * @property {string} summary - The picture in words.
 * @property {(point: Point, index: number) => string} describe - A point in words.
 */

/** An empty picture: a figure with a title, a drawing, a line to read values off, a table. */
export class Chart {
  /** @type {Plot | null} */
  #plot = null;
  /** @type {Point[]} */
  #positions = [];
  #selected = -1;

  /**
   * @param {string} title
   * @param {string[]} columns - Of the table.
   */
  constructor(title, columns) {
    this.title = title;
    this.columns = columns;
    this.figure = document.createElement("figure");
    this.figure.className = "lab-chart";
    this.figure.innerHTML = `<h2>${title}</h2>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" tabindex="0"></svg>
<output class="lab-readout" aria-live="polite"></output>
<details><summary aria-label="Numbers: ${title}">Numbers</summary>
<div class="lab-table" tabindex="0" role="region" aria-label="Numbers: ${title}"></div>
</details>`.replaceAll("\n", "");
    const [, svg, readout, details] = this.figure.children;
    this.svg = svg;
    this.readout = readout;
    this.details = /** @type {HTMLDetailsElement} */ (details);
    this.#listen();
  }

  #listen() {
    const svg = /** @type {SVGSVGElement} */ (this.svg);
    this.details.addEventListener("toggle", () => this.#fillTable());
    svg.addEventListener("pointermove", (event) => this.#selectNearest(event));
    svg.addEventListener("pointerleave", () => this.#select(-1));
    svg.addEventListener("blur", () => this.#select(-1));
    svg.addEventListener("keydown", (event) => this.#selectByKey(event));
  }

  /** @param {Plot} plot */
  draw(plot) {
    const { series, levels = [], behind, above } = plot;
    const px = makeScale(plot.x, FRAME.left, FRAME.right);
    const py = makeScale(plot.y, FRAME.bottom, FRAME.top);
    this.#plot = plot;
    this.#positions = series[0].points.map(([x, y]) => [px(x), py(y)]);
    this.#selected = -1;
    this.readout.textContent = "";
    this.svg.setAttribute("aria-label", `${this.title}. ${plot.summary}`);
    const layers = [
      ...levels.map((level) => levelSvg(level, py)),
      behind?.(px, py) ?? "",
      ...[...series].reverse().map((one) => seriesSvg(one, px, py)),
      above?.(px, py) ?? "",
    ];
    const axes = axesSvg(px, py, plot.xlabel, plot.ylabel);
    this.svg.innerHTML = `${axes}${clippedSvg(layers.join(""))}<g class="lab-mark"></g>`;
    this.#fillTable();
  }

  #fillTable() {
    const table = this.details.querySelector(".lab-table");
    if (!table || !this.details.open || !this.#plot) return;
    table.innerHTML = tableHtml(this.columns, this.#plot.series);
  }

  /**
   * Mark a point and describe it; -1 for none.
   *
   * @param {number} index
   */
  #select(index) {
    this.#selected = index;
    const mark = this.svg.querySelector(".lab-mark");
    if (!mark || !this.#plot) return;
    mark.innerHTML = "";
    this.readout.textContent = "";
    const position = this.#positions[index];
    if (!position) return;
    const [x, y] = [position[0], Math.max(FRAME.top, position[1])].map(formatCoordinate);
    mark.innerHTML = `<circle cx="${x}" cy="${y}" r="6"/>`;
    this.readout.textContent = this.#plot.describe(this.#plot.series[0].points[index], index);
  }

  /** @param {PointerEvent} event */
  #selectNearest(event) {
    if (!this.#plot) return;
    const box = this.svg.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * WIDTH;
    const y = ((event.clientY - box.top) / box.height) * HEIGHT;
    const distances = this.#positions.map(([a, b]) => (a - x) ** 2 + 0.2 * (b - y) ** 2);
    this.#select(distances.reduce((best, d, i) => (d < distances[best] ? i : best), 0));
  }

  /** @param {KeyboardEvent} event */
  #selectByKey(event) {
    const last = this.#positions.length - 1;
    const index = {
      ArrowRight: Math.min(last, this.#selected + 1),
      ArrowLeft: Math.max(0, this.#selected - 1),
      Home: 0,
      End: last,
      PageDown: Math.min(last, this.#selected + 50),
      PageUp: Math.max(0, this.#selected - 50),
    }[event.key];
    if (index === undefined) return;
    event.preventDefault();
    this.#select(index);
  }
}
