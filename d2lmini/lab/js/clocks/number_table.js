// A table of numbers in a closed details element.

import { element } from "../parts/elements.js";
import { rowsHtml } from "../parts/table.js";

/**
 * @param {string} title - What the numbers are of.
 */
export function numberTable(title) {
  const region = element("div", {
    class: "lab-table",
    tabindex: 0,
    role: "region",
    "aria-label": `Numbers: ${title}`,
  });
  const summary = element("summary", { "aria-label": `Numbers: ${title}` }, "Numbers");
  /**
   * @param {string[]} head
   * @param {string[][]} rows
   */
  const fill = (head, rows) => {
    region.innerHTML = rowsHtml(head, rows);
  };
  return { element: element("details", {}, summary, region), fill };
}
