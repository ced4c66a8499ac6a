// Settings, and how an address and a text of pins hold them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fromPinText, MAX_PINS, runKey, toPinText } from "../../d2lmini/lab/js/lab/pin_text.js";
import {
  BATCH_SIZES,
  keepApart,
  LAB_DEFAULTS,
  LAB_TABLE,
  RATES,
  startOf,
  WEIGHT_NAMES,
} from "../../d2lmini/lab/js/lab/settings.js";
import { TASKS } from "../../d2lmini/lab/js/lab/tasks.js";
import { fromQuery, toQuery } from "../../d2lmini/lab/js/parts/address.js";
import { ModelSettings } from "../../d2lmini/lab/js/parts/model_settings.js";
import { clampSetting, defaultsOf } from "../../d2lmini/lab/js/parts/settings.js";
import { nearestIndex } from "../../d2lmini/lab/js/parts/slider.js";
import { withDefaults } from "./small_problem.mjs";

/**
 * Some values of a setting, its default not among them.
 *
 * @param {import("../../d2lmini/lab/js/parts/settings.js").Setting} setting
 * @returns {any[]}
 */
function othersOf({ range, whole, options, text, default: usual }) {
  const between = range && (whole ? [range[0] + 1] : [range[0] + 0.123, range[1] / 3]);
  const values = range ? [...range, .../** @type {number[]} */ (between)] : options;
  const free = text ? ["b:1,lr:0.5;b:100,lr:0.4,x:-0.5", "a&b=c d#e+f%20"] : [!usual];
  return (values ?? free).filter((/** @type {any} */ value) => value !== usual);
}

test("a table knows defaults and ranges, and sliders go through the whole range", () => {
  assert.deepEqual(defaultsOf(LAB_TABLE), LAB_DEFAULTS);
  const names = Object.values(LAB_TABLE).map(({ parameter }) => parameter);
  assert.equal(new Set(names).size, names.length);
  for (const values of [BATCH_SIZES, RATES]) {
    assert.deepEqual(
      values,
      [...new Set(values)].sort((a, b) => a - b),
    );
  }
  assert.deepEqual([BATCH_SIZES[0], BATCH_SIZES.at(-1)], LAB_TABLE.batch_size.range);
  const [lowest, highest] = LAB_TABLE.lr.range;
  assert.ok(RATES[0] >= lowest && RATES[RATES.length - 1] <= highest);
  assert.ok(BATCH_SIZES.includes(LAB_DEFAULTS.batch_size) && RATES.includes(LAB_DEFAULTS.lr));
  for (const setting of Object.values(LAB_TABLE)) {
    assert.equal(clampSetting(setting, setting.default), setting.default);
    assert.ok(setting.label.length > 1);
  }
});

for (const [name, setting] of Object.entries(LAB_TABLE)) {
  test(`${name} goes into an address and comes back`, () => {
    assert.ok(othersOf(setting).length > 0);
    for (const value of othersOf(setting)) {
      assert.equal(clampSetting(setting, value), value);
      const query = toQuery(LAB_TABLE, { ...LAB_DEFAULTS, [name]: value });
      assert.ok(new URLSearchParams(query).has(setting.parameter));
      assert.deepEqual(
        { ...LAB_DEFAULTS, ...fromQuery(LAB_TABLE, query) },
        {
          ...LAB_DEFAULTS,
          [name]: value,
        },
      );
    }
    assert.equal(
      new URLSearchParams(toQuery(LAB_TABLE, LAB_DEFAULTS)).has(setting.parameter),
      ["batch_size", "lr"].includes(name),
    );
  });

  test(`a wrong ${name} in an address is ignored or brought into range`, () => {
    for (const wrong of ["", "  ", "x".repeat(5000), "<script>", "NaN", "Infinity", "1e999"]) {
      const query = `?${setting.parameter}=${encodeURIComponent(wrong)}`;
      const found = fromQuery(LAB_TABLE, query);
      if (!setting.text || !wrong.trim()) assert.equal(found, null);
      else assert.equal(found?.[name], wrong.slice(0, setting.text));
    }
    if (!setting.range) return;
    const [low, high] = setting.range;
    for (const [given, expected] of [
      [-1e9, low],
      [1e9, high],
    ]) {
      assert.deepEqual(fromQuery(LAB_TABLE, `?${setting.parameter}=${given}`), {
        [name]: expected,
      });
    }
  });
}

