// The map: a picture of all batch sizes and rates, and the control that chooses among them.

/** @import { LabSettings } from "./settings.js" */
/** @import { TheoryLines } from "./lines.js" */
import { element } from "../parts/elements.js";
import { followSize } from "../parts/plot_size.js";
import { followDragging, followKeys } from "../parts/pointing.js";
import { CELLS, COLUMNS_OF_MAP, positionIn, settingsOfCell } from "./cells.js";
import { makeColorScale, paintCells } from "./map_canvas.js";
import { mapFrame, mapSvg, markSvg } from "./map_svg.js";
import { mapSummary, mapTable } from "./map_words.js";
import { BATCH_SIZES, RATES } from "./settings.js";

const LAST_ROW = BATCH_SIZES.length - 1;
const LAST_COLUMN = RATES.length - 1;
/** Steps in the map by keys beside the arrows: across, and up. */
const MORE_KEYS = /** @type {Record<string, [number, number]>} */ ({
  PageDown: [0, -5],
  PageUp: [0, 5],
  Home: [-LAST_COLUMN, 0],
  End: [LAST_COLUMN, 0],
});

export class MapView {
  excess = new Float64Array(CELLS).fill(NaN);
  /** @type {TheoryLines} */
  lines = { limits: [], best: [] };
  hidesLimit = false;
  #size = { width: 360, height: 260 };
  #canvas = element("canvas", { width: RATES.length, height: BATCH_SIZES.length });
  #scale = makeColorScale();
  #table = element("div", { class: "lab-table", tabindex: 0, role: "region" });
  #svg;
  #choose;
  #close;
  /** @type {{ batch_size: number, lr: number }} */
  #chosen = settingsOfCell(0);

  /** @param {(changes: Partial<LabSettings>) => void} choose */
  constructor(choose) {
    this.#choose = choose;
    this.plot = element("div", { class: "lab-plot lab-map-plot" }, this.#canvas);
    this.plot.insertAdjacentHTML("beforeend", '<svg tabindex="0" role="application"></svg>');
    this.#svg = /** @type {SVGSVGElement} */ (this.plot.lastElementChild);
    this.#table.setAttribute("aria-label", "Numbers of the map");
    const summary = element("summary", {}, "Numbers of the map");
    this.numbers = element("details", { ontoggle: () => this.#fillTable() }, summary, this.#table);
    this.caption = element("figcaption", { class: "lab-caption" });
    this.figure = element("figure", { class: "lab-map" }, this.plot, this.caption);
    this.#close = followSize(this.plot, (width, height) => this.#resize(width, height));
    followDragging(this.#svg, (x, y) => this.#chooseAt(x, y));
    followKeys(this.#svg, (right, up) => this.#walk(right, up), MORE_KEYS);
  }

  close() {
    this.#close();
  }

  /**
   * @param {number} right
   * @param {number} up
   */
  #walk(right, up) {
    const { batch_size, lr } = this.#chosen;
    const row = Math.round(positionIn(BATCH_SIZES, batch_size));
    this.#chooseCell(row + up, Math.round(positionIn(RATES, lr)) + right);
  }

  /**
   * @param {number} x
   * @param {number} y
   */
  #chooseAt(x, y) {
    const { left, right, top, bottom } = mapFrame(this.#size);
    const row = ((bottom - y) / (bottom - top)) * BATCH_SIZES.length;
    const column = ((x - left) / (right - left)) * RATES.length;
    this.#chooseCell(Math.floor(row), Math.floor(column));
  }

  /**
   * @param {number} row
   * @param {number} column
   */
  #chooseCell(row, column) {
    const inRow = Math.max(0, Math.min(LAST_COLUMN, column));
    const cell = Math.max(0, Math.min(LAST_ROW, row)) * COLUMNS_OF_MAP + inRow;
    const { batch_size, lr } = settingsOfCell(cell);
    if (batch_size !== this.#chosen.batch_size || lr !== this.#chosen.lr) {
      this.#choose({ batch_size, lr });
    }
  }

  /**
   * @param {number} width
   * @param {number} height
   */
  #resize(width, height) {
    this.#size = { width, height };
    const { left, right, top, bottom } = mapFrame(this.#size);
    const box = { left, top, width: right - left, height: bottom - top };
    for (const [name, value] of Object.entries(box)) {
      this.#canvas.style.setProperty(name, `${value}px`);
    }
    this.#canvas.style.visibility = "visible"; // until now it had no place
    this.#svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.draw();
  }

  /**
   * Show which cell is chosen.
   *
   * @param {{ batch_size: number, lr: number }} chosen
   */
  show({ batch_size, lr }) {
    this.#chosen = { batch_size, lr };
    const mark = this.#svg.querySelector(".lab-map-mark");
    if (mark) mark.innerHTML = markSvg(this.#size, this.#chosen);
    this.#describe();
  }

  /** Paint the cells that are trained so far. */
  paint() {
    paintCells(this.#canvas, this.excess);
  }

  /** Draw axes, lines and marks; the cells are painted below them. */
  draw() {
    const lines = this.hidesLimit ? { ...this.lines, limits: [] } : this.lines;
    this.#svg.innerHTML = mapSvg(this.#size, lines);
    this.show(this.#chosen);
    this.#fillTable();
  }

  /** @param {string} text */
  explain(text) {
    this.caption.replaceChildren(text, this.#scale);
    this.#describe();
    this.#fillTable();
  }

  #describe() {
    this.#svg.setAttribute("aria-label", mapSummary(this.excess, this.#chosen));
  }

  #fillTable() {
    const lines = this.hidesLimit ? { ...this.lines, limits: [] } : this.lines;
    if (this.numbers.open) this.#table.innerHTML = mapTable(this.excess, lines);
  }
}
