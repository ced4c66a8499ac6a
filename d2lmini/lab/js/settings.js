// The settings of a run: their defaults and ranges, which Python reads from the same file.
import SETTINGS_FILE from "./settings.json" with { type: "json" };

/**
 * The settings of a run.
 *
 * @typedef {object} Settings
 * @property {number} batch_size
 * @property {number} lr - The learning rate.
 * @property {number} num_epochs
 * @property {number} momentum
 * @property {boolean} replacement - Whether rows are drawn with replacement.
 * @property {boolean} decay - Whether the learning rate is divided by 10 each epoch.
 * @property {boolean} genie - Whether the data set holds every row twice.
 * @property {number} seed
 */

/** @typedef {keyof Settings} SettingName */

/**
 * @typedef {object} SettingRange
 * @property {number | boolean} default
 * @property {number[]} [range] - The smallest and the largest value; switches have none.
 * @property {boolean} [whole] - Whether the value is an integer.
 */

/** @type {Record<string, SettingRange>} */
const SETTINGS = SETTINGS_FILE;

export const SETTING_NAMES = /** @type {SettingName[]} */ (Object.keys(SETTINGS));

export const DEFAULTS = settingsFrom((name) => SETTINGS[name].default);

/**
 * Collect the value of every setting.
 *
 * @param {(name: SettingName) => number | boolean} getValue
 */
export function settingsFrom(getValue) {
  const entries = SETTING_NAMES.map((name) => [name, getValue(name)]);
  return /** @type {Settings} */ (Object.fromEntries(entries));
}

/**
 * The allowed value of a setting that is nearest to the given one.
 *
 * @param {SettingName} name
 * @param {unknown} value
 */
export function clampSetting(name, value) {
  const { range, whole } = SETTINGS[name];
  if (!range) return Boolean(value);
  const clamped = Math.max(range[0], Math.min(range[1], Number(value) || 0));
  return whole ? Math.round(clamped) : clamped;
}
