// Shows the widgets without a kernel: loads the widget manager when the first of them nears the
// screen, and gives the slider handles the names and values that the manager leaves out.
(() => {
  /** @typedef {{ loadClass: (name: string, module: string, version: string) => any }} Manager */
  /** @typedef {(dependencies: string[], factory: (base: object) => any) => void} Define */
  /**
   * @typedef {object} Globals
   * @property {Define} [define] - What an AMD module calls.
   * @property {(manager: Manager, name: string) => Promise<any>} [loadWidgetModule]
   */
  const globals = /** @type {Globals} */ (globalThis);
  const { src } = /** @type {HTMLScriptElement} */ (document.currentScript);

  /** @param {string} path */
  const vendorUrl = (path) => new URL(`vendor/${path}`, src).href;

  /**
   * Run a script of the page.
   *
   * @param {string} url
   * @returns {Promise<void>}
   */
  const loadScript = (url) =>
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = url;
      script.addEventListener("load", () => resolve());
      script.addEventListener("error", () => reject(new Error(`${url} is missing`)));
      document.head.append(script);
    });

  /**
   * Load anywidget, an AMD module that wants two classes of the manager.
   *
   * @param {Manager} manager
   */
  const loadAnywidget = async (manager) => {
    /** @param {string} name */
    const baseClass = (name) => manager.loadClass(name, "@jupyter-widgets/base", "2.0.0");
    const base = {
      DOMWidgetModel: await baseClass("DOMWidgetModel"),
      DOMWidgetView: await baseClass("DOMWidgetView"),
    };
    /** @type {any} */
    let module;
    globals.define = (_, factory) => {
      module = factory(base);
    };
    await loadScript(vendorUrl("anywidget/index.js"));
    delete globals.define;
    return module;
  };

  /** @type {Promise<any> | undefined} */
  let anywidget;
  // The manager calls this for a module that it does not contain.
  globals.loadWidgetModule = async (manager, name) => {
    if (name !== "anywidget") throw new Error(`no widget module ${name}`);
    anywidget ??= loadAnywidget(manager);
    return anywidget;
  };

  const loadManager = async () => {
    await loadScript(vendorUrl("html-manager/embed.js"));
    // The manager draws on the window's load event, which has passed by the time a reader scrolls.
    if (document.readyState === "complete") window.dispatchEvent(new Event("load"));
  };

  /** @param {Element} slider */
  const nameHandle = (slider) => {
    const handle = slider.querySelector("[role=slider]");
    const label = slider.querySelector(".widget-label");
    const readout = slider.querySelector(".widget-readout");
    if (!handle || !label || !readout) return;
    const update = () => {
      handle.setAttribute("aria-valuetext", `${label.textContent} ${readout.textContent}`);
    };
    handle.setAttribute("aria-label", label.textContent);
    readout.removeAttribute("contenteditable"); // nothing can be typed there, so nothing to tab to
    const changes = { childList: true, characterData: true, subtree: true };
    new MutationObserver(update).observe(readout, changes);
    update();
  };

  /** @param {HTMLElement} widget */
  const finish = (widget) => {
    const drawn = widget.querySelector(".d2l-explorer .d2l-frame, .d2l-lab .lab-pictures");
    if (!drawn || widget.dataset.ready) return;
    widget.dataset.ready = "true";
    widget.style.minHeight = "";
    widget.querySelector(".d2l-still")?.remove();
    widget.querySelectorAll(".widget-slider").forEach(nameHandle);
  };

  /**
   * The height of the lab before it is drawn: four pictures, in two columns where there is space.
   *
   * @param {number} width
   */
  const labHeight = (width) => (width < 652 ? 999 + 2.776 * width : 676 + 0.694 * width);

  const widgets = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".d2l-widget")]);
  const visibility = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      visibility.disconnect();
      loadManager();
    },
    { rootMargin: "600px" },
  );
  for (const widget of widgets) {
    if (widget.closest(".tag_lab")) widget.style.minHeight = `${labHeight(widget.clientWidth)}px`;
    new MutationObserver(() => finish(widget)).observe(widget, { childList: true, subtree: true });
    visibility.observe(widget);
  }

  // What a link leads to keeps its position while widgets above it are drawn, until the reader
  // does something. The theme scrolls smoothly, so the page may grow while it is on the way.
  /** @type {Element | null} */
  let target = null;
  const findTarget = () => {
    target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  };
  const releaseTarget = () => {
    target = null;
  };
  const holdTarget = () => target?.scrollIntoView({ behavior: "instant" });
  for (const type of ["wheel", "touchstart", "pointerdown", "keydown"]) {
    addEventListener(type, releaseTarget, { passive: true });
  }
  addEventListener("hashchange", findTarget);
  findTarget();
  if (widgets.length) {
    new ResizeObserver(holdTarget).observe(document.querySelector("main") ?? document.body);
  }
  // A link to a setting of the lab leads to the lab.
  if (new URLSearchParams(location.search).has("b") && !target) widgets[0]?.scrollIntoView();
})();
