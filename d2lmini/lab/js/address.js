// The settings in the page's address, so that a teacher can link to them: ?b=1&lr=0.02&seed=7

/** @import { SettingName, Settings } from "./settings.js" */
import { clampSetting, DEFAULTS } from "./settings.js";

/** @type {Record<string, SettingName>} */
const PARAMETERS = {
  b: "batch_size",
  lr: "lr",
  epochs: "num_epochs",
  momentum: "momentum",
  replacement: "replacement",
  decay: "decay",
  genie: "genie",
  seed: "seed",
};

/**
 * The query of an address with these settings; other parameters of a query are kept.
 *
 * @param {Settings} settings
 * @param {string} [query]
 */
export function toQuery(settings, query = "") {
  const parameters = new URLSearchParams(query);
  for (const [parameter, name] of Object.entries(PARAMETERS)) {
    const always = parameter === "b" || parameter === "lr";
    if (always || settings[name] !== DEFAULTS[name]) {
      parameters.set(parameter, String(Number(settings[name])));
    } else {
      parameters.delete(parameter);
    }
  }
  return `?${parameters}`;
}

/**
 * The settings of a query, or null if it has none; values that are not numbers are ignored.
 *
 * @param {string} query
 * @returns {Partial<Settings> | null}
 */
export function fromQuery(query) {
  /** @type {Partial<Record<SettingName, number | boolean>>} */
  const settings = {};
  const parameters = new URLSearchParams(query);
  for (const [parameter, name] of Object.entries(PARAMETERS)) {
    const text = parameters.get(parameter)?.trim();
    if (text && Number.isFinite(Number(text))) settings[name] = clampSetting(name, Number(text));
  }
  return Object.keys(settings).length ? /** @type {Partial<Settings>} */ (settings) : null;
}
