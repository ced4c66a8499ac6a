// The legend: a line for each run, and for the pinned ones a button that unpins them.

/** @import { Curve } from "./runs.js" */
import { button, element } from "./elements.js";

/**
 * @param {HTMLElement} list
 * @param {Curve[]} curves
 * @param {(index: number) => void} unpin
 */
export function showLegend(list, curves, unpin) {
  const items = curves.map(({ name, color, dash, pinned }, index) => {
    const item = element("li");
    const stroke = `stroke="${color}" stroke-width="3" stroke-dasharray="${dash}"`;
    item.innerHTML =
      `<svg viewBox="0 0 28 8" width="28" height="8" aria-hidden="true">` +
      `<path d="M0 4H28" ${stroke}/></svg>`;
    item.append(name);
    if (pinned) item.append(button("✕", () => unpin(index), { "aria-label": `Unpin ${name}` }));
    return item;
  });
  list.replaceChildren(...items);
}
