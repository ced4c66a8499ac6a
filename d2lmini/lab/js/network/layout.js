// The controls of the network's sweep, and the frame of its pictures.

/** @import { Field } from "../parts/elements.js" */
import { button, element } from "../parts/elements.js";
import { makeFields } from "../parts/fields.js";
import { STYLES } from "./results.js";

const KEY =
  "Vertical bars, with two seeds or more: from the lowest to the highest test error. " +
  "The network is 5-16-16-1 with tanh, which is smooth, unlike ReLU; 1,200 rows train it, " +
  "300 test it. Of a list of rates, the one with the lowest training error is shown.";

/**
 * @typedef {object} Layout
 * @property {Record<string, Field>} fields
 * @property {HTMLElement} ownRates - The fields of the reader's own rates.
 * @property {HTMLButtonElement} run
 * @property {HTMLProgressElement} progress
 * @property {HTMLElement} status
 * @property {HTMLElement} lines - Says what the lines are.
 */

/**
 * What the lines are.
 *
 * @param {boolean} sorted - The settings' order of rows.
 */
export function keyInWords(sorted) {
  const [these, others] = sorted ? ["sorted", "shuffled"] : ["shuffled", "sorted"];
  return (
    `Thick: test error with ${these} rows. Thin: their training error. ` +
    `Pale: test error with ${others} rows, where they were trained. `
  );
}

/**
 * @param {HTMLElement} el
 * @param {import("../parts/settings.js").SettingsTable} table
 * @param {(changes: Record<string, any>) => void} change
 * @param {() => void} runOrStop
 * @param {HTMLElement[]} figures
 * @returns {Layout}
 */
export function makeLayout(el, table, change, runOrStop, figures) {
  const fields = makeFields(table, Object.keys(table), change);
  /** @param {string[]} names */
  const labels = (names) => names.map((name) => fields[name].label);
  const optimizers = Object.keys(STYLES);
  for (const name of optimizers)
    fields[name].label.insertBefore(sample(name), fields[name].label.lastChild);
  const ownRates = element(
    "div",
    { class: "network-row", role: "group", "aria-label": "own rates" },
    ...labels(optimizers.map((name) => `${name}_rate`)),
  );
  const run = button("Run", runOrStop, { class: "network-run" });
  const progress = element("progress", { value: 0, max: 1, "aria-label": "runs done" });
  const status = element("p", { class: "network-status", role: "status" });
  const lines = element("span");
  el.replaceChildren(
    group("optimizers", labels(optimizers)),
    group("settings", labels(["num_epochs", "num_seeds", "sorted_data", "rates"])),
    ownRates,
    element("div", { class: "network-row network-start" }, run, progress),
    status,
    element("div", { class: "network-pictures" }, ...figures),
    element("p", { class: "network-key" }, lines, KEY),
  );
  return { fields, ownRates, run, progress, status, lines };
}

/**
 * @param {string} name
 * @param {Node[]} children
 */
const group = (name, children) =>
  element("div", { class: "network-row", role: "group", "aria-label": name }, ...children);

/**
 * How the line of an optimizer is drawn.
 *
 * @param {string} optimizer
 */
function sample(optimizer) {
  const { color, dash } = STYLES[optimizer];
  const box = element("span", { class: "network-sample", "aria-hidden": "true" });
  const line = `stroke="${color}" stroke-width="2.2" stroke-dasharray="${dash}"`;
  box.innerHTML = `<svg width="24" height="12"><path d="M1 6H24" ${line}/></svg>`;
  return box;
}
