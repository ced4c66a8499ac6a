// The elements of the lab, from top to bottom.

/** @import { Display } from "./display.js" */
/** @import { Field } from "./elements.js" */
/** @import { Settings } from "./settings.js" */
import { button, checkField, choiceField, element, numberField } from "./elements.js";
import { formatNumber } from "./format.js";
import { sliderField } from "./slider.js";
import { WEIGHT_NAMES } from "./trajectory.js";

/**
 * What the controls do.
 *
 * @typedef {object} Actions
 * @property {(changes: Partial<Settings>) => void} change
 * @property {() => void} drawAgain
 * @property {() => void} watch
 * @property {() => void} step
 * @property {() => void} runInPyTorch
 */

/**
 * The values of the two sliders.
 *
 * @typedef {{ batch_size: number[], lr: number[] }} Choices
 */

/**
 * The two sliders, by the names of their settings.
 *
 * @param {Actions} actions
 * @param {Choices} choices
 * @returns {Record<string, Field>}
 */
function makeSliders({ change }, { batch_size, lr }) {
  return {
    batch_size: sliderField("batch size", batch_size, String, (b) => change({ batch_size: b })),
    lr: sliderField("learning rate", lr, formatNumber, (rate) => change({ lr: rate })),
  };
}

/**
 * The settings that are typed as numbers, by their names.
 *
 * @param {Actions} actions
 * @returns {Record<string, Field>}
 */
function makeNumbers({ change }) {
  const epochs = { min: 1, max: 20, step: 1 };
  const momentum = { min: 0, max: 0.99, step: 0.1 };
  const seed = { min: 0, max: 9999, step: 1 };
  return {
    num_epochs: numberField("epochs", epochs, (value) => change({ num_epochs: value })),
    momentum: numberField("momentum", momentum, (value) => change({ momentum: value })),
    seed: numberField("seed", seed, (value) => change({ seed: value })),
  };
}

/**
 * The settings that are on or off, by their names.
 *
 * @param {Actions} actions
 * @returns {Record<string, Field>}
 */
function makeSwitches({ change }) {
  return {
    replacement: checkField("with replacement", (value) => change({ replacement: value })),
    decay: checkField("divide the rate by 10 each epoch", (value) => change({ decay: value })),
    genie: checkField("the genie's doubled data", (value) => change({ genie: value })),
  };
}

/**
 * A row of controls that belong together.
 *
 * @param {string} name - Its class.
 * @param {string} label
 * @param {...HTMLElement} controls
 */
const group = (name, label, ...controls) =>
  element("div", { class: name, role: "group", "aria-label": label }, ...controls);

/**
 * The choice of one of the two weights of the path.
 *
 * @param {string} label
 * @param {Display} display
 * @param {number} axis
 */
const weightField = (label, display, axis) =>
  choiceField(label, WEIGHT_NAMES, display.axes[axis], (weight) =>
    display.chooseWeight(axis, weight),
  );

/** @param {Record<string, Field>} fields */
const labelsOf = (fields) => Object.values(fields).map((field) => field.label);

/**
 * Fill `el`; return the controls whose state changes.
 *
 * @param {HTMLElement} el
 * @param {{ actions: Actions, choices: Choices, display: Display, tasks: HTMLElement }} parts
 */
export function makeLayout(el, { actions, choices, display, tasks }) {
  const sliders = makeSliders(actions, choices);
  const numbers = makeNumbers(actions);
  const switches = makeSwitches(actions);
  const watch = button("Watch it train", actions.watch);
  const pytorch = button("Run in PyTorch", actions.runInPyTorch, { hidden: true });
  const link = element("a", { class: "lab-link" }, "Link to this setting");
  const again = button("Draw again", actions.drawAgain);
  const buttons = [
    watch,
    button("One step", actions.step),
    button("Pin this run", () => display.pin()),
    button("Unpin all", () => display.unpinAll()),
    pytorch,
    link,
  ];
  const weights = [weightField("across", display, 0), weightField("up", display, 1)];
  display.path.append(group("lab-controls", "Weights of the path", ...weights));
  el.classList.add("d2l-lab");
  el.replaceChildren(
    group("lab-sliders", "Batch size and learning rate", ...labelsOf(sliders)),
    group("lab-controls", "Numbers of the run", ...labelsOf(numbers), again),
    group("lab-controls", "Options of the run", ...labelsOf(switches)),
    group("lab-actions", "What to do with the run", ...buttons),
    display.result,
    display.legend,
    element("div", { class: "lab-pictures" }, ...display.figures),
    tasks,
  );
  return { fields: { ...sliders, ...numbers, ...switches }, watch, pytorch, link };
}
