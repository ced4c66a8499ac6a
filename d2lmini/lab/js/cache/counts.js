// The table of the four orders: which one is shown, its touches, its misses, and a bar for them.

/** @import { Count } from "./words.js" */
import { element } from "../parts/elements.js";
import { formatInteger } from "../parts/format.js";

export class Counts {
  /** @type {Record<string, { radio: HTMLInputElement, cells: HTMLElement[], bar: HTMLElement }>} */
  #rows = {};
  #most = element("span");
  #scale = element("div", { class: "cache-scale" }, element("span", {}, "0"), this.#most);
  #group = `cache-order-${Math.random()}`; // pieces on one page must not share it

  /**
   * @param {string[]} orders
   * @param {(order: string) => void} choose
   */
  constructor(orders, choose) {
    const head = [
      element("th", { scope: "col" }, "order"),
      element("th", { scope: "col" }, "touches"),
      element("th", { scope: "colgroup", colspan: 2 }, "misses"),
    ];
    const body = orders.map((order) => this.#makeRow(order, choose));
    this.table = element(
      "table",
      { class: "cache-counts" },
      element("caption", {}, "Touches and misses of the whole product"),
      element("thead", {}, element("tr", {}, ...head)),
      element("tbody", {}, ...body),
      element(
        "tfoot",
        { "aria-hidden": "true" },
        element("tr", {}, element("td", { colspan: 3 }), element("td", {}, this.#scale)),
      ),
    );
  }

  /**
   * @param {string} order
   * @param {(order: string) => void} choose
   */
  #makeRow(order, choose) {
    const radio = element("input", {
      type: "radio",
      name: this.#group,
      onchange: () => choose(order),
    });
    const bar = element("div", { class: "cache-bar" }, element("div"));
    const cells = [element("td"), element("td")];
    this.#rows[order] = { radio, cells, bar };
    const label = element("label", {}, radio, order);
    const header = element("th", { scope: "row" }, label);
    return element("tr", {}, header, ...cells, element("td", { class: "cache-bars" }, bar));
  }

  /**
   * @param {Count[]} counts
   * @param {string} chosen
   */
  show(counts, chosen) {
    const most = Math.max(...counts.map(({ misses }) => misses));
    this.#most.textContent = formatInteger(most);
    for (const { order, touches, misses } of counts) {
      const { radio, cells, bar } = this.#rows[order];
      radio.checked = order === chosen;
      cells[0].textContent = formatInteger(touches.length);
      cells[1].textContent = formatInteger(misses);
      bar.style.width = `${(100 * misses) / most}%`;
      this.showProgress(order, 0);
    }
  }

  /**
   * How much of the bar has been played.
   *
   * @param {string} order
   * @param {number} share
   */
  showProgress(order, share) {
    const played = /** @type {HTMLElement} */ (this.#rows[order].bar.firstChild);
    played.style.width = `${100 * share}%`;
  }
}
