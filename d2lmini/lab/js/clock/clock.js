// The clock and the genie: connects the settings, the measured steps, and the picture.

/** @import { Problem } from "../engine/problem.js" */
/** @import { WidgetModel } from "../parts/model_settings.js" */
/** @import { Domain } from "../parts/scale.js" */
/** @import { Need } from "./steps.js" */
import TABLE from "../clock.json" with { type: "json" };
import { ClockControls } from "../clocks/controls.js";
import { numberTable } from "../clocks/number_table.js";
import { StepTimes } from "../engine/timing.js";
import { AddressBar } from "../parts/address_bar.js";
import { Background } from "../parts/background.js";
import { element } from "../parts/elements.js";
import { makeFields } from "../parts/fields.js";
import { ModelSettings } from "../parts/model_settings.js";
import { makeCurves } from "./curves.js";
import { Handle } from "./handle.js";
import { domainsOf, drawPanels, widened } from "./picture.js";
import { measureSteps, nextSize } from "./steps.js";
import {
  CLOCK_COLUMNS,
  describeCurves,
  describeProgress,
  describeRing,
  METHOD,
  numberRows,
} from "./words.js";

const NARROW = 420; // pixels; a narrow picture is less high, so that the controls fit below
const PICTURE =
  '<svg role="img"><g></g><g class="clock-handle" aria-hidden="true">' +
  '<circle class="clock-grip" r="16"/><circle r="8"/></g></svg>';

export class ClockAndGenie {
  /** @type {Map<string, Need[]>} */
  #measured = new Map();
  #wanted = "";
  /** @type {Domain[] | null} */
  #domains = null;
  #background = new Background();
  #addressBar = new AddressBar(TABLE);
  #status = element("output", { class: "clock-status" });
  #ring = element("p", { class: "clock-ring" });
  #progress = element("p", { class: "clock-progress" });
  #table = numberTable("times to the loss");
  #figure = element("figure", { class: "clock-picture" });
  #svg;
  #problem;
  #settings;
  #clocks;
  #fields;
  #handle;
  #resized;

  /**
   * @param {WidgetModel} model
   * @param {Problem} problem
   * @param {HTMLElement} el
   */
  constructor(model, problem, el) {
    this.#problem = problem;
    this.#settings = new ModelSettings(model, TABLE, () => this.#update());
    const apply = (/** @type {Record<string, any>} */ changes) => this.#settings.apply(changes);
    const times = new StepTimes(problem, () => performance.now() / 1000);
    const measured = () => this.#update();
    this.#clocks = new ClockControls({ table: TABLE, times, apply, measured });
    this.#fields = makeFields(TABLE, ["copies", "level"], apply);
    this.#figure.innerHTML = PICTURE;
    this.#svg = /** @type {SVGSVGElement} */ (this.#figure.firstElementChild);
    const ranges = { alpha: TABLE.alpha.range, beta: TABLE.beta.range };
    this.#handle = new Handle(this.#svg, ranges, (cost) => this.#clocks.setOwn(cost));
    this.#fill(el);
    this.#settings.listen();
    this.#settings.apply(this.#addressBar.settings);
    this.#resized = new ResizeObserver(() => this.#draw());
    this.#resized.observe(this.#figure);
  }

  /** @param {HTMLElement} el */
  #fill(el) {
    const { copies, level } = this.#fields;
    const controls = [this.#clocks.element, copies.label, level.label];
    const words = element("div", {}, ...controls, this.#ring, this.#status, this.#progress);
    el.append(element("div", { class: "clock-layout" }, this.#figure, words), this.#table.element);
  }

  #update() {
    const settings = this.#settings.current;
    this.#clocks.update(settings);
    for (const [name, field] of Object.entries(this.#fields)) field.show(settings[name]);
    this.#addressBar.update(settings);
    const wanted = `${settings.level} ${settings.copies}`;
    if (wanted !== this.#wanted) this.#measure(settings);
    this.#wanted = wanted;
    this.#draw();
  }

  /**
   * Sizes that are measured already stay so; one that was begun is begun again.
   *
   * @param {Record<string, any>} settings
   */
  #measure({ level, copies }) {
    const needs = this.#measured.get(level) ?? [];
    this.#measured.set(level, needs);
    this.#background.cancel();
    if (nextSize(needs, this.#problem.n, copies) === undefined) return;
    let drawn = -1;
    const work = measureSteps(this.#problem, Number(level), needs, copies);
    this.#background.start(work, () => {
      if (needs.length > drawn) this.#draw();
      drawn = needs.length;
    });
  }

  #draw() {
    const { cost } = this.#clocks;
    const width = Math.round(this.#figure.clientWidth);
    if (!cost || !width) return;
    const { copies, level } = this.#settings.current;
    const needs = this.#measured.get(level) ?? [];
    const curves = makeCurves(needs, cost, this.#problem.n * copies);
    const domains = domainsOf(curves, cost);
    const kept = this.#handle.dragging ? this.#domains : null;
    this.#domains = kept ? widened(kept, domains) : domains;
    const height = width < NARROW ? 330 : 430;
    const { svg, px, py } = drawPanels(curves, cost, this.#domains, { width, height });
    this.#svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const [picture] = this.#svg.children;
    picture.innerHTML = svg;
    this.#handle.place({ px, py }, cost);
    const next = nextSize(needs, this.#problem.n, copies);
    const complete = next === undefined;
    const text = complete ? describeCurves(curves, level) : describeProgress(needs.length, next);
    this.#status.textContent = text;
    this.#svg.ariaLabel = `Steps, time of a step, and time over the batch size. ${text}`;
    this.#table.fill(CLOCK_COLUMNS, numberRows(curves));
    this.#ring.textContent = describeRing(cost);
    this.#progress.textContent = complete ? METHOD : "";
  }

  close() {
    this.#resized.disconnect();
    this.#background.close();
    this.#clocks.close();
    this.#addressBar.close();
    this.#settings.close();
  }
}
