// A worker that runs one cell. It gets what the interpreter needs, then the cell's text.

import { createInterpreter } from "./interpreter.js";

/** @typedef {import("./interpreter.js").Parts} Parts */
/** @typedef {{parts: Parts} | {cell: string}} Told */

/** @type {ReturnType<typeof createInterpreter> | undefined} */
let interpreter;

/** @param {unknown} message */
const post = (message) => self.postMessage(message);

/** @param {Told} told */
async function answer(told) {
  try {
    if ("parts" in told) {
      interpreter = createInterpreter(told.parts, (event) => post({ event }));
      await interpreter;
      post({ ready: true });
    } else {
      const { run } = await /** @type {ReturnType<typeof createInterpreter>} */ (interpreter);
      post({ result: await run(told.cell) });
    }
  } catch (error) {
    post({ broken: error instanceof Error ? `${error.name}: ${error.message}` : String(error) });
  }
}

self.addEventListener("message", ({ data }) => {
  answer(data);
});
