// The settings in the widget's model, which Python shares.

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

/** Keeps the settings of a model in range. */
export class ModelSettings {
  #model;
  #onChange;
  #applying = false;

  /**
   * @param {WidgetModel} model
   * @param {() => void} onChange
   */
  constructor(model, onChange) {
    this.#model = model;
    this.#onChange = onChange;
  }

  /** Also called for changes that `apply` makes itself. */
  #follow = () => {
    if (!this.#applying) this.apply({});
  };

  /** The values that the sliders choose from. */
  get choices() {
    return { batch_size: this.#model.get("batch_sizes"), lr: this.#model.get("rates") };
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
    this.#applying = false;
    this.#model.save_changes();
    this.#onChange();
  }

  listen() {
    for (const name of SETTING_NAMES) this.#model.on(`change:${name}`, this.#follow);
  }

  close() {
    for (const name of SETTING_NAMES) this.#model.off(`change:${name}`, this.#follow);
  }
}
