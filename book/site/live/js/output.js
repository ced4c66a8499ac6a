// What a run prints and draws, below its cell.

/** @import { Curve, OutputEvent } from "./engine_types.js" */
import { CurveFigure } from "./curve.js";
import { SEPARATOR, Verdict } from "./verdict.js";

const MOST_LINES = 2000;
const MOST_CHARACTERS = 200_000; // lines can be long
const LEFT_OUT = "Only the beginning of the output is shown: at most 2,000 lines.";

/** @param {string} tag @param {string} name */
const create = (tag, name) => Object.assign(document.createElement(tag), { className: name });

export class Output {
  element = create("div", "d2l-live-output");
  verdict = new Verdict();
  /** @type {Curve | undefined} */
  curve;
  #waiting = "";
  #lines = 0;
  #characters = 0;
  #frame = 0;
  #full = false;
  #judging = false;
  /** @type {CurveFigure | undefined} */
  #figure;
  #drawn = false;

  clear() {
    cancelAnimationFrame(this.#frame);
    this.#figure?.close();
    this.element.replaceChildren();
    this.verdict.clear();
    this.#waiting = "";
    this.curve = this.#figure = undefined;
    this.#frame = this.#lines = this.#characters = 0;
    this.#full = this.#judging = false;
  }

  /** @param {OutputEvent} event */
  add(event) {
    if (event.kind === "text") this.#addText(event.text);
    else this.#addCurve(event);
    this.#frame ||= requestAnimationFrame(() => this.#show());
  }

  /**
   * Show what is left, and an error; return the verdict in a word.
   *
   * @param {string} [message]
   */
  end(message) {
    cancelAnimationFrame(this.#frame);
    this.#show();
    if (message) this.#append("pre", "d2l-live-error", message.trimEnd());
    for (const text of this.element.querySelectorAll("pre")) {
      if (text.scrollHeight > text.clientHeight) text.tabIndex = 0;
    }
    return message ? "" : this.verdict.show();
  }

  /** @param {Curve | undefined} reference */
  compare(reference) {
    if (this.curve && reference) this.#figure?.draw(this.curve, reference);
  }

  /** @param {string} text */
  #addText(text) {
    if (this.#judging) {
      this.verdict.add(text);
      return;
    }
    const [printed, ...rest] = text.split(SEPARATOR);
    if (!this.#full) this.#waiting += this.#limited(printed);
    if (!rest.length) return;
    this.#judging = true;
    this.verdict.add(rest.join(""));
  }

  /**
   * As much of a text as is shown.
   *
   * @param {string} text
   */
  #limited(text) {
    const lines = text.split("\n");
    const room = MOST_LINES - this.#lines;
    const kept = lines.length > room ? lines.slice(0, room).join("\n") : text;
    const short = kept.slice(0, MOST_CHARACTERS - this.#characters);
    this.#lines += lines.length - 1;
    this.#characters += short.length;
    this.#full = short.length < text.length;
    return this.#full ? `${short.trimEnd()}\n` : short;
  }

  /** @param {Curve} curve */
  #addCurve(curve) {
    this.curve = curve;
    this.#drawn = false;
    if (this.#figure) return; // as in a notebook, a new picture replaces the one before
    this.#flush();
    this.#figure = new CurveFigure();
    this.element.append(this.#figure.element);
  }

  #show() {
    this.#frame = 0;
    this.#flush();
    if (this.curve && !this.#drawn) this.#figure?.draw(this.curve);
    this.#drawn = true;
  }

  #flush() {
    if (!this.#waiting) return;
    const last = this.element.lastElementChild;
    if (last?.matches(".d2l-live-text")) last.append(this.#waiting);
    else this.#append("pre", "d2l-live-text", this.#waiting);
    this.#waiting = "";
    if (this.#full) this.#append("p", "d2l-live-note", LEFT_OUT);
  }

  /** @param {string} tag @param {string} name @param {string} text */
  #append(tag, name, text) {
    const added = create(tag, name);
    added.textContent = text;
    this.element.append(added);
    return added;
  }
}
