// The table of the swarm.

/** @import { WeightSpread } from "./spread.js" */
import { element, showTable } from "../parts/elements.js";
import { swarmTable } from "./swarm_words.js";

export class SwarmNumbers {
  #table = element("div", { class: "lab-table", tabindex: 0, role: "region" });
  /** @type {WeightSpread[]} */
  #spreads = [];

  constructor() {
    const title = "Numbers of the swarm";
    this.#table.setAttribute("aria-label", title);
    const summary = element("summary", {}, title);
    this.details = element("details", { ontoggle: () => this.#fill() }, summary, this.#table);
  }

  /** @param {WeightSpread[]} spreads */
  show(spreads) {
    this.#spreads = spreads;
    this.#fill();
  }

  #fill() {
    if (this.details.open) showTable(this.#table, swarmTable(this.#spreads));
  }
}