test("a query keeps what is not the lab's, and drops what is usual", () => {
  const settings = withDefaults({ batch_size: 1, lr: 0.02, seed: 7, grow: true, momentum: 0.5 });
  const query = toQuery(LAB_TABLE, settings, "?framework=mxnet&b=99&decay=1");
  assert.equal(query, "?framework=mxnet&b=1&lr=0.02&momentum=0.5&seed=7&grow=1");
  assert.deepEqual({ ...LAB_DEFAULTS, ...fromQuery(LAB_TABLE, query) }, settings);
  assert.equal(toQuery(LAB_TABLE, LAB_DEFAULTS), "?b=10&lr=0.05");
  assert.equal(fromQuery(LAB_TABLE, "?framework=mxnet"), null);
  assert.equal(fromQuery(LAB_TABLE, ""), null);
});

test("an address with wrong and right values gives the right ones", () => {
  const query = "?b=9999&lr=-3&seed=x&epochs=2.4&grow=1&budget=never&across=toString&__proto__=1";
  assert.deepEqual(fromQuery(LAB_TABLE, query), {
    batch_size: 1500,
    lr: 0.0001,
    num_epochs: 2,
    grow: true,
  });
});

test("values of any type are brought into range, or become the default", () => {
  const { batch_size, momentum, budget, decay, pins } = LAB_TABLE;
  assert.deepEqual(
    [0, "7", 7.6, null].map((value) => clampSetting(batch_size, value)),
    [1, 7, 8, 1],
  );
  assert.deepEqual(
    [NaN, undefined, {}, "x"].map((value) => clampSetting(momentum, value)),
    [0, 0, 0, 0],
  );
  assert.deepEqual(
    ["time", 3, undefined].map((value) => clampSetting(budget, value)),
    ["time", "examples", "examples"],
  );
  assert.deepEqual(
    [1, "0", true, "x"].map((value) => clampSetting(decay, value)),
    [true, false, true, false],
  );
  assert.equal(clampSetting(pins, "y".repeat(10000)).length, pins.text);
});

test("a run starts where two weights are set, the others at 0", () => {
  const start = startOf({ across: "chord", up: "bias", start_across: -0.5, start_up: 2 });
  assert.deepEqual([...start], [0, 0, -0.5, 0, 0, 2]);
  assert.deepEqual(WEIGHT_NAMES.length, 6);
});

test("the swarm's two weights are kept apart: choosing the other one swaps them", () => {
  const current = withDefaults({ across: "chord", up: "bias" });
  assert.deepEqual(keepApart({ across: "bias" }, current), { across: "bias", up: "chord" });
  assert.deepEqual(keepApart({ up: "chord", lr: 1 }, current), {
    up: "chord",
    lr: 1,
    across: "bias",
  });
  for (const changes of [{ across: "angle" }, { lr: 1 }, { across: "bias", up: "chord" }]) {
    assert.deepEqual(keepApart(changes, current), changes);
  }
});

test("of one weight that an address names twice the first choice counts", () => {
  const current = withDefaults({ across: "chord", up: "bias" });
  for (const [name, up] of [
    ["angle", "bias"],
    ["chord", "bias"],
    ["bias", "chord"],
  ]) {
    const changes = { across: name, up: name };
    assert.deepEqual(keepApart(changes, current), { across: name, up });
  }
});

// --- Pinned runs

const PINNED = [
  withDefaults({}),
  withDefaults({ batch_size: 1, lr: 0.0017, decay: true, across: "bias", start_across: -1.25 }),
  withDefaults({ batch_size: 1500, budget: "time", num_epochs: 20, momentum: 0.99, seed: 9999 }),
  withDefaults({ batch_size: 137, lr: 5, copies: 10, replacement: true, grow: true, start_up: 2 }),
];

test("pinned runs are a text, which is read back", () => {
  const text = toPinText(PINNED);
  assert.ok(text.startsWith("b:10,lr:0.05;b:1,lr:0.0017,"));
  assert.ok(text.length <= LAB_TABLE.pins.text);
  assert.deepEqual(fromPinText(text), PINNED);
  const query = toQuery(LAB_TABLE, withDefaults({ pins: text }));
  assert.equal(fromQuery(LAB_TABLE, query)?.pins, text);
  assert.equal(toPinText([]), "");
  assert.deepEqual(fromPinText(""), []);
});

