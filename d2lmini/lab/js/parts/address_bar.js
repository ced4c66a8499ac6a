// The page's address: the settings in it are followed at first, and kept up to date.

/** @import { SettingsTable, Values } from "./settings.js" */
import { fromQuery, toQuery } from "./address.js";
import { defaultsOf } from "./settings.js";

const DELAY = 300; // milliseconds; browsers limit how often the address may change

/** The address bar; in Jupyter, where the address is not the notebook's, it does nothing. */
export class AddressBar {
  #inJupyter = document.getElementById("jupyter-config-data") !== null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #table;

  /** @param {SettingsTable} table */
  constructor(table) {
    this.#table = table;
  }

  /** The settings of the address: all of them, with defaults; nothing where it names none. */
  get settings() {
    const named = this.#inJupyter ? null : fromQuery(this.#table, location.search);
    return named ? { ...defaultsOf(this.#table), ...named } : {};
  }

  /**
   * Show the settings, unless the reader came without any and changed none.
   *
   * @param {Values} values
   */
  update(values) {
    this.close();
    const table = this.#table;
    const changed = toQuery(table, defaultsOf(table)) !== toQuery(table, values);
    if (this.#inJupyter || (!changed && fromQuery(table, location.search) === null)) return;
    this.#timer = setTimeout(() => {
      const address = toQuery(table, values, location.search) + location.hash;
      try {
        history.replaceState(null, "", address);
      } catch {
        // A frame without an address of its own, as other notebooks than Jupyter's have.
      }
    }, DELAY);
  }

  close() {
    clearTimeout(this.#timer);
  }
}
