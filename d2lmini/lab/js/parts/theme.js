// The theme of the page: what is drawn on a canvas has to be drawn again when it changes.

/**
 * Call `redraw` whenever the colours of the page may have changed.
 *
 * @param {() => void} redraw
 * @returns {() => void} Stops it.
 */
export function followTheme(redraw) {
  const observer = new MutationObserver(redraw);
  for (const element of [document.documentElement, document.body]) {
    observer.observe(element, { attributeFilter: ["class", "data-theme", "data-jp-theme-light"] });
  }
  const preference = matchMedia("(prefers-color-scheme: dark)");
  preference.addEventListener("change", redraw);
  return () => {
    observer.disconnect();
    preference.removeEventListener("change", redraw);
  };
}
