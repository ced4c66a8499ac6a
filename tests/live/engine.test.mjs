// The engine of live cells with workers that are threads of Node; the file of assets is named by
// the variable ENGINE_ASSETS.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { afterEach, test } from "node:test";
import { Worker as Thread } from "node:worker_threads";
import { createEngine } from "../../book/site/live/js/engine.js";

/** @typedef {import("../../book/site/live/js/engine_types.js").OutputEvent} OutputEvent */

const { address, ...assets } = JSON.parse(readFileSync(process.env.ENGINE_ASSETS ?? "", "utf8"));
const given = { worker: "not read here", ...assets };

/** @type {FakeWorker[]} */
let started = [];
/** @type {string | undefined} */
let broken; // a message with which workers fail that are started now

/** What the engine uses of a browser's Worker. */
class FakeWorker {
  ended = false;

  constructor() {
    started.push(this);
    this.failure = broken;
    this.thread = this.failure ? null : new Thread(new URL("worker_thread.mjs", import.meta.url));
  }

  /**
   * @param {string} kind
   * @param {(event: object) => void} listen
   */
  addEventListener(kind, listen) {
    if (this.failure === "script" && kind === "error")
      queueMicrotask(() => listen({ message: "no script" }));
    if (this.failure === "wasm" && kind === "message") {
      queueMicrotask(() => listen({ data: { broken: "no wasm" } }));
    }
    if (kind === "message") this.thread?.on("message", (data) => listen({ data }));
  }

  /** @param {any} told */
  postMessage(told) {
    this.thread?.postMessage(told.parts ? { parts: { ...told.parts, address } } : told);
  }

  terminate() {
    this.ended = true;
    this.thread?.terminate();
  }
}
Object.assign(globalThis, { Worker: FakeWorker });

/** @param {string | undefined} [failure] */
function newEngine(failure) {
  started = [];
  broken = failure;
  return createEngine(given);
}

/** A worker that waits for the next run would keep Node alive. */
afterEach(() => {
  for (const worker of started) worker.terminate();
});

/**
 * Runs a cell; what it printed and how it ended.
 * @param {ReturnType<typeof createEngine>} engine
 * @param {string} cell
 * @param {number} [seconds]
 */
async function run(engine, cell, seconds) {
  /** @type {OutputEvent[]} */
  const events = [];
  const { done } = engine.run(cell, { onOutput: (event) => events.push(event), seconds });
  const result = await done;
  const text = events.map((event) => (event.kind === "text" ? event.text : "")).join("");
  return { ...result, text };
}

test("a worker is started ahead, each run has its own, and the next one is then prepared", async () => {
  const engine = newEngine();
  assert.equal(started.length, 1);
  assert.deepEqual(await run(engine, "x = 2\nprint(x)"), { status: "finished", text: "2\n" });
  assert.deepEqual(
    started.map((worker) => worker.ended),
    [true, false],
  );
  const { status, text, message } = /** @type {any} */ (await run(engine, "print(x)"));
  assert.deepEqual([status, text], ["failed", ""]);
  assert.match(message, /NameError: name 'x' is not defined/);
  assert.equal(started.length, 3);
});

test("the data and the modules of the page are there", async () => {
  const engine = newEngine();
  const cell = "from d2lmini.data import whitened_airfoil\nprint(whitened_airfoil()[0].shape)";
  assert.deepEqual(await run(engine, cell), { status: "finished", text: "(1500, 5)\n" });
});

test("a curve comes after what was printed before it, with numbers of all kinds", async () => {
  const cell = `from d2lmini.plotting import plot
print("before")
plot([1, 2, 3], [0.5, float("nan"), -float("inf")], xlabel="step", legend=["a"])`;
  /** @type {OutputEvent[]} */
  const events = [];
  const { done } = newEngine().run(cell, { onOutput: (event) => events.push(event) });
  assert.deepEqual(await done, { status: "finished" });
  assert.deepEqual(events, [
    { kind: "text", text: "before\n" },
    {
      kind: "curve",
      x: [1, 2, 3],
      ys: [[0.5, NaN, -Infinity]],
      labels: ["a"],
      xlabel: "step",
      ylabel: "",
    },
  ]);
});

test("two runs at once have a worker each", async () => {
  const engine = newEngine();
  const results = await Promise.all([run(engine, "print(1)"), run(engine, "print(2)")]);
  assert.deepEqual(
    results.map(({ text }) => text),
    ["1\n", "2\n"],
  );
});

test("a run that takes too long is ended, and so is one that is stopped", async () => {
  const engine = newEngine();
  const endless = "while True:\n    pass";
  assert.deepEqual(await run(engine, endless, 0.3), { status: "too long", text: "" });
  const { stop, done } = engine.run(endless, { onOutput: () => {} });
  setTimeout(stop, 300);
  assert.deepEqual(await done, { status: "stopped" });
  assert.deepEqual(await run(engine, "print(3)"), { status: "finished", text: "3\n" });
});

test("a run that is stopped before its worker is ready never begins", async () => {
  const engine = newEngine();
  /** @type {OutputEvent[]} */
  const events = [];
  const { stop, done } = engine.run("print(1)", { onOutput: (event) => events.push(event) });
  stop();
  assert.deepEqual(await done, { status: "stopped" });
  await new Promise((resolve) => setTimeout(resolve, 300));
  assert.deepEqual([events, started[0].ended], [[], true]);
});

for (const [failure, message] of [
  ["script", "no script"],
  ["wasm", "no wasm"],
]) {
  test(`a worker without its ${failure} fails the run, and the next one has another`, async () => {
    const engine = newEngine(failure);
    await assert.rejects(run(engine, "print(1)"), new Error(message));
    broken = undefined;
    await assert.rejects(run(engine, "print(1)"), new Error(message)); // was prepared before
    assert.equal((await run(engine, "print(1)")).text, "1\n");
  });
}

// --- The worker by itself

test("a worker says that it is ready, what a cell prints, and how it ended", async () => {
  /** @type {any[]} */
  const said = [];
  /** @type {(event: object) => void} */
  let tell = () => {};
  Object.assign(globalThis, {
    self: {
      postMessage: (/** @type {object} */ message) => said.push(message),
      addEventListener: (/** @type {string} */ _, /** @type {typeof tell} */ listen) => {
        tell = listen;
      },
    },
  });
  await import("../../book/site/live/js/worker.js");
  const until = async (/** @type {(message: any) => boolean} */ holds) => {
    while (!said.some(holds)) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  const bytes = (/** @type {string} */ text) => new Uint8Array(Buffer.from(text, "base64"));
  const table = new Float32Array(bytes(given.table).buffer);
  const parts = { wasm: bytes(given.wasm), table, modules: given.modules, address };
  tell({ data: { parts } });
  await until((message) => message.ready);
  tell({ data: { cell: "print(5)" } });
  await until((message) => message.result);
  assert.deepEqual(said, [
    { ready: true },
    { event: { kind: "text", text: "5\n" } },
    { result: { status: "finished" } },
  ]);
  said.length = 0;
  tell({ data: { parts: { ...parts, wasm: new Uint8Array(3) } } });
  await until((message) => message.broken);
  const [{ broken: why }] = /** @type {any[]} */ (said);
  assert.match(why, /^CompileError: /);
});
