// A table of numbers in a closed details element.
import { element } from "../parts/elements.js";

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
    const cells = head.map((text) => element("th", { scope: "col" }, text));
    const lines = rows.map((row) =>
      element("tr", {}, ...row.map((text) => element("td", {}, text))),
    );
    const table = element("thead", {}, element("tr", {}, ...cells));
    region.replaceChildren(element("table", {}, table, element("tbody", {}, ...lines)));
  };
  return { element: element("details", {}, summary, region), fill };
}
