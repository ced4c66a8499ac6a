// The elements of the piece: four squares, a clock, buttons, bars, the result in words.

/** @import { Field } from "../parts/elements.js" */
/** @import { Way } from "./ways.js" */
import { button, element } from "../parts/elements.js";
import { makeCard, productsPicture } from "./cards.js";
import { BARS_BOX, barsSvg } from "./pictures.js";

/**
 * @param {HTMLElement} el
 * @param {object} options
 * @param {Way[]} options.ways
 * @param {number} options.n
 * @param {Record<string, Field>} options.fields
 * @param {() => void} options.start
 * @param {() => void} options.skip
 * @param {() => void} options.again
 */
export function makeProductsLayout(el, { ways, n, fields, start, skip, again }) {
  const cards = ways.map((way, k) => makeCard(way, n, k));
  const startButton = button("Start", start, { class: "products-start" });
  const skipButton = button("Skip to the next end", skip, { class: "products-skip" });
  const clock = element("span", { class: "products-clock", role: "timer" });
  const state = element("p", { class: "products-state" });
  const spoken = element("output", { class: "products-spoken" });
  const pace = element("p", { class: "products-pace" });
  const left = element("p", { class: "products-left" });
  const bars = productsPicture(BARS_BOX.width, BARS_BOX.height);
  bars.innerHTML = barsSvg(ways);
  const name = "Numbers of the four ways";
  const region = { class: "lab-table", tabindex: "0", role: "region", "aria-label": name };
  const table = element("div", region);
  const buttons = [startButton, skipButton, button("Again", again)];
  el.append(
    element("div", { class: "products-cards" }, ...cards.map((card) => card.figure)),
    element("div", { class: "products-controls" }, ...buttons, clock),
    element(
      "div",
      { class: "products-below" },
      element("div", {}, fields.second.label, pace),
      element("div", {}, bars),
      left,
      state,
      spoken,
    ),
    element("details", {}, element("summary", {}, name), table),
  );
  return {
    ...{ cards, fields, clock, state, spoken, pace, left, bars, table },
    start: startButton,
    skip: skipButton,
  };
}
