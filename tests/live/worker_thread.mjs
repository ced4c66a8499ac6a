// The engine's worker in a thread of Node, which has other names for what a browser's worker has.
import { parentPort } from "node:worker_threads";

const port = /** @type {import("node:worker_threads").MessagePort} */ (parentPort);
Object.assign(globalThis, {
  self: {
    postMessage: (/** @type {unknown} */ message) => port.postMessage(message),
    addEventListener: (/** @type {string} */ _, /** @type {(event: object) => void} */ listen) =>
      port.on("message", (data) => listen({ data })),
  },
});
await import("../../book/site/live/js/worker.js");
