// Hints, one at a time, and the solution of an exercise.

import { staticCode } from "./highlight.js";

export class Help {
  hints = document.createElement("div");
  solution = document.createElement("div");
  #shown = 0;

  /**
   * @param {string[]} hints
   * @param {string} solution
   * @param {(text: string) => void} use - Puts the solution into the editor.
   */
  constructor(hints, solution, use) {
    this.texts = hints;
    this.code = solution;
    this.use = use;
    this.hints.className = this.solution.className = "d2l-live-help";
    this.hints.setAttribute("aria-live", "polite");
  }

  /** Show one hint more; return what to say about it. */
  showHint() {
    const hint = this.texts[this.#shown];
    if (!hint) return "There are no more hints. The solution is left.";
    const item = document.createElement("li");
    item.textContent = hint;
    if (!this.hints.firstChild) this.hints.append(document.createElement("ol"));
    this.hints.firstElementChild?.append(item);
    this.#shown += 1;
    return `Hint ${this.#shown} of ${this.texts.length} is below.`;
  }

  /** Show the solution in a fold; return what to say about it. */
  showSolution() {
    if (!this.solution.firstChild) this.solution.append(this.#makeSolution());
    const details = /** @type {HTMLDetailsElement} */ (this.solution.firstChild);
    details.open = true;
    details.scrollIntoView({ block: "nearest" });
    return "The solution is below.";
  }

  close() {
    this.hints.replaceChildren();
    this.#shown = 0;
    this.solution.replaceChildren();
  }

  #makeSolution() {
    const details = document.createElement("details");
    const summary = Object.assign(document.createElement("summary"), { textContent: "Solution" });
    const code = document.createElement("pre");
    code.append(staticCode(this.code));
    code.tabIndex = 0;
    const button = Object.assign(document.createElement("button"), {
      type: "button",
      textContent: "Put it in the editor",
      onclick: () => this.use(this.code),
    });
    details.append(summary, code, button);
    return details;
  }
}
