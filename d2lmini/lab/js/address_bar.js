// The page's address: the settings in it are followed at first, and kept up to date.

/** @import { Settings } from "./settings.js" */
import { fromQuery, toQuery } from "./address.js";
import { DEFAULTS } from "./settings.js";

const DELAY = 300; // milliseconds; browsers limit how often the address may change

/** The address bar; in Jupyter, where the address is not the notebook's, it does nothing. */
export class AddressBar {
  #inJupyter = document.getElementById("jupyter-config-data") !== null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  get settings() {
    return this.#inJupyter ? null : fromQuery(location.search);
  }

  /**
   * Show the settings, unless the reader came without any and changed none.
   *
   * @param {Settings} settings
   */
  update(settings) {
    this.close();
    const changed = toQuery(DEFAULTS) !== toQuery(settings);
    if (this.#inJupyter || (!changed && fromQuery(location.search) === null)) return;
    this.#timer = setTimeout(() => {
      history.replaceState(null, "", toQuery(settings, location.search) + location.hash);
    }, DELAY);
  }

  close() {
    clearTimeout(this.#timer);
  }
}
