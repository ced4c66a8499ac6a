// The map: a picture of all batch sizes and rates, and the control that chooses among them.

/** @import { LabSettings } from "./settings.js" */
/** @import { TheoryLines } from "./lines.js" */
import { element, showTable } from "../parts/elements.js";
import { followSize } from "../parts/plot_size.js";
import { followDragging, followKeys } from "../parts/pointing.js";
import { CELLS, COLUMNS_OF_MAP, settingsOfCell } from "./cells.js";
import { makeColorScale, paintCells } from "./map_canvas.js";
import { MORE_KEYS, walkFrom } from "./map_keys.js";
import { mapFrame, mapSvg, markSvg } from "./map_svg.js";
import { mapSummary, mapTable } from "./map_words.js";
import { BATCH_SIZES, RATES } from "./settings.js";

const LAST_ROW = BATCH_SIZES.length - 1;
const LAST_COLUMN = RATES.length - 1;

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
    followKeys(
      this.#svg,
      (right, up) => this.#change(walkFrom(this.#chosen, right, up)),
      MORE_KEYS,
    );
  }

  close() {
    this.#close();
  }

  /**
   * @param {number} x
   * @param {number} y
   */
  #chooseAt(x, y) {
    const { left, right, top, bottom } = mapFrame(this.#size);
    const row = ((bottom - y) / (bottom - top)) * BATCH_SIZES.length;
    const column = ((x - left) / (right - left)) * RATES.length;
    const inRow = Math.max(0, Math.min(LAST_COLUMN, Math.floor(column)));
    const cell = Math.max(0, Math.min(LAST_ROW, Math.floor(row))) * COLUMNS_OF_MAP + inRow;
    this.#change(settingsOfCell(cell));
  }

  /** @param {{ batch_size: number, lr: number }} chosen */
  #change({ batch_size, lr }) {
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

  /** The lines that are not hidden. */
  get #seen() {
    return this.hidesLimit ? { ...this.lines, limits: [] } : this.lines;
  }

  /** Draw axes, lines and marks; the cells are painted below them. */
  draw() {
    this.#svg.innerHTML = mapSvg(this.#size, this.#seen);
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
    this.#svg.setAttribute("aria-label", mapSummary(this.excess, this.#chosen, this.#seen));
  }

  #fillTable() {
    if (this.numbers.open) showTable(this.#table, mapTable(this.excess, this.#seen));
  }
}
