// What a check says of the reader's answer; it is read out, because its place is there before.

const RIGHT = "Right: "; // how a check begins to praise

/** Printed between the output of a cell and what a check says of it: a record separator. */
export const SEPARATOR = "\x1e";

/**
 * The text of a cell, followed by the check of an exercise; the lines keep their numbers.
 *
 * @param {string} text
 * @param {string} exercise
 */
export const withCheck = (text, exercise) =>
  [
    text,
    `print(${JSON.stringify(SEPARATOR)})`,
    "from d2lmini.exercises import check",
    `check(${JSON.stringify(exercise)}, globals())`,
  ].join("\n");

export class Verdict {
  element = document.createElement("p");
  #text = "";

  constructor() {
    this.element.className = "d2l-live-verdict";
    this.element.setAttribute("role", "status");
  }

  clear() {
    this.#text = "";
    this.element.replaceChildren();
  }

  /** @param {string} text */
  add(text) {
    this.#text += text;
  }

  /** Show what was added; return it in a word, or nothing where there is nothing. */
  show() {
    const text = this.#text.trim();
    if (!text) return "";
    const right = text.startsWith(RIGHT);
    const title = document.createElement("strong");
    title.textContent = right ? "Right" : "Not yet";
    this.element.dataset.right = String(right);
    const reason = right ? text[RIGHT.length].toUpperCase() + text.slice(RIGHT.length + 1) : text;
    this.element.replaceChildren(title, " ", reason);
    return `${title.textContent}.`;
  }
}
