// What a link leads to keeps its position while widgets and pieces above it are drawn, until the
// reader does something. The theme scrolls smoothly, so the page may grow while it is on the way.
{
  let held = true;
  const setHeld = (/** @type {Event} */ { type }) => {
    held = type === "hashchange";
  };
  for (const type of ["wheel", "touchstart", "pointerdown", "keydown", "hashchange"]) {
    addEventListener(type, setHeld, { passive: true });
  }
  const holdTarget = () => {
    if (held) document.querySelector(":target")?.scrollIntoView({ behavior: "instant" });
  };
  const observer = new ResizeObserver(holdTarget);
  for (const element of document.querySelectorAll(".d2l-hosted")) observer.observe(element);
  if (document.querySelector(".d2l-widget")) {
    observer.observe(document.querySelector("main") ?? document.body);
  }
}
