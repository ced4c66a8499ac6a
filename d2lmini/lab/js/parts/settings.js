// A table of settings: their defaults, ranges and names. Python reads the same JSON file.

/** @typedef {number | boolean | string} SettingValue */

/**
 * @typedef {object} Setting
 * @property {string} label
 * @property {string} parameter - Its name in the page's address.
 * @property {boolean} [always] - Whether the address names it also when it has its default.
 * @property {SettingValue} default
 * @property {number[]} [range] - The smallest and the largest value, of numbers.
 * @property {boolean} [whole] - Whether the number is an integer.
 * @property {number[]} [choices] - The positions of its slider, in ascending order.
 * @property {number} [step] - What the arrow keys add to a number that is typed.
 * @property {string[]} [options] - The values to choose from, of texts.
 * @property {number} [text] - The largest length of a text that is free.
 */

/** @typedef {Record<string, any>} SettingsTable - Settings by their names. */

/** @typedef {Record<string, any>} Values - Values of settings by their names. */

/**
 * Collect the value of every setting.
 *
 * @param {SettingsTable} table
 * @param {(name: string) => any} getValue
 * @returns {Values}
 */
export const valuesFrom = (table, getValue) =>
  Object.fromEntries(Object.keys(table).map((name) => [name, getValue(name)]));

/** @param {SettingsTable} table */
export const defaultsOf = (table) => valuesFrom(table, (name) => table[name].default);

const HALF = /\p{Surrogate}/gu;

/**
 * The allowed value of a setting that is nearest to the given one.
 *
 * @param {Setting} setting
 * @param {unknown} value
 * @returns {any}
 */
export function clampSetting({ range, whole, options, text, default: fallback }, value) {
  // An address holds neither blanks at the end nor half of a character that was cut in two.
  if (text) return String(value).slice(0, text).replace(HALF, "").trim();
  if (options) return options.includes(String(value)) ? String(value) : fallback;
  if (!range) return Boolean(Number(value));
  const number = Number(value);
  if (Number.isNaN(number)) return fallback;
  const clamped = Math.max(range[0], Math.min(range[1], number));
  return (whole ? Math.round(clamped) : clamped) + 0; // an address does not hold -0
}