test("how a run is shown is not what it is", () => {
  const shown = withDefaults({ axis: "time", split: true, pins: "b:1,lr:1" });
  assert.equal(runKey(shown), runKey(LAB_DEFAULTS));
  assert.deepEqual(fromPinText(runKey(shown)), [LAB_DEFAULTS]);
  assert.deepEqual(fromPinText("b:1,lr:1,pins:b,axis:time,split:1"), [
    withDefaults({ batch_size: 1, lr: 1 }),
  ]);
  for (const setting of PINNED.slice(1)) assert.notEqual(runKey(setting), runKey(LAB_DEFAULTS));
});

test("of a hostile text only runs are read, with values in range", () => {
  const script = "<script>alert(1)</script>";
  for (const nothing of [
    "x",
    "b:",
    "b:ten",
    ";;;",
    ":::",
    "__proto__:1",
    `${script}:1`,
    "b",
    "a:1,c:2",
    ",,:,",
  ]) {
    assert.deepEqual(fromPinText(nothing), [], nothing);
  }
  assert.deepEqual(fromPinText(`b:1e9,lr:${script},across:${script},seed:-4,grow:maybe`), [
    withDefaults({ batch_size: 1500 }),
  ]);
  assert.deepEqual(fromPinText(`${script}:1;b:3,lr:0.1;nothing`), [
    withDefaults({ batch_size: 3, lr: 0.1 }),
  ]);
  assert.equal(fromPinText("b:1;b:2;b:3;b:4;b:5").length, MAX_PINS);
  assert.deepEqual(fromPinText("b:1;b:2;b:1,lr:0.05;b:1,seed:0"), [
    withDefaults({ batch_size: 1 }),
    withDefaults({ batch_size: 2 }),
  ]);
});

// --- The model

/** A widget's model that calls its listeners when a value changes. */
function makeModel() {
  /** @type {Record<string, any>} */
  const values = { ...LAB_DEFAULTS };
  /** @type {Map<string, () => void>} */
  const listeners = new Map();
  const calls = { saved: 0 };
  return {
    values,
    listeners,
    calls,
    get: (/** @type {string} */ name) => values[name],
    set(/** @type {string} */ name, /** @type {unknown} */ value) {
      if (values[name] === value) return;
      values[name] = value;
      listeners.get(`change:${name}`)?.();
    },
    save_changes: () => {
      calls.saved += 1;
    },
    send: () => {},
    on: (/** @type {string} */ event, /** @type {() => void} */ listener) => {
      listeners.set(event, listener);
    },
    off: (/** @type {string} */ event) => {
      listeners.delete(event);
    },
  };
}

test("a model's settings stay in range, and each change from outside is reported once", () => {
  const model = makeModel();
  let changes = 0;
  const settings = new ModelSettings(model, LAB_TABLE, () => {
    changes += 1;
  });
  settings.apply({ batch_size: 40 });
  settings.listen();
  assert.equal(model.listeners.size, Object.keys(LAB_TABLE).length);
  settings.apply({ batch_size: 50, lr: 0.2 });
  assert.deepEqual([model.values.batch_size, model.values.lr], [50, 0.2]);
  model.set("batch_size", 0);
  assert.equal(model.values.batch_size, 1);
  model.set("budget", "never");
  assert.equal(model.values.budget, "examples");
  assert.equal(changes, 4); // one for each change, none for what follows from it
  assert.equal(model.calls.saved, 4);
  settings.close();
  assert.equal(model.listeners.size, 0);
});

test("a slider stands at the nearest of its values, on a logarithmic scale", () => {
  const nearest = [1, 3, 4, 40, 100, 1500].map((value) => nearestIndex([1, 10, 100], value));
  assert.deepEqual(nearest, [0, 0, 1, 2, 2, 2]);
});

test("the presets of the tasks are settings of the lab, each one of its task another", () => {
  for (const { presets, title } of TASKS) {
    assert.ok(presets.length > 0, title);
    const found = presets.map(([, query]) => {
      const parameters = Object.values(LAB_TABLE).map(({ parameter }) => parameter);
      for (const [name] of new URLSearchParams(query)) assert.ok(parameters.includes(name), name);
      const settings = withDefaults(/** @type {object} */ (fromQuery(LAB_TABLE, query)));
      assert.equal(new URLSearchParams(toQuery(LAB_TABLE, settings)).toString().length > 0, true);
      for (const [name, value] of new URLSearchParams(query)) {
        assert.equal(new URLSearchParams(toQuery(LAB_TABLE, settings)).get(name), value);
      }
      return toQuery(LAB_TABLE, settings);
    });
    assert.equal(new Set(found).size, presets.length);
  }
});
