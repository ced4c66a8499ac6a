// The settings in the page's address, so that a teacher can link to them: ?b=1&lr=0.02&seed=7
import { allowed, DEFAULTS } from "./training.js";

const SHORT = {
  b: "batch_size", lr: "lr", epochs: "num_epochs", momentum: "momentum",
  replacement: "replacement", decay: "decay", genie: "genie", seed: "seed",
};

/** The query of an address that says these settings; other parts of a query are kept. */
export function toQuery(settings, query = "") {
  const parts = new URLSearchParams(query);
  for (const [short, name] of Object.entries(SHORT)) {
    const said = short === "b" || short === "lr" || settings[name] !== DEFAULTS[name];
    if (said) parts.set(short, String(Number(settings[name])));
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
