// Settings, and how an address holds them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fromQuery, toQuery } from "../../d2lmini/lab/js/address.js";
import { ModelSettings } from "../../d2lmini/lab/js/model_settings.js";
import { clampSetting, DEFAULTS } from "../../d2lmini/lab/js/settings.js";
import { nearestIndex } from "../../d2lmini/lab/js/slider.js";

test("a query has the settings, and is read back", () => {
  const settings = { ...DEFAULTS, batch_size: 1, lr: 0.02, seed: 7, genie: true, momentum: 0.5 };
  const query = toQuery(settings, "?framework=mxnet&b=99&decay=1");
  assert.equal(new URLSearchParams(query).get("framework"), "mxnet");
  assert.deepEqual({ ...DEFAULTS, ...fromQuery(query) }, settings);
  assert.equal(toQuery(DEFAULTS), "?b=10&lr=0.05");
});

test("wrong values in a query are ignored or brought into range", () => {
  assert.equal(fromQuery("?framework=mxnet"), null);
  assert.deepEqual(fromQuery("?b=9999&lr=-3&seed=x&epochs=2.4&genie=1&__proto__=1"), {
    batch_size: 1500,
    lr: 0.0001,
    num_epochs: 2,
    genie: true,
  });
  assert.equal(clampSetting("batch_size", 0), 1);
  assert.equal(clampSetting("momentum", NaN), 0);
});

/** A widget's model that calls its listeners when a value changes. */
function makeModel() {
  /** @type {Record<string, any>} */
  const values = { ...DEFAULTS, batch_sizes: [1, 10, 100], rates: [0.01, 0.1, 1] };
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

test("a slider stands at the nearest of its values, on a logarithmic scale", () => {
  const values = [1, 10, 100];
  const nearest = [1, 3, 4, 40, 100, 1500].map((value) => nearestIndex(values, value));
  assert.deepEqual(nearest, [0, 0, 1, 2, 2, 2]);
});

test("a model's settings stay in range, and each change from outside is reported once", () => {
  const model = makeModel();
  let changes = 0;
  const settings = new ModelSettings(model, () => {
    changes += 1;
  });
  assert.deepEqual(settings.choices, { batch_size: [1, 10, 100], lr: [0.01, 0.1, 1] });
  settings.apply({ batch_size: 40 });
  settings.listen();
  settings.apply({ batch_size: 50, lr: 0.2 });
  assert.deepEqual([model.values.batch_size, model.values.lr], [50, 0.2]);
  model.set("batch_size", 0);
  assert.equal(model.values.batch_size, 1);
  assert.equal(changes, 3); // one for each change, none for what follows from it
  assert.equal(model.calls.saved, 3);
  settings.close();
  assert.equal(model.listeners.size, 0);
});
