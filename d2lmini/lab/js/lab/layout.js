// The elements of the lab, from top to bottom.

/** @import { Field } from "../parts/elements.js" */
/** @import { LabSettings } from "./settings.js" */
import { toQuery } from "../parts/address.js";
import { button, element } from "../parts/elements.js";
import { makeFields } from "../parts/fields.js";
import { LAB_TABLE } from "./settings.js";
import { typedSlider } from "./typed_slider.js";

/** The settings in their groups, below the two that have sliders. */
const GROUPS = /** @type {Record<string, string[]>} */ ({
  "How the runs train": ["momentum", "copies", "seed", "replacement", "decay", "grow"],
  "What the curve shows": ["axis", "split"],
  "What the swarm shows": ["across", "up", "start_across", "start_up"],
});

/**
 * What the controls do.
 *
 * @typedef {object} Actions
 * @property {(changes: Record<string, any>) => void} change
 * @property {() => void} play
 * @property {() => void} step
 * @property {() => void} pin
 * @property {() => void} drawAgain
 */

/**
 * @param {string} label
 * @param {...(HTMLElement | string)} controls
 */
const group = (label, ...controls) =>
  element("div", { class: "lab-controls", role: "group", "aria-label": label }, ...controls);

/** @param {Record<string, Field>} fields */
const labelsOf = (fields) => Object.values(fields).map((field) => field.label);

/**
 * Fill `el`; return the controls whose state changes.
 *
 * @param {HTMLElement} el
 * @param {object} parts
 * @param {Actions} parts.actions
 * @param {HTMLElement[]} parts.figures
 * @param {HTMLElement[]} parts.numbers
 * @param {HTMLElement} parts.result
 * @param {HTMLElement} parts.code
 * @param {HTMLElement} parts.pins
 * @param {HTMLElement} parts.pytorch
 * @param {HTMLElement} parts.tasks
 */
export function makeLayout(el, { actions, figures, numbers, result, code, pins, pytorch, tasks }) {
  const budget = makeFields(LAB_TABLE, ["budget", "num_epochs"], actions.change);
  const groups = Object.entries(GROUPS).map(([label, names]) => ({
    label,
    fields: makeFields(LAB_TABLE, names, actions.change),
  }));
  const play = button("Play", actions.play);
  const pin = button("Pin this run", actions.pin, { class: "lab-pin" });
  const link = element("a", { class: "lab-link" }, "Link to this setting");
  const buttons = [
    play,
    button("One step", actions.step),
    button("Other seed", actions.drawAgain),
    pin,
    pytorch,
    link,
  ];
  const sliders = Object.fromEntries(
    ["batch_size", "lr"].map((name) => [
      name,
      typedSlider(LAB_TABLE[name], (value) => actions.change({ [name]: value })),
    ]),
  );
  const amount = element("span", { class: "lab-amount" });
  el.classList.add("d2l-piece", "d2l-lab");
  el.replaceChildren(
    group("What all runs have the same of", "Each run gets ", ...labelsOf(budget), amount),
    element("div", { class: "lab-pictures" }, ...figures),
    result,
    group("Batch size and learning rate", ...labelsOf(sliders)),
    element("div", { class: "lab-actions", role: "group", "aria-label": "Run" }, ...buttons),
    pins,
    code,
    element("div", { class: "lab-numbers" }, ...numbers),
    ...groups.map(({ label, fields }) => group(label, ...labelsOf(fields))),
    tasks,
  );
  /** @type {Record<string, Field>} */
  const fields = Object.assign({}, budget, sliders, ...groups.map((one) => one.fields));
  /**
   * Show the settings, what each run gets, and whether this one is pinned or can be.
   *
   * @param {LabSettings} settings
   * @param {{ budget: string, isPinned: boolean, canPin: boolean }} state
   */
  const show = (settings, { budget: given, isPinned, canPin }) => {
    for (const [name, value] of Object.entries(settings)) fields[name]?.show(value);
    amount.textContent = `= ${given}`;
    link.href = toQuery(LAB_TABLE, settings);
    pin.textContent = isPinned ? "Pinned" : "Pin this run";
    pin.setAttribute("aria-disabled", String(!canPin)); // it keeps the focus, unlike `disabled`
  };
  return { play, show };
}
