// The choice of a clock: a list of known ones, and two sliders for what a step costs.

/** @import { StepCost, StepTimes } from "../engine/timing.js" */
/** @import { SettingsTable, Values } from "../parts/settings.js" */
import { choiceField, element } from "../parts/elements.js";
import { sliderField } from "../parts/slider.js";
import { BROWSER, chosenCost, decades, describeSource, formatShort, OWN } from "./clocks.js";
import { linked } from "./sources.js";

/**
 * @typedef {object} ClockOptions
 * @property {SettingsTable} table
 * @property {StepTimes} times
 * @property {(changes: Values) => void} apply
 * @property {() => void} measured - Called when the browser's clock is known.
 */

export class ClockControls {
  #options;
  #fields;
  #source = element("p", { class: "clocks-source" });
  /** @type {StepCost | null} */
  cost = null;

  /** @param {ClockOptions} options */
  constructor(options) {
    const { table, apply } = options;
    this.#options = options;
    const { clock, alpha, beta } = table;
    this.#fields = {
      clock: choiceField(clock.label, clock.options, (k) => apply({ clock: clock.options[k] })),
      alpha: sliderField(
        alpha.label,
        decades(alpha.range),
        (value) => formatShort(1e-6 * value, this.cost?.digits),
        (value) => this.setOwn({ alpha: value / 1e6 }),
      ),
      beta: sliderField(
        beta.label,
        decades(beta.range),
        (value) => formatShort(1e-9 * value, this.cost?.digits),
        (value) => this.setOwn({ beta: value / 1e9 }),
      ),
    };
    const labels = Object.values(this.#fields).map((field) => field.label);
    const summary = element("summary", {}, "Where α and β come from");
    this.element = element(
      "div",
      { class: "clocks-controls" },
      ...labels,
      element("details", {}, summary, this.#source),
    );
  }

  /**
   * A number is changed: the other one stays as it is shown.
   *
   * @param {Partial<StepCost>} change
   */
  setOwn(change) {
    const { alpha, beta } = { ...this.cost, ...change };
    this.#options.apply({
      clock: OWN,
      alpha: Number((1e6 * (alpha ?? 0)).toPrecision(3)),
      beta: Number((1e9 * (beta ?? 0)).toPrecision(3)),
    });
  }

  /**
   * The cost in the units of the sliders.
   *
   * @returns {Values}
   */
  get inUnits() {
    return this.cost ? { alpha: 1e6 * this.cost.alpha, beta: 1e9 * this.cost.beta } : {};
  }

  /** @param {Values} settings */
  update(settings) {
    this.cost = chosenCost(settings, this.#options.times);
    const { times, measured } = this.#options;
    if (this.cost) times.cancel();
    else times.measureWhenIdle(measured);
    /** @type {Values} */
    const shown = { ...settings, ...this.inUnits };
    for (const [name, field] of Object.entries(this.#fields)) field.show(shown[name]);
    const source = this.cost ? describeSource(settings.clock) : `Timing ${BROWSER}.`;
    // Left alone while it says the same: a link in it may have the focus.
    if (this.#source.textContent !== source) this.#source.replaceChildren(...linked(source));
  }

  close() {
    this.#options.times.cancel();
  }
}
