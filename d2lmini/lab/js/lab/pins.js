// The pinned runs: a strip of thumbnails; pointing at one lays its curve over the current one.

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

  /** @param {PinHandlers} handlers */
  constructor(handlers) {
    this.#handlers = handlers;
  }

  /** @param {Trial[]} trials */
  show(trials) {
    const empty = element("li", { class: "lab-pin-hint" }, `Room for ${MAX_PINS} pinned runs`);
    const items = trials.map((trial, index) => this.#item(trial, index));
    const hadFocus = this.strip.contains(document.activeElement);
    this.strip.replaceChildren(...(items.length ? items : [empty]));
    if (hadFocus) (items[items.length - 1]?.querySelector("button") ?? this.strip).focus();
  }

  /**
   * @param {Trial} trial
   * @param {number} index
   */
  #item(trial, index) {
    const { overlay, choose, unpin } = this.#handlers;
    const name = describeSettings(trial.settings);
    const thumbnail = button("", () => choose(trial), {
      "aria-label": `Show ${name}`,
      title: name,
      onpointerenter: () => overlay(trial),
      onpointerleave: () => overlay(null),
      onfocus: () => overlay(trial),
      onblur: () => overlay(null),
    });
    thumbnail.innerHTML = thumbnailSvg(trial);
    const label = element("span", {}, `b ${trial.settings.batch_size} · ${trial.settings.lr}`);
    const remove = button("✕", () => unpin(index), { "aria-label": `Unpin ${name}` });
    return element("li", {}, thumbnail, label, remove);
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
