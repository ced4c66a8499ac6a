// Pinned runs as a text, for the page's address: "b:10,lr:0.05;b:100,lr:0.4".

/** @import { LabSettings } from "./settings.js" */
import { fromQuery, toQuery } from "../parts/address.js";
import { LAB_DEFAULTS, LAB_TABLE } from "./settings.js";

export const MAX_PINS = 4;
const NOT_PINNED = ["axis", "split", "pins"]; // how runs are shown, and not what they are
const PINNED_TABLE = Object.fromEntries(
  Object.entries(LAB_TABLE).filter(([name]) => !NOT_PINNED.includes(name)),
);

/**
 * @param {LabSettings[]} pinned
 */
export const toPinText = (pinned) => pinned.map(runKey).join(";");

/**
 * What distinguishes runs: all settings but those of how they are shown.
 *
 * @param {LabSettings} settings
 */
export const runKey = (settings) =>
  toQuery(PINNED_TABLE, settings).slice(1).replaceAll("=", ":").replaceAll("&", ",");

/**
 * The settings of the pinned runs of a text; what cannot be read is left out, and what is there
 * twice counts once.
 *
 * @param {string} text
 * @returns {LabSettings[]}
 */
export function fromPinText(text) {
  const queries = text.split(";").map((run) => run.replaceAll(":", "=").replaceAll(",", "&"));
  const runs = queries
    .flatMap((query) => fromQuery(PINNED_TABLE, query) ?? [])
    .map((changes) => ({ ...LAB_DEFAULTS, ...changes }));
  return [...new Map(runs.map((run) => [runKey(run), run])).values()].slice(0, MAX_PINS);
}
