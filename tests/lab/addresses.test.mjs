// Over ten thousand made addresses: each gives settings in their ranges, and is written and read back.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { mock, test } from "node:test";
import { fromPinText, MAX_PINS, toPinText } from "../../d2lmini/lab/js/lab/pin_text.js";
import { LAB_DEFAULTS, LAB_TABLE } from "../../d2lmini/lab/js/lab/settings.js";
import { fromQuery, toQuery } from "../../d2lmini/lab/js/parts/address.js";
import { ModelSettings } from "../../d2lmini/lab/js/parts/model_settings.js";
import { clampSetting, defaultsOf } from "../../d2lmini/lab/js/parts/settings.js";
import { madeQuery, madeValue, seeded } from "./made_addresses.mjs";

const JS = new URL("../../d2lmini/lab/js/", import.meta.url);
const EACH = 2000;
const SEED = 15;

/** The tables of all pieces: their files have the names of modules. */
const TABLES = readdirSync(JS)
  .filter((name) => name.endsWith(".js"))
  .map((name) => name.slice(0, -3))
  .map((name) => ({ name, table: JSON.parse(readFileSync(new URL(`${name}.json`, JS), "utf8")) }));

/**
 * Whether a value is one that the setting may have.
 *
 * @param {import("../../d2lmini/lab/js/parts/settings.js").Setting} setting
 * @param {any} value
 */
function isAllowed({ range, whole, options, text }, value) {
  if (text) return typeof value === "string" && value.length <= text;
  if (options) return options.includes(value);
  if (!range) return typeof value === "boolean";
  if (typeof value !== "number" || !(range[0] <= value && value <= range[1])) return false;
  return !whole || Number.isInteger(value);
}

/**
 * @param {import("../../d2lmini/lab/js/parts/settings.js").SettingsTable} table
 * @param {Record<string, any>} settings
 * @param {string} shown
 */
function checkAllowed(table, settings, shown) {
  assert.deepEqual(Object.keys(settings).sort(), Object.keys(table).sort(), shown);
  for (const [name, value] of Object.entries(settings)) {
    assert.ok(isAllowed(table[name], value), `${name}=${value} from ${shown}`);
  }
}

/**
 * The parameters of a query that are not the table's.
 *
 * @param {import("../../d2lmini/lab/js/parts/settings.js").SettingsTable} table
 * @param {string} query
 */
function others(table, query) {
  const own = Object.values(table).map(({ parameter }) => parameter);
  return [...new URLSearchParams(query)].filter(([key]) => !own.includes(key));
}

for (const { name, table } of TABLES) {
  test(`${EACH} addresses of the ${name} give settings in range, which are read back`, () => {
    const random = seeded(SEED);
    let named = 0;
    for (let k = 0; k < EACH; k += 1) {
      const query = madeQuery(random, table);
      const found = fromQuery(table, query);
      named += Number(found !== null);
      const settings = { ...defaultsOf(table), ...found };
      checkAllowed(table, settings, query);
      const written = toQuery(table, settings, query);
      assert.deepEqual({ ...defaultsOf(table), ...fromQuery(table, written) }, settings, query);
      assert.deepEqual(others(table, written), others(table, query), query);
      assert.equal(toQuery(table, settings, written), written);
    }
    assert.ok(named > EACH / 10 && named < EACH, `${named} of ${EACH} name a setting`);
  });

  test(`a model of the ${name} keeps its settings in range, whatever it is handed`, () => {
    const random = seeded(SEED);
    /** @type {Record<string, any>} */
    const values = defaultsOf(table);
    const ignore = () => {};
    const model = {
      get: (/** @type {string} */ key) => values[key],
      set: (/** @type {string} */ key, /** @type {unknown} */ value) => {
        values[key] = value;
      },
      ...{ save_changes: ignore, send: ignore, on: ignore, off: ignore },
    };
    const settings = new ModelSettings(model, table, ignore);
    for (let k = 0; k < EACH; k += 1) {
      const keys = Object.keys(table);
      const key = keys[Math.floor(random() * keys.length)];
      const value = madeValue(random);
      if (random() < 0.5) settings.apply({ [key]: value });
      else values[key] = value;
      checkAllowed(table, settings.current, `${key}=${String(value)}`);
      assert.equal(clampSetting(table[key], settings.current[key]), settings.current[key]);
    }
  });
}

test("pinned runs of made addresses are few, in range, and read back", () => {
  const random = seeded(SEED);
  let pinned = 0;
  for (let k = 0; k < EACH / 4; k += 1) {
    const text = fromQuery(LAB_TABLE, madeQuery(random, { pins: LAB_TABLE.pins }))?.pins ?? "";
    const runs = fromPinText(text);
    assert.ok(runs.length <= MAX_PINS);
    for (const run of runs) checkAllowed(LAB_TABLE, run, text);
    assert.deepEqual(fromPinText(toPinText(runs)), runs, text);
    pinned += runs.length;
  }
  assert.ok(pinned > EACH / 20, `${pinned} runs`);
});

test("the address bar follows made addresses, and writes what it would read", async () => {
  /** @type {string[]} */
  const written = [];
  const page = {
    document: { getElementById: () => null },
    location: { search: "", hash: "" },
    history: { replaceState: (/** @type {any[]} */ ...args) => written.push(args[2]) },
  };
  Object.assign(globalThis, page);
  mock.timers.enable({ apis: ["setTimeout"] });
  const { AddressBar } = await import("../../d2lmini/lab/js/parts/address_bar.js");
  const random = seeded(SEED);
  const bar = new AddressBar(LAB_TABLE);
  for (let k = 0; k < EACH; k += 1) {
    page.location.search = madeQuery(random, LAB_TABLE);
    page.location.hash = ["", "#lab", "#%", "#<b>", "#%E0%A4%A"][k % 5];
    const settings = { ...LAB_DEFAULTS, ...bar.settings };
    checkAllowed(LAB_TABLE, settings, page.location.search);
    bar.update(settings);
    mock.timers.tick(1000);
    const last = written.pop();
    if (!last) continue;
    assert.ok(last.endsWith(page.location.hash));
    const query = last.slice(0, last.length - page.location.hash.length);
    assert.deepEqual({ ...LAB_DEFAULTS, ...fromQuery(LAB_TABLE, query) }, settings);
  }
  mock.timers.reset();
});
