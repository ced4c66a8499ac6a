// Brings the sliders to life without a kernel: loads the widget manager when the first of them
// nears the screen, and gives the slider handles the names and values that it leaves out.
(() => {
  const manager = new URL("vendor/html-manager/embed.js", document.currentScript.src);

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
    new MutationObserver(say).observe(readout, { childList: true, characterData: true, subtree: true });
    say();
  };

  const finish = (widget) => {
    const explorer = widget.querySelector(".d2l-explorer .d2l-frame");
    if (!explorer || widget.dataset.ready) return;
    widget.dataset.ready = "true";
    widget.querySelector(".d2l-still").remove();
    widget.querySelectorAll(".widget-slider").forEach(nameHandle);
  };

  const widgets = document.querySelectorAll(".d2l-widget");
  for (const widget of widgets) {
    new MutationObserver(() => finish(widget)).observe(widget, { childList: true, subtree: true });
  }
  const near = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    near.disconnect();
    load();
  }, { rootMargin: "600px" });
  widgets.forEach((widget) => near.observe(widget));
})();
