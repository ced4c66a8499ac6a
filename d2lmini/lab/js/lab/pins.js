// The pinned runs: a strip of thumbnails that lay their curves over the current one.

/** @import { Trial } from "./trial.js" */
import { button, element } from "../parts/elements.js";
import { describeSettings } from "./descriptions.js";
import { MAX_PINS } from "./pin_text.js";

const PIN_WIDTH = 52;
const PIN_HEIGHT = 28;
const DECADES = 4; // of the loss, from 1 down

/**
 * @typedef {object} PinHandlers
 * @property {(trial: Trial | null) => void} overlay
 * @property {(trial: Trial) => void} choose
 * @property {(index: number) => void} unpin
 */

export class PinStrip {
  strip = element("ul", { class: "lab-pins", tabindex: -1, "aria-label": "Pinned runs" });
  #handlers;
  /** @type {Trial | null} The one that is pointed at. */
  #pointed = null;
  /** @type {Trial | null} The one that stays laid over: a finger cannot point without a tap. */
  #kept = null;
  /** @type {Map<Trial, HTMLElement>} */
  #thumbnails = new Map();

  /** @param {PinHandlers} handlers */
  constructor(handlers) {
    this.#handlers = handlers;
  }

  /** @param {Trial[]} trials */
  show(trials) {
    const empty = element("li", { class: "lab-pin-hint" }, `Room for ${MAX_PINS} pinned runs`);
    this.#pointed = null;
    this.#thumbnails.clear();
    if (this.#kept && !trials.includes(this.#kept)) this.#kept = null;
    const items = trials.map((trial, index) => this.#item(trial, index));
    const hadFocus = this.strip.contains(document.activeElement);
    this.strip.replaceChildren(...(items.length ? items : [empty]));
    this.#layOver();
    if (hadFocus) (items[items.length - 1]?.querySelector("button") ?? this.strip).focus();
  }

  /**
   * @param {Trial} trial
   * @param {number} index
   */
  #item(trial, index) {
    const { choose, unpin } = this.#handlers;
    const name = describeSettings(trial.settings);
    const text = `b ${trial.settings.batch_size} · ${trial.settings.lr}`;
    const show = button(text, () => choose(trial), {
      class: "lab-pin-name",
      "aria-label": `Show ${text}`,
      title: name,
    });
    const remove = button("✕", () => unpin(index), { "aria-label": `Unpin ${name}` });
    return element("li", {}, this.#thumbnail(trial, name), show, remove);
  }

  /**
   * @param {Trial} trial
   * @param {string} name
   */
  #thumbnail(trial, name) {
    const point = (/** @type {Trial | null} */ pointed) => {
      this.#pointed = pointed;
      this.#layOver();
    };
    const isFinger = (/** @type {PointerEvent} */ event) => event.pointerType === "touch";
    const thumbnail = button("", () => this.#keep(trial), {
      "aria-label": `Lay over ${name}`,
      title: name,
      onpointerenter: (/** @type {PointerEvent} */ event) => isFinger(event) || point(trial),
      onpointerleave: (/** @type {PointerEvent} */ event) => isFinger(event) || point(null),
      onfocus: () => thumbnail.matches(":focus-visible") && point(trial), // not after a tap
      onblur: () => point(null),
    });
    thumbnail.innerHTML = thumbnailSvg(trial);
    this.#thumbnails.set(trial, thumbnail);
    return thumbnail;
  }

  /**
   * Keep a run laid over, or no longer.
   *
   * @param {Trial} trial
   */
  #keep(trial) {
    this.#kept = trial === this.#kept ? null : trial;
    this.#layOver();
  }

  #layOver() {
    for (const [trial, thumbnail] of this.#thumbnails) {
      thumbnail.setAttribute("aria-pressed", String(trial === this.#kept));
    }
    this.#handlers.overlay(this.#pointed ?? this.#kept);
  }
}

/** @param {Trial} trial */
function thumbnailSvg({ run, problem }) {
  const last = Math.log(run.log[run.log.length - 1].examples + 1);
  const points = run.log.map(({ examples, loss }) => {
    const depth = -Math.log10(Math.max(loss - problem.floor, 10 ** -DECADES)) / DECADES;
    const x = (PIN_WIDTH * Math.log(examples + 1)) / last;
    return `${x.toFixed(1)} ${(PIN_HEIGHT * Math.max(0, depth)).toFixed(1)}`;
  });
  const size = `width="${PIN_WIDTH}" height="${PIN_HEIGHT}"`;
  return (
    `<svg viewBox="0 0 ${PIN_WIDTH} ${PIN_HEIGHT}" ${size} aria-hidden="true">` +
    `<path d="M${points.join("L")}" fill="none" stroke="var(--lab-3)" stroke-width="1.6"/></svg>`
  );
}
