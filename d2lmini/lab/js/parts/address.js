// Settings in the page's address, so that a teacher can link to them: ?b=1&lr=0.02&seed=7

/** @import { SettingsTable, Values } from "./settings.js" */
import { clampSetting } from "./settings.js";

/**
 * The query of an address with these settings; other parameters of a query are kept.
 *
 * @param {SettingsTable} table
 * @param {Values} values
 * @param {string} [query]
 */
export function toQuery(table, values, query = "") {
  const parameters = new URLSearchParams(query);
  for (const [name, { parameter, always, default: usual }] of Object.entries(table)) {
    const value = values[name];
    const text = typeof value === "boolean" ? String(Number(value)) : String(value);
    if (always || value !== usual) parameters.set(parameter, text);
    else parameters.delete(parameter);
  }
  return `?${parameters}`;
}

/**
 * The settings of a query, or null if it has none; values of another kind are ignored.
 *
 * @param {SettingsTable} table
 * @param {string} query
 * @returns {Values | null}
 */
export function fromQuery(table, query) {
  /** @type {Values} */
  const values = {};
  const parameters = new URLSearchParams(query);
  for (const [name, setting] of Object.entries(table)) {
    const text = parameters.get(setting.parameter)?.trim();
    if (text && isValue(setting, text)) values[name] = clampSetting(setting, text);
  }
  return Object.keys(values).length ? values : null;
}

/**
 * Whether a text is a value of a setting, perhaps one out of its range.
 *
 * @param {import("./settings.js").Setting} setting
 * @param {string} value
 */
function isValue({ options, text }, value) {
  if (options) return options.includes(value);
  return text !== undefined || Number.isFinite(Number(value));
}
