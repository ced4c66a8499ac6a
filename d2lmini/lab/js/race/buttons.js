// The buttons that move the clock of a race, and what the clock shows.
import { button, element } from "../parts/elements.js";

export class RaceButtons {
  #start;
  #step;
  #reset;
  #time = element("span", { class: "race-time" });

  /** @param {{ toggle: () => void, moveNext: () => void, rewind: () => void }} actions */
  constructor({ toggle, moveNext, rewind }) {
    this.#start = button("Start", toggle, { class: "race-start" });
    this.#step = button("Step", moveNext);
    this.#reset = button("Reset", rewind);
    const children = [this.#start, this.#step, this.#reset, this.#time];
    this.element = element("div", { class: "race-buttons" }, ...children);
  }

  /** @param {string} text */
  setTime(text) {
    this.#time.textContent = text;
  }

  /**
   * @param {{ running: boolean, ended: boolean }} clock
   * @param {{ ready: boolean, begun: boolean }} race
   */
  show({ running, ended }, { ready, begun }) {
    const idle = ended ? "Race again" : "Go on";
    const label = begun ? idle : "Start";
    this.#start.textContent = running ? "Pause" : label;
    this.#start.disabled = this.#step.disabled = !ready;
    this.#reset.disabled = !begun;
  }
}
