// The settings in a widget's model, which Python shares.

/** @import { SettingsTable, Values } from "./settings.js" */
import { clampSetting, valuesFrom } from "./settings.js";

/**
 * What a module uses of the model that anywidget, or a page that hosts the module, passes to it.
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
  #table;
  #onChange;
  #applying = false;

  /**
   * @param {WidgetModel} model
   * @param {SettingsTable} table
   * @param {() => void} onChange
   */
  constructor(model, table, onChange) {
    this.#model = model;
    this.#table = table;
    this.#onChange = onChange;
  }

  /** Also called for changes that `apply` makes itself. */
  #follow = () => {
    if (!this.#applying) this.apply({});
  };

  /** @returns {any} */
  get current() {
    return valuesFrom(this.#table, (name) => this.#clamp(name, this.#model.get(name)));
  }

  /**
   * @param {string} name
   * @param {unknown} value
   */
  #clamp(name, value) {
    return clampSetting(this.#table[name], value);
  }

  /**
   * Change some settings. Python learns the values that were brought into range.
   *
   * @param {Values} changes
   */
  apply(changes) {
    this.#applying = true;
    const wanted = { ...this.current, ...changes };
    for (const name of Object.keys(this.#table)) {
      const value = this.#clamp(name, wanted[name]);
      if (value !== this.#model.get(name)) this.#model.set(name, value);
    }
    this.#applying = false;
    this.#model.save_changes();
    this.#onChange();
  }

  listen() {
    for (const name of Object.keys(this.#table)) this.#model.on(`change:${name}`, this.#follow);
  }

  close() {
    for (const name of Object.keys(this.#table)) this.#model.off(`change:${name}`, this.#follow);
  }
}
