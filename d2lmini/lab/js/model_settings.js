// The settings in the widget's model, which Python and the sliders share.

/** @import { Settings } from "./settings.js" */
import { clampSetting, SETTING_NAMES, settingsFrom } from "./settings.js";

/**
 * What the lab uses of the model that anywidget, or a page that hosts the module, passes to it.
 *
 * @typedef {object} WidgetModel
 * @property {(name: string) => any} get
 * @property {(name: string, value: unknown) => void} set
 * @property {() => void} save_changes
 * @property {(message: object) => void} send
 * @property {(event: string, listener: (message?: any) => void) => void} on
 * @property {(event: string, listener: (message?: any) => void) => void} off
 */

/**
 * A slider has a list of values, and its position is the index of one of them.
 *
 * @typedef {{ index: string, name: "batch_size" | "lr", values: number[] }} Slider
 */

/** Keeps the settings in range, and the sliders at the nearest of their values. */
export class ModelSettings {
  #model;
  #onChange;
  #applying = false;
  /** @type {Slider[]} */
  #sliders;
  /** @type {[string, () => void][]} */
  #listeners;

  /**
   * @param {WidgetModel} model
   * @param {() => void} onChange
   */
  constructor(model, onChange) {
    this.#model = model;
    this.#onChange = onChange;
    this.#sliders = [
      { index: "batch_index", name: "batch_size", values: model.get("batch_sizes") },
      { index: "lr_index", name: "lr", values: model.get("rates") },
    ];
    this.#listeners = [
      ...SETTING_NAMES.map((name) => this.#listener(name, () => ({}))),
      ...this.#sliders.map(({ index, name, values }) =>
        this.#listener(index, () => ({ [name]: values[model.get(index)] })),
      ),
    ];
  }

  /**
   * @param {string} name - Of the model's attribute.
   * @param {() => Partial<Settings>} changes
   * @returns {[string, () => void]}
   */
  #listener(name, changes) {
    const apply = () => {
      if (!this.#applying) this.apply(changes());
    };
    return [`change:${name}`, apply];
  }

  get current() {
    return settingsFrom((name) => clampSetting(name, this.#model.get(name)));
  }

  /**
   * Change some settings. Python learns the values that were brought into range.
   *
   * @param {Partial<Settings>} changes
   */
  apply(changes) {
    this.#applying = true;
    const wanted = { ...this.current, ...changes };
    for (const name of SETTING_NAMES) {
      const value = clampSetting(name, wanted[name]);
      if (value !== this.#model.get(name)) this.#model.set(name, value);
    }
    this.#moveSliders();
    this.#applying = false;
    this.#model.save_changes();
    this.#onChange();
  }

  #moveSliders() {
    for (const { index, name, values } of this.#sliders) {
      const current = this.current[name];
      const distances = values.map((value) => Math.abs(Math.log(value / current)));
      this.#model.set(index, distances.indexOf(Math.min(...distances)));
    }
  }

  listen() {
    for (const [event, listener] of this.#listeners) this.#model.on(event, listener);
  }

  close() {
    for (const [event, listener] of this.#listeners) this.#model.off(event, listener);
  }
}
