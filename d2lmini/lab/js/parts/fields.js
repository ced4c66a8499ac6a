// The control of a setting, as its table describes it.

/** @import { Field } from "./elements.js" */
/** @import { SettingsTable } from "./settings.js" */
import { checkField, choiceField, numberField } from "./elements.js";
import { formatNumber } from "./format.js";
import { sliderField } from "./slider.js";

/**
 * The controls of some settings, by their names.
 *
 * @param {SettingsTable} table
 * @param {string[]} names
 * @param {(changes: Record<string, any>) => void} change
 * @returns {Record<string, Field>}
 */
export const makeFields = (table, names, change) =>
  Object.fromEntries(
    names.map((name) => [name, makeField(table[name], (value) => change({ [name]: value }))]),
  );

/**
 * @param {import("./settings.js").Setting} setting
 * @param {(value: any) => void} onChange
 */
function makeField({ label, range, choices, options, step = 1 }, onChange) {
  if (options) return choiceField(label, options, (index) => onChange(options[index]));
  if (choices) return sliderField(label, choices, formatNumber, onChange);
  if (range) return numberField(label, { min: range[0], max: range[1], step }, onChange);
  return checkField(label, onChange);
}
