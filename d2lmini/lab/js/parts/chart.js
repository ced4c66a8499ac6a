// One picture: draws a plot, reads values off it by pointer or keyboard, fills its table.

/** @import { Plot } from "./described_plot.js" */
/** @import { Point } from "./plot.js" */
import { axesSvg, clippedSvg, HEIGHT, levelSvg, makeFrame, WIDTH } from "./axes.js";
import { showTable } from "./elements.js";
import { formatCoordinate, seriesSvg } from "./plot.js";
import { areSamePoints, nearestPoint, pointByKey } from "./reading.js";
import { makeScale } from "./scale.js";
import { tableHtml } from "./table.js";

/** An empty picture: a figure with a title, a drawing, a line to read values off, a table. */
export class Chart {
  /** @type {Plot | null} */
  #plot = null;
  /** @type {Point[]} */
  #points = [];
  /** @type {Point[]} */
  #positions = [];
  #selected = -1;
  #width = WIDTH;
  #height = HEIGHT;
  #frame = makeFrame(WIDTH, HEIGHT);
  #axes = "";

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
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" tabindex="0">
<g></g><g></g><g class="lab-mark"></g></svg>
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
    const leave = () => {
      if (!this.#plot?.choose) this.#select(-1);
    };
    svg.addEventListener("pointerdown", (event) => this.#selectNearest(event));
    svg.addEventListener("pointermove", (event) => this.#selectNearest(event));
    svg.addEventListener("pointerleave", leave);
    svg.addEventListener("blur", leave);
    svg.addEventListener("keydown", (event) => this.#selectByKey(event));
  }

  /**
   * Draw the picture in another size, in pixels.
   *
   * @param {number} width
   * @param {number} height
   */
  resize(width, height) {
    [this.#width, this.#height, this.#frame] = [width, height, makeFrame(width, height)];
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    if (this.#plot) this.draw(this.#plot);
  }

  /** @param {Plot} plot */
  draw(plot) {
    const { series, levels = [], behind, above } = plot;
    const frame = this.#frame;
    const px = makeScale(plot.x, frame.left, frame.right);
    const py = makeScale(plot.y, frame.bottom, frame.top);
    const points = plot.points ?? series[0].points;
    const kept = areSamePoints(points, this.#points) ? this.#selected : -1; // a reader is at it
    this.#plot = plot;
    this.#points = points;
    this.#positions = this.#points.map(([x, y]) => [px(x), py(y)]);
    this.svg.setAttribute("aria-label", `${this.title}. ${plot.summary}`);
    const layers = [
      ...levels.map((level) => levelSvg(level, py, frame)),
      behind?.(px, py) ?? "",
      ...[...series].reverse().map((one) => seriesSvg(one, px, py)),
      above?.(px, py) ?? "",
    ];
    const [axes, content] = this.svg.children;
    const axesNow = axesSvg(px, py, plot.xlabel, plot.ylabel, frame);
    if (axesNow !== this.#axes) axes.innerHTML = axesNow; // most often only the lines change
    this.#axes = axesNow;
    content.innerHTML = clippedSvg(layers.join(""), frame);
    this.#select(plot.selected ?? kept);
    this.#fillTable();
  }

  #fillTable() {
    const table = this.details.querySelector(".lab-table");
    if (!table || !this.details.open || !this.#plot) return;
    showTable(table, tableHtml(this.columns, this.#plot.series));
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
    const [x, y] = [position[0], Math.max(this.#frame.top, position[1])].map(formatCoordinate);
    mark.innerHTML = `<circle cx="${x}" cy="${y}" r="6"/>`;
    this.readout.textContent = this.#plot.describe(this.#points[index], index);
  }

  /** @param {PointerEvent} event */
  #selectNearest(event) {
    if (!this.#plot) return;
    const box = this.svg.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * this.#width;
    const y = ((event.clientY - box.top) / box.height) * this.#height;
    this.#choose(nearestPoint(this.#positions, x, y));
  }

  /** @param {KeyboardEvent} event */
  #selectByKey(event) {
    const index = pointByKey(event.key, this.#selected, this.#positions.length - 1);
    if (index === undefined) return;
    event.preventDefault();
    this.#choose(index);
  }

  /** @param {number} index */
  #choose(index) {
    if (index === this.#selected || !this.#positions[index]) return;
    this.#select(index);
    this.#plot?.choose?.(index);
  }
}
