// Runs cells, each in a fresh interpreter, without a browser. Input and output are JSON texts.

import { readFileSync } from "node:fs";
import { createInterpreter } from "../../book/site/live/js/interpreter.js";

/** @typedef {import("../../book/site/live/js/engine_types.js").OutputEvent} OutputEvent */

const { address, table, modules, cells } = JSON.parse(readFileSync(0, "utf8"));
const parts = {
  address,
  modules,
  wasm: new Uint8Array(readFileSync(address)),
  table: new Float32Array(new Uint8Array(Buffer.from(table, "base64")).buffer),
};

for (const cell of cells) {
  /** @type {OutputEvent[]} */
  const events = [];
  const { run } = await createInterpreter(parts, (event) => events.push(event));
  const result = await run(cell);
  const text = events.map((event) => (event.kind === "text" ? event.text : "")).join("");
  const curves = events.filter((event) => event.kind === "curve");
  const memory = process.memoryUsage().external;
  console.log(JSON.stringify({ ...result, text, curves, memory }));
}
