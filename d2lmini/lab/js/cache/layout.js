// The cache's controls, pictures and texts.

/** @import { Field } from "../parts/elements.js" */
import { button, element } from "../parts/elements.js";
import { makeFields } from "../parts/fields.js";
import { Counts } from "./counts.js";
import { Grids } from "./grids.js";
import { ORDERS } from "./orders.js";

const KEY = [
  ["cached", "in the cache"],
  ["hit", "a hit"],
  ["miss", "a miss"],
];
const STORAGE =
  "As in NumPy, the rows of a matrix lie one after the other in memory. A cache line holds " +
  "neighbours in memory; the line that was not used for the longest time makes room for a new one.";

/**
 * @param {HTMLElement} el
 * @param {import("../parts/settings.js").SettingsTable} table
 * @param {{ change: (changes: Record<string, any>) => void, play: () => void, step: () => void,
 *   restart: () => void }} actions
 */
export function makeCacheLayout(el, table, { change, ...actions }) {
  const names = Object.keys(table).filter((name) => name !== "order");
  /** @type {Record<string, Field>} */
  const fields = makeFields(table, names, change);
  const counts = new Counts(Object.keys(ORDERS), (order) => change({ order }));
  const grids = new Grids();
  const play = button("Play", actions.play, { class: "cache-play" });
  const progress = element("output", { class: "cache-progress" });
  const rule = element("p", { class: "cache-rule" });
  const result = element("p", { class: "cache-result", role: "status" });
  const key = KEY.map(([name, text]) =>
    element("li", {}, element("span", { class: `cache-key-${name}`, "aria-hidden": "true" }), text),
  );
  el.replaceChildren(
    row(fields.size.label, fields.line_size.label),
    element("div", { class: "cache-sliders" }, fields.num_lines.label, fields.block_size.label),
    element(
      "div",
      { class: "cache-pictures" },
      element("div", {}, counts.table, rule),
      element(
        "div",
        {},
        grids.svg,
        element("ul", { class: "cache-key" }, ...key),
        progress,
        row(
          play,
          button("Step", actions.step),
          button("Reset", actions.restart),
          fields.speed.label,
        ),
      ),
    ),
    result,
    element("p", { class: "cache-storage" }, STORAGE),
  );
  return { fields, counts, grids, play, progress, rule, result };
}

/** @param {...Node} children */
const row = (...children) => element("div", { class: "cache-row" }, ...children);
