// A handle at the corner of α + βb, where b = α/β: dragging it changes both numbers.

/** @import { StepCost } from "../engine/timing.js" */
/** @import { Scale } from "../parts/scale.js" */
import { cornerOf } from "./curves.js";
import { WIDEST } from "./panel.js";
import { valueAt } from "./picture.js";

/** @typedef {{ px: Scale, py: Scale }} Scales */

/** The sliders do the same for the keyboard. */
export class Handle {
  /** @type {Scales | null} */
  #scales = null;
  #svg;
  #mark;
  #ranges;
  dragging = false;

  /**
   * @param {SVGSVGElement} svg
   * @param {{ alpha: number[], beta: number[] }} ranges - In the units of the sliders.
   * @param {(cost: StepCost) => void} onDrag
   */
  constructor(svg, ranges, onDrag) {
    this.#svg = svg;
    this.#ranges = ranges;
    this.#mark = /** @type {SVGGElement} */ (svg.querySelector(".clock-handle"));
    // A finger on the ring drags it, and does not scroll; `touch-action` is not for parts of SVG.
    const keepPage = (/** @type {TouchEvent} */ event) => event.preventDefault();
    this.#mark.addEventListener("touchstart", keepPage, { passive: false });
    this.#mark.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      this.#mark.setPointerCapture(event.pointerId);
      this.dragging = true;
    });
    this.#mark.addEventListener("pointermove", (event) => {
      if (this.dragging) onDrag(this.#costAt(event));
    });
    for (const name of ["pointerup", "pointercancel"]) {
      this.#mark.addEventListener(name, () => {
        this.dragging = false;
        onDrag(this.#cost);
      });
    }
  }

  /** @type {StepCost} */
  #cost = { alpha: 1, beta: 1 };

  /**
   * @param {Scales} scales
   * @param {StepCost} cost
   */
  place(scales, cost) {
    this.#scales = scales;
    this.#cost = cost;
    const [x, y] = [scales.px(cornerOf(cost, WIDEST)), scales.py(cost.alpha)];
    this.#mark.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
  }

  /**
   * @param {PointerEvent} event
   * @returns {StepCost}
   */
  #costAt({ clientX, clientY }) {
    if (!this.#scales) return this.#cost;
    const { px, py } = this.#scales;
    const box = this.#svg.getBoundingClientRect();
    const scale = this.#svg.viewBox.baseVal.width / box.width;
    const corner = valueAt(px, scale * (clientX - box.left));
    const [top, bottom] = [py(py.ticks[py.ticks.length - 1]), py(py.ticks[0])];
    const y = Math.max(top, Math.min(bottom, scale * (clientY - box.top)));
    const alpha = within(this.#ranges.alpha, 1e6 * valueAt(py, y)) / 1e6;
    const b = Math.max(1, Math.min(WIDEST, corner));
    return { alpha, beta: within(this.#ranges.beta, (1e9 * alpha) / b) / 1e9 };
  }
}

/**
 * What the slider over this range can also reach.
 *
 * @param {number[]} range
 * @param {number} value
 */
const within = ([low, high], value) => Math.max(low, Math.min(high, value));
