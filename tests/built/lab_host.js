// Hosts the lab's module in an empty page, with a model that a test holds.
(() => {
  /** @typedef {(message?: any) => void} Listener */

  /** What a widget's model is for the lab; the kernel behind it is the test. */
  class TestModel {
    /** @type {object[]} */
    sent = [];
    saved = 0;
    #values;
    /** @type {Map<string, Listener[]>} */
    #listeners = new Map();

    /** @param {Record<string, any>} values */
    constructor(values) {
      this.#values = values;
    }

    /** @param {string} name */
    get(name) {
      return this.#values[name];
    }

    /**
     * @param {string} name
     * @param {unknown} value
     */
    set(name, value) {
      if (this.#values[name] === value) return;
      this.#values[name] = value;
      this.#fire(`change:${name}`);
    }

    /**
     * @param {string} name
     * @param {Listener} listener
     */
    on(name, listener) {
      this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener]);
    }

    /**
     * @param {string} name
     * @param {Listener} listener
     */
    off(name, listener) {
      const left = (this.#listeners.get(name) ?? []).filter((one) => one !== listener);
      this.#listeners.set(name, left);
    }

    /** How many listeners there are. */
    get listening() {
      return [...this.#listeners.values()].reduce((sum, some) => sum + some.length, 0);
    }

    save_changes() {
      this.saved += 1;
    }

    /** @param {object} message */
    send(message) {
      this.sent.push(message);
    }

    /** @param {object} message */
    answer(message) {
      this.#fire("msg:custom", message);
    }

    /**
     * @param {string} name
     * @param {object} [message]
     */
    #fire(name, message) {
      for (const listener of this.#listeners.get(name) ?? []) listener(message);
    }
  }

  /** @param {string} base64 */
  const toDataView = (base64) =>
    new DataView(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)).buffer);

  /**
   * Draw the lab; its model, and how to remove it, become the window's.
   *
   * @param {string} source - The module.
   * @param {Record<string, any>} state
   * @param {string} table - The data, in base64.
   */
  const hostLab = async (source, state, table) => {
    const model = new TestModel({ ...state, table: toDataView(table) });
    const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    const { default: lab } = await import(url);
    const remove = lab.render({ model, el: document.body.firstChild });
    Object.assign(window, { model, remove });
  };

  /**
   * Move a slider through its first positions at once; count the looks at the clock meanwhile.
   *
   * @param {number} positions
   */
  const looksAtClock = (positions) => {
    const slider = /** @type {HTMLInputElement} */ (document.querySelector("[type=range]"));
    const read = performance.now.bind(performance);
    let looks = 0;
    performance.now = () => {
      looks += 1;
      return read();
    };
    for (let position = 0; position < positions; position++) {
      slider.value = String(position);
      slider.dispatchEvent(new Event("input", { bubbles: true }));
    }
    performance.now = read;
    return { looks, shown: document.querySelector(".lab-result")?.textContent };
  };

  Object.assign(window, { hostLab, looksAtClock });
})();
