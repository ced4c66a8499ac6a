// The swarm: dots that walk over the contours of the loss, from a start that can be dragged.

/** @import { Problem } from "../engine/problem.js" */
/** @import { LabSettings } from "./settings.js" */
import { element } from "../parts/elements.js";
import { followSize } from "../parts/plot_size.js";
import { followDragging, followKeys } from "../parts/pointing.js";
import { followTheme } from "../parts/theme.js";
import { contextOf, drawDots, drawSegments, fade } from "./dots.js";
import { ellipsePath, insidePlane, makePlane, planeSvg } from "./plane.js";
import { startOf } from "./settings.js";

const DEVIATIONS = 2; // of theory's ellipse
const KEY_STEP = 0.05; // of the start, in units of the weights

export class SwarmView {
  #canvases = [element("canvas", { class: "lab-trails" }), element("canvas")];
  #svg;
  #problem;
  #moveStart;
  #settings;
  #plane;
  #size = { width: 360, height: 260 };
  #color = ""; // read, because a canvas knows no variables of the style sheet
  #drawn = ""; // what the plane was drawn for
  #stop;
  #redraw;

  /**
   * @param {Problem} problem
   * @param {LabSettings} settings
   * @param {(changes: Partial<LabSettings>) => void} moveStart
   * @param {() => void} redraw - Draws the dots again, after the size has changed.
   */
  constructor(problem, settings, moveStart, redraw) {
    this.#problem = problem;
    this.#settings = settings;
    this.#moveStart = moveStart;
    this.#redraw = redraw;
    this.#plane = makePlane(problem, settings, this.#size.width, this.#size.height);
    this.plot = element("div", { class: "lab-plot lab-swarm-plot" }, ...this.#canvases);
    this.plot.insertAdjacentHTML(
      "beforeend",
      '<svg tabindex="0" role="application"><g class="lab-plane"></g>' +
        '<path class="lab-ellipse"/><circle class="lab-start" r="8"/></svg>',
    );
    this.#svg = /** @type {SVGSVGElement} */ (this.plot.lastElementChild);
    this.caption = element("figcaption", { class: "lab-caption" });
    this.figure = element("figure", { class: "lab-swarm" }, this.plot, this.caption);
    this.#stop = [
      followSize(this.plot, (width, height) => this.#resize({ width, height })),
      followTheme(() => this.#readColor()),
    ];
    followDragging(this.#svg, (x, y) => this.#moveTo(...this.#plane.locate(x, y)));
    followKeys(this.#svg, (right, up) => this.#walk(right, up));
  }

  close() {
    for (const stop of this.#stop) stop();
  }

  /**
   * @param {number} right
   * @param {number} up
   */
  #walk(right, up) {
    const { start_across, start_up } = this.#settings;
    this.#moveTo(start_across + KEY_STEP * right, start_up + KEY_STEP * up);
  }

  /**
   * @param {number} across
   * @param {number} up
   */
  #moveTo(across, up) {
    const [start_across, start_up] = insidePlane(this.#plane, this.#size, across, up);
    this.#moveStart({ start_across, start_up });
  }

  /** @param {{ width: number, height: number }} size - In pixels. */
  #resize({ width, height }) {
    this.#size = { width, height };
    for (const canvas of this.#canvases) {
      Object.assign(canvas, { width: width * devicePixelRatio, height: height * devicePixelRatio });
    }
    this.#svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.prepare(this.#settings);
    this.#readColor();
  }

  #readColor() {
    this.#color = getComputedStyle(this.plot).getPropertyValue("--lab-1");
    this.#redraw();
  }

  /**
   * Draw the plane of the settings, without dots.
   *
   * @param {LabSettings} settings
   */
  prepare(settings) {
    this.#settings = settings;
    const { width, height } = this.#size;
    for (const canvas of this.#canvases) contextOf(canvas).clearRect(0, 0, width, height);
    const drawn = [settings.across, settings.up, width, height].join(" ");
    if (drawn !== this.#drawn) {
      this.#plane = makePlane(this.#problem, settings, width, height);
      this.#svg.children[0].innerHTML = planeSvg(this.#plane, this.#problem, settings, this.#size);
    }
    this.#drawn = drawn;
    const [x, y] = this.#plane.project(startOf(settings)).map((value) => value.toFixed(1));
    this.#svg.querySelector(".lab-start")?.setAttribute("transform", `translate(${x} ${y})`);
  }

  /**
   * Let the trails fade, and draw the dots and what theory expects of them; return how many dots
   * are outside.
   *
   * @param {Float64Array[]} positions
   * @param {{ mean: number[], covariance: number[] }} expected - Of the two weights.
   */
  draw(positions, { mean, covariance }) {
    const { width, height } = this.#size;
    const places = positions.map(this.#plane.project);
    const [trails, dots] = this.#canvases.map(contextOf);
    fade(trails, width, height);
    dots.clearRect(0, 0, width, height);
    drawDots(dots, places, this.#color);
    const path = ellipsePath(this.#plane, mean, covariance, DEVIATIONS);
    this.#svg.querySelector(".lab-ellipse")?.setAttribute("d", path);
    return places.filter(([x, y]) => !(x >= 0 && x <= width && y >= 0 && y <= height)).length;
  }

  /** @type {import("./walk.js").DrawSteps} */
  drawSteps = (from, to) => {
    const { project } = this.#plane;
    drawSegments(contextOf(this.#canvases[0]), from.map(project), to.map(project), this.#color);
  };

  /**
   * @param {string} caption
   * @param {string} summary - The picture in words.
   */
  explain(caption, summary) {
    this.caption.textContent = caption;
    this.#svg.setAttribute("aria-label", summary);
  }
}
