// Brings the widgets to life without a kernel: loads the widget manager when the first of them
// nears the screen, and gives the slider handles the names and values that it leaves out.
(() => {
  const here = document.currentScript.src;
  const vendor = (path) => new URL(`vendor/${path}`, here);
  const manager = vendor("html-manager/embed.js");

  // Asked by the manager for a module that it does not hold. The one we have is an AMD module that
  // wants two classes of the manager's own.
  const loadAnywidget = async (manager) => {
    const own = (className) => manager.loadClass(className, "@jupyter-widgets/base", "2.0.0");
    const base = { DOMWidgetModel: await own("DOMWidgetModel"), DOMWidgetView: await own("DOMWidgetView") };
    return new Promise((resolve, reject) => {
      window.define = (needs, make) => resolve(make(base));
      const script = document.createElement("script");
      script.src = vendor("anywidget/index.js");
      script.addEventListener("load", () => delete window.define);
      script.addEventListener("error", () => reject(new Error(`${script.src} is missing`)));
      document.head.append(script);
    });
  };
  let anywidget;
  window.loadWidgetModule = (manager, name) =>
    name === "anywidget"
      ? (anywidget ??= loadAnywidget(manager))
      : Promise.reject(new Error(`no widget module ${name}`));

  const load = () => {
    const script = document.createElement("script");
    script.src = manager;
    // The manager draws on the window's load event, which has passed by the time a reader scrolls.
    script.addEventListener("load", () => {
      if (document.readyState === "complete") window.dispatchEvent(new Event("load"));
    });
    document.head.append(script);
  };

  const nameHandle = (slider) => {
    const handle = slider.querySelector("[role=slider]");
    const label = slider.querySelector(".widget-label");
    const readout = slider.querySelector(".widget-readout");
    if (!handle || !label || !readout) return;
    const say = () => handle.setAttribute("aria-valuetext", `${label.textContent} ${readout.textContent}`);
    handle.setAttribute("aria-label", label.textContent);
    readout.removeAttribute("contenteditable"); // nothing can be typed there, so nothing to tab to
    new MutationObserver(say).observe(readout, { childList: true, characterData: true, subtree: true });
    say();
  };

  const finish = (widget) => {
    const drawn = widget.querySelector(".d2l-explorer .d2l-frame, .d2l-lab .lab-pictures");
    if (!drawn || widget.dataset.ready) return;
    widget.dataset.ready = "true";
    widget.style.minHeight = "";
    widget.querySelector(".d2l-still").remove();
    widget.querySelectorAll(".widget-slider").forEach(nameHandle);
  };

  // Room for the lab before it is drawn: four pictures, in two columns where there is space.
  const labHeight = (width) => (width < 652 ? 999 + 2.776 * width : 676 + 0.694 * width);

  const widgets = document.querySelectorAll(".d2l-widget");
  for (const widget of widgets) {
    if (widget.closest(".tag_lab")) widget.style.minHeight = `${labHeight(widget.clientWidth)}px`;
    new MutationObserver(() => finish(widget)).observe(widget, { childList: true, subtree: true });
  }
  const near = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    near.disconnect();
    load();
  }, { rootMargin: "600px" });
  widgets.forEach((widget) => near.observe(widget));

  // What a link leads to stays in its place while widgets above it are drawn, until the reader
  // does something. The theme scrolls smoothly, so the page may grow while it is on the way.
  let target = null;
  const aim = () => (target = document.getElementById(decodeURIComponent(location.hash.slice(1))));
  const hold = () => target?.scrollIntoView({ behavior: "instant" });
  for (const type of ["wheel", "touchstart", "pointerdown", "keydown"]) {
    addEventListener(type, () => (target = null), { passive: true });
  }
  addEventListener("hashchange", aim);
  aim();
  if (widgets.length) new ResizeObserver(hold).observe(document.querySelector("main") ?? document.body);
  // A link to a setting of the lab leads to the lab.
  if (new URLSearchParams(location.search).has("b") && !target) widgets[0]?.scrollIntoView();
})();
