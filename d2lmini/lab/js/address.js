// The settings in the page's address, so that a teacher can link to them: ?b=1&lr=0.02&seed=7
import { DEFAULTS } from "./training.js";

const SHORT = {
  b: "batch_size", lr: "lr", epochs: "num_epochs", momentum: "momentum",
  replacement: "replacement", decay: "decay", genie: "genie", seed: "seed",
};
const RANGES = {
  batch_size: [1, 1500], lr: [0.0001, 5], num_epochs: [1, 20], momentum: [0, 0.99], seed: [0, 9999],
};
const WHOLE = new Set(["batch_size", "num_epochs", "seed"]);

/** The query of an address that says these settings; other parts of a query are kept. */
export function toQuery(settings, query = "") {
  const parts = new URLSearchParams(query);
  for (const [short, name] of Object.entries(SHORT)) {
    const told = short === "b" || short === "lr" || settings[name] !== DEFAULTS[name];
    if (told) parts.set(short, String(Number(settings[name])));
    else parts.delete(short);
  }
  return `?${parts}`;
}

/** The settings that a query says, or null if it says none; nonsense is left out. */
export function fromQuery(query) {
  const settings = {};
  const parts = new URLSearchParams(query);
  for (const [short, name] of Object.entries(SHORT)) {
    const text = parts.get(short)?.trim();
    if (text && Number.isFinite(Number(text))) settings[name] = allowed(name, Number(text));
  }
  return Object.keys(settings).length ? settings : null;
}

/** The value nearest to the wanted one that a setting may have. */
export function allowed(name, value) {
  if (!(name in RANGES)) return Boolean(value);
  const [low, high] = RANGES[name];
  const within = Math.max(low, Math.min(high, Number(value) || 0));
  return WHOLE.has(name) ? Math.round(within) : within;
}
