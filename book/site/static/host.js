// Hosts modules that draw a part of the page, each with a small model and without a widget manager.
// A module's script is loaded when the first of its elements nears the screen.
(() => {
  /** @typedef {(message?: any) => void} Listener */
  /** @typedef {{ render: (host: { model: Model, el: HTMLElement }) => unknown }} Module */

  /**
   * The style sheet of a module, and what it is given beside its settings: values, and bytes in
   * base64.
   *
   * @typedef {object} Parts
   * @property {string} css
   * @property {Record<string, any>} values
   * @property {Record<string, string>} bytes
   */

  const { src } = /** @type {HTMLScriptElement} */ (document.currentScript);
  /** @type {Map<string, Module & Parts>} */
  const modules = new Map();
  /** @type {Map<string, Promise<void>>} */
  const loading = new Map();

  /** What anywidget's model is for a module; here there is no kernel to save to or send to. */
  class Model {
    #values;
    /** @type {Map<string, Set<Listener>>} */
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
      for (const listener of this.#listeners.get(`change:${name}`) ?? []) listener();
    }

    /**
     * @param {string} event
     * @param {Listener} listener
     */
    on(event, listener) {
      this.#listeners.set(event, (this.#listeners.get(event) ?? new Set()).add(listener));
    }

    /**
     * @param {string} event
     * @param {Listener} listener
     */
    off(event, listener) {
      this.#listeners.get(event)?.delete(listener);
    }

    save_changes() {}
    send() {}
  }

  /**
   * What the script of a module calls.
   *
   * @param {string} name
   * @param {Module} module
   * @param {Parts} parts
   */
  const hostModule = (name, module, parts) => {
    const style = document.createElement("style");
    style.textContent = parts.css;
    document.head.append(style);
    modules.set(name, { ...module, ...parts });
  };
  Object.assign(globalThis, { hostModule });

  /**
   * @param {string} name
   * @returns {Promise<void>}
   */
  const loadModule = (name) =>
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = new URL(`hosted/${name}.js`, src).href;
      script.addEventListener("load", () => resolve());
      script.addEventListener("error", () => reject(new Error(`${script.src} is missing`)));
      document.head.append(script);
    });

  /** @param {string} base64 */
  const toDataView = (base64) => {
    const text = atob(base64);
    const bytes = new Uint8Array(text.length);
    for (let k = 0; k < text.length; k++) bytes[k] = text.charCodeAt(k);
    return new DataView(bytes.buffer);
  };

  /**
   * Load an element's module, and let it draw in place of the still.
   *
   * @param {HTMLElement} element
   */
  const draw = async (element) => {
    const name = element.dataset.module ?? "";
    if (!loading.has(name)) loading.set(name, loadModule(name));
    await loading.get(name);
    const module = modules.get(name);
    if (!module) throw new Error(`hosted/${name}.js hands over no module of this name`);
    const settings = JSON.parse(element.querySelector("script")?.text ?? "{}");
    const values = { ...settings, ...module.values };
    for (const [key, base64] of Object.entries(module.bytes)) values[key] = toDataView(base64);
    const el = document.createElement("div");
    element.append(el);
    module.render({ model: new Model(values), el });
    element.querySelector(".d2l-still")?.remove();
    element.dataset.ready = "true";
  };

  const elements = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".d2l-hosted")]);
  const visibility = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        visibility.unobserve(target);
        draw(/** @type {HTMLElement} */ (target));
      }
    },
    { rootMargin: "600px" },
  );
  for (const element of elements) visibility.observe(element);

  // A link to settings leads to what has them.
  const query = new URLSearchParams(location.search);
  const meant = elements.find(({ dataset }) =>
    dataset.parameters?.split(" ").some((parameter) => query.has(parameter)),
  );
  if (meant && !location.hash) meant.scrollIntoView();
})();
