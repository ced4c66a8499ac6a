// The curve that a cell draws: axes, lines, a text for those who do not see it, its numbers.

/** @import { Curve } from "./engine_types.js" */
/** @import { Series } from "../../../../d2lmini/lab/js/parts/plot.js" */
import { axesSvg, clippedSvg, makeFrame } from "../../../../d2lmini/lab/js/parts/axes.js";
import { seriesSvg } from "../../../../d2lmini/lab/js/parts/plot.js";
import { makeScale } from "../../../../d2lmini/lab/js/parts/scale.js";
import { tableHtml } from "../../../../d2lmini/lab/js/parts/table.js";
import { describe, domains, toSeries } from "./curve_data.js";

const WIDEST = 560;
const NARROWEST = 240;

/** @param {string} text */
const escaped = (text) =>
  Object.assign(document.createElement("i"), { textContent: text }).innerHTML;

/** @param {Series} series */
const swatch = ({ label, color, dash = "" }) =>
  `<span><svg width="26" height="8" aria-hidden="true"><path d="M1 4h24" fill="none" \
stroke="${color}" stroke-width="2" stroke-dasharray="${dash}"/></svg>${label}</span>`;

/** A figure with one picture. */
export class CurveFigure {
  /** @type {{ curve: Curve, reference?: Curve } | undefined} */
  #shown;
  #width = 0;
  #observer = new ResizeObserver(() => this.#fit());

  constructor() {
    this.element = document.createElement("figure");
    this.element.className = "d2l-live-curve";
    this.element.innerHTML = `<svg role="img"></svg><p class="d2l-live-legend"></p>
<p class="d2l-live-note"></p><details><summary>Numbers</summary><div class="d2l-live-numbers"
tabindex="0" role="region" aria-label="Numbers of the curve"></div></details>`;
    this.#observer.observe(this.element);
    this.#part("details").addEventListener("toggle", () => this.#fillTable());
  }

  close() {
    this.#observer.disconnect();
  }

  /**
   * @param {Curve} curve
   * @param {Curve} [reference] - That of the page's own code.
   */
  draw(curve, reference) {
    this.#shown = { curve, reference };
    this.#width = this.#room();
    const height = Math.round(Math.max(200, Math.min(270, this.#width * 0.55)));
    const frame = makeFrame(this.#width, height);
    const series = this.#series();
    const { x, y, note } = domains(curve, reference);
    const px = makeScale(x, frame.left, frame.right);
    const py = makeScale(y, frame.bottom, frame.top);
    const lines = [...series].reverse().map((one) => seriesSvg(one, px, py));
    const [xlabel, ylabel] = [escaped(curve.xlabel), escaped(curve.ylabel)];
    const svg = this.#part("svg");
    svg.innerHTML = axesSvg(px, py, xlabel, ylabel, frame) + clippedSvg(lines.join(""), frame);
    svg.setAttribute("viewBox", `0 0 ${this.#width} ${height}`);
    svg.setAttribute("width", String(this.#width));
    svg.setAttribute("aria-label", describe(curve, reference));
    this.#part(".d2l-live-legend").innerHTML = series.length > 1 ? series.map(swatch).join("") : "";
    this.#part(".d2l-live-note").textContent = note;
    this.#fillTable();
  }

  #series() {
    if (!this.#shown) return [];
    const series = toSeries(this.#shown.curve, this.#shown.reference);
    return series.map((one) => ({ ...one, label: escaped(one.label) }));
  }

  #room() {
    const room = this.element.clientWidth || WIDEST; // none in a page that is not laid out yet
    return Math.max(NARROWEST, Math.min(WIDEST, room));
  }

  #fit() {
    if (!this.#shown || this.#room() === this.#width) return;
    this.draw(this.#shown.curve, this.#shown.reference);
  }

  #fillTable() {
    const details = /** @type {HTMLDetailsElement} */ (this.#part("details"));
    if (!details.open || !this.#shown) return;
    const { xlabel, ylabel } = this.#shown.curve;
    const columns = [escaped(xlabel || "x"), escaped(ylabel || "y")];
    this.#part(".d2l-live-numbers").innerHTML = tableHtml(columns, this.#series());
  }

  /** @param {string} selector */
  #part(selector) {
    return /** @type {HTMLElement} */ (this.element.querySelector(selector));
  }
}
