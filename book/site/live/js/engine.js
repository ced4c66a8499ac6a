// Runs cells, each in a fresh worker. One is started ahead, so that the next run begins at once.

/** @typedef {import("./engine_types.js").Result} Result */
/** @typedef {import("./engine_types.js").Run} Run */
/** @typedef {import("./engine_types.js").OutputEvent} OutputEvent */
/**
 * @typedef {object} Assets
 * @property {string} worker the worker's script
 * @property {string} wasm in base64
 * @property {string} table the airfoil data as little-endian float32, in base64
 * @property {Record<string, string>} modules
 */
/** @typedef {{ready?: true, event?: OutputEvent, result?: Result, broken?: string}} Answer */
/** @typedef {{worker: Worker, ready: Promise<void>}} Started */

/** @param {string} text */
const decode = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));

/**
 * Starts a worker; it is ready when its interpreter is loaded.
 * @param {string} address
 * @param {import("./interpreter.js").Parts} parts
 * @returns {Started}
 */
function start(address, parts) {
  const worker = new Worker(address);
  /** @type {Promise<void>} */
  const ready = new Promise((resolve, reject) => {
    worker.addEventListener("error", (event) => reject(new Error(event.message)));
    worker.addEventListener("message", ({ data }) => {
      if (data.ready) resolve();
      if (data.broken) reject(new Error(data.broken));
    });
  });
  ready.catch(() => {}); // the run that takes this worker says it
  worker.postMessage({ parts });
  return { worker, ready };
}

/**
 * Lets a worker run a cell, and ends the worker.
 * @param {Started} started
 * @param {string} cell
 * @param {(event: OutputEvent) => void} onOutput
 * @param {number} seconds
 * @returns {ReturnType<Run>}
 */
function runIn({ worker, ready }, cell, onOutput, seconds) {
  let ended = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let clock;
  /** @type {(result: Result | Promise<never>) => void} */
  let resolve = () => {};
  /** @type {Promise<Result>} */
  const done = new Promise((settle) => {
    resolve = settle;
  });
  /** @param {Result | Promise<never>} result */
  const end = (result) => {
    ended = true;
    clearTimeout(clock);
    worker.terminate();
    resolve(result);
  };
  /** @param {MessageEvent<Answer>} message */
  const listen = ({ data: { event, result, broken } }) => {
    if (ended) return;
    if (event) onOutput(event);
    if (result) end(result);
    if (broken) end({ status: "failed", message: broken });
  };
  const begin = () => {
    if (ended) return;
    clock = setTimeout(() => end({ status: "too long" }), seconds * 1000);
    worker.addEventListener("message", listen);
    worker.postMessage({ cell });
  };
  ready.then(begin, (error) => end(Promise.reject(error)));
  return { stop: () => end({ status: "stopped" }), done };
}

/**
 * @param {Assets} assets
 * @returns {{run: Run}}
 */
export function createEngine({ worker, wasm, table, modules }) {
  const address = URL.createObjectURL(new Blob([worker], { type: "text/javascript" }));
  const parts = { wasm: decode(wasm), modules, table: new Float32Array(decode(table).buffer) };
  /** @type {Started | null} */
  let spare = start(address, parts);
  const prepare = () => {
    spare ??= start(address, parts);
  };
  return {
    run(text, { onOutput, seconds = 10 }) {
      const started = spare ?? start(address, parts);
      spare = null;
      const run = runIn(started, text, onOutput, seconds);
      run.done.then(prepare, prepare);
      return run;
    },
  };
}
