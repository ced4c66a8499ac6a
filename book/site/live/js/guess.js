// Guesses: the reader fills in a number or drags it along an axis, and the page compares it with what
// was measured. A guess is kept in the browser alone, until it is forgotten.

/** @import { GuessData } from "./guess_data.js" */
import { compare, formatValue, parseValue, positionOf, valueAt } from "./guess_data.js";

const STEPS = 1000;

/** @param {HTMLElement} box */
const prepare = (box) => {
  /**
   * @template {HTMLElement} Kind
   * @param {string} selector
   */
  const part = (selector) => /** @type {Kind} */ (box.querySelector(selector));
  /** @type {GuessData} */
  const data = JSON.parse(box.querySelector("script")?.text ?? "{}");
  const slider = /** @type {HTMLInputElement} */ (part("[type=range]"));
  const field = /** @type {HTMLInputElement} */ (part("[type=number]"));
  const status = /** @type {HTMLElement} */ (part("[role=status]"));
  const compareButton = /** @type {HTMLElement} */ (part("[data-do=compare]"));
  const forgetButton = /** @type {HTMLElement} */ (part("[data-do=forget]"));
  const hiding = document.querySelector(`.d2l-measures-${data.name}`);
  const key = `d2l-guess ${data.name}`;

  /** @param {number | undefined} value */
  const show = (value) => {
    compareButton.setAttribute("aria-disabled", String(value === undefined));
    slider.dataset.untouched = String(value === undefined);
    const at = value === undefined ? 0.5 : positionOf(data, value);
    slider.value = String(Math.round(STEPS * at));
    const text = value === undefined ? "no guess yet" : formatValue(data, value);
    slider.setAttribute("aria-valuetext", text);
  };

  /** @param {number} value */
  const judge = (value) => {
    box.dataset.compared = "true";
    box.style.setProperty("--measured", String(positionOf(data, data.measured)));
    box.style.setProperty("--guessed", String(positionOf(data, value)));
    forgetButton.hidden = false;
    hiding?.classList.remove("d2l-awaits-guess");
    status.textContent = compare(data, value);
  };

  const open = () => {
    delete box.dataset.compared;
    status.textContent = hiding?.matches(".d2l-awaits-guess")
      ? "What was measured is shown after your guess."
      : "";
  };

  slider.addEventListener("input", () => {
    const value = valueAt(data, Number(slider.value) / STEPS);
    field.value = String(value);
    show(value);
    open();
  });
  field.addEventListener("input", () => {
    show(parseValue(field.value));
    open();
  });
  field.addEventListener("keydown", ({ key: pressed }) => {
    if (pressed === "Enter") compareButton.click();
  });
  compareButton.addEventListener("click", () => {
    const value = parseValue(field.value);
    if (value === undefined) {
      status.textContent = "Fill in a number first.";
      return;
    }
    keep(key, String(value));
    judge(value);
  });
  forgetButton.addEventListener("click", () => {
    keep(key, undefined);
    field.value = "";
    forgetButton.hidden = true;
    show(undefined);
    open();
    field.focus();
  });

  const before = parseValue(kept(key) ?? "");
  show(before);
  open();
  if (before === undefined) return;
  field.value = String(before);
  judge(before);
};

/** @param {string} key */
const kept = (key) => {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // the browser keeps nothing
  }
};

/**
 * @param {string} key
 * @param {string | undefined} value
 */
const keep = (key, value) => {
  try {
    if (value === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // A browser that keeps nothing: the guess lasts as long as the page.
  }
};

/** @type {NodeListOf<HTMLElement>} */
const boxes = document.querySelectorAll(".d2l-guess");
boxes.forEach(prepare);
