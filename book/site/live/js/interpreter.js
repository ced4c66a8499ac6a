// MicroPython with the page's modules: it runs the text of one cell.

import { loadMicroPython } from "@micropython/micropython-webassembly-pyscript/micropython.mjs";
import { arrays } from "./arrays.js";
import { floatText } from "./decimal.js";
import { formatFloat, formatInteger, formatText } from "./format.js";
import { Heap } from "./heap.js";
import { Sender } from "./sending.js";
import { traceback } from "./traceback.js";
import { transform } from "./transform.js";

/** @typedef {import("./engine_types.js").OutputEvent} OutputEvent */
/** @typedef {import("./engine_types.js").Result} Result */
/**
 * @typedef {object} Parts
 * @property {Uint8Array<ArrayBuffer>} wasm
 * @property {Record<string, string>} modules paths and texts of the Python modules
 * @property {Float32Array} table the airfoil data, row by row
 * @property {string} [address] of the wasm file, which Node reads once more; a browser needs none
 */

const HEAP = 32 * 2 ** 20;
/** Something the loader can fetch without a network; what it gets is not used. */
const NOWHERE = "data:application/wasm;base64,";

/**
 * The loader looks a function up in the table at each call of one, which takes a third of a run's
 * time where the browser does it; the table does not change.
 * @param {WebAssembly.Exports} exports
 */
function withFastTable(exports) {
  const table = /** @type {WebAssembly.Table} */ (exports.__indirect_function_table);
  const entries = Array.from({ length: table.length }, (_, k) => table.get(k));
  const get = (/** @type {number} */ k) => entries[k];
  return { ...exports, __indirect_function_table: { get } };
}

/**
 * Loads the interpreter, and holds its memory, which the loader keeps to itself.
 * @param {Uint8Array<ArrayBuffer>} wasm
 * @param {string} address
 * @param {(text: string) => void} stdout
 */
async function load(wasm, address, stdout) {
  const { instantiate, instantiateStreaming } = WebAssembly;
  const module = await WebAssembly.compile(wasm);
  /** @type {WebAssembly.Memory | undefined} */
  let memory;
  const hold = async (/** @type {unknown} */ _, /** @type {WebAssembly.Imports} */ imports) => {
    const instance = await instantiate(module, imports);
    memory = /** @type {WebAssembly.Memory} */ (instance.exports.memory);
    return { instance: { exports: withFastTable(instance.exports) }, module };
  };
  const decoder = new TextDecoder();
  Object.assign(WebAssembly, { instantiate: hold, instantiateStreaming: hold });
  try {
    const python = await loadMicroPython({
      url: address,
      heapsize: HEAP,
      pystack: 8192,
      linebuffer: false,
      stdout: (/** @type {Uint8Array} */ bytes) => stdout(decoder.decode(bytes, { stream: true })),
    });
    if (!memory) throw new Error("the interpreter has no memory");
    return { python, heap: new Heap(memory) };
  } finally {
    Object.assign(WebAssembly, { instantiate, instantiateStreaming });
  }
}

/**
 * @param {any} python
 * @param {Record<string, string>} modules
 */
function writeModules(python, modules) {
  for (const [path, text] of Object.entries(modules)) {
    const folders = path.split("/").slice(0, -1);
    folders.forEach((_, k) => {
      const folder = `/${folders.slice(0, k + 1).join("/")}`;
      if (!python.FS.analyzePath(folder).exists) python.FS.mkdir(folder);
    });
    python.FS.writeFile(`/${path}`, text);
  }
}

/**
 * @param {Parts} parts
 * @param {(event: OutputEvent) => void} send
 * @returns {Promise<{run: (cell: string) => Promise<Result>}>}
 */
export async function createInterpreter({ wasm, modules, table, address = NOWHERE }, send) {
  const sender = new Sender(send);
  const { python, heap } = await load(wasm, address, (text) => sender.text(text));
  writeModules(python, modules);
  python.registerJsModule("_kernels", {
    ...arrays(heap),
    float_text: floatText,
    format_float: formatFloat,
    format_integer: formatInteger,
    format_text: formatText,
    emit: (/** @type {string} */ text) => sender.text(text),
    curve: (/** @type {string} */ text) => sender.curve(text),
    airfoil: (/** @type {number} */ out) => heap.doubles.set(table, out >>> 3),
    now: () => performance.now(),
    entropy: () => crypto.getRandomValues(new Uint32Array(1))[0] >>> 2,
    pause: () => {
      sender.flush();
      return Promise.resolve();
    },
  });
  python.runPython("import _cell; _cell.install(); del _cell");
  return { run: (cell) => run(python, sender, cell) };
}

/**
 * @param {any} python
 * @param {Sender} sender
 * @param {string} cell
 * @returns {Promise<Result>}
 */
async function run(python, sender, cell) {
  const changed = transform(cell);
  if ("lacks" in changed) {
    const { lacks, line } = changed;
    const words = `NotImplementedError: ${lacks}: not in the page's Python; it is in a notebook`;
    const frame = `  File "<cell>", line ${line}\n    ${cell.split("\n")[line - 1].trim()}`;
    return { status: "failed", message: `${frame}\n${words}`, line };
  }
  try {
    await python.runPythonAsync(changed.text);
    return { status: "finished" };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { status: "failed", ...traceback(text, cell, changed.lines) };
  } finally {
    sender.flush();
  }
}
