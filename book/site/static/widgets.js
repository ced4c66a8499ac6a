// Shows the widgets without a kernel: loads the widget manager when the first of them nears the
// screen, and gives the slider handles the names and values that the manager leaves out.
(() => {
  const { src } = /** @type {HTMLScriptElement} */ (document.currentScript);

  /** @param {string} path */
  const urlOf = (path) => new URL(path, src).href;

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

  /** @param {string} url */
  const loadStyle = (url) =>
    new Promise((resolve, reject) => {
      const link = document.createElement("link");
      link.addEventListener("load", resolve);
      link.addEventListener("error", () => reject(new Error(`${url} is missing`)));
      document.head.append(Object.assign(link, { rel: "stylesheet", href: url }));
    });

  // The file of the page's states is a script, because a page on a disk can load nothing else. It
  // puts them where the manager looks for them.
  const loadStates = async () => {
    Object.assign(globalThis, {
      addWidgetStates: (/** @type {string} */ states) => {
        const element = document.createElement("script");
        element.type = "application/vnd.jupyter.widget-state+json";
        element.textContent = states;
        document.body.append(element);
      },
    });
    // @ts-expect-error Sphinx defines this constant in a script of its own.
    const { pagename } = DOCUMENTATION_OPTIONS;
    await loadScript(urlOf(`widget_states/${pagename}.js`));
  };

  const loadManager = async () => {
    await Promise.all([loadStyle(urlOf("widget_manager/manager.css")), loadStates()]);
    await loadScript(urlOf("widget_manager/manager.js")); // which draws the widgets
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
    const drawn = widget.querySelector(".d2l-explorer .d2l-frame");
    if (!drawn || widget.dataset.ready) return;
    widget.dataset.ready = "true";
    widget.querySelector(".d2l-still")?.remove();
    widget.querySelectorAll(".widget-slider").forEach(nameHandle);
  };

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
    new MutationObserver(() => finish(widget)).observe(widget, { childList: true, subtree: true });
    visibility.observe(widget);
  }
})();
