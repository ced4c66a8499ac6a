// What `benchmarks.live` measures in the browser. All times are milliseconds.

/** @typedef {import("../book/site/live/js/engine_types.js").Run} Run */

/**
 * Runs a cell by the engine that the page has loaded.
 * @param {string} text
 * @returns {Promise<{time: number, printed: string}>}
 */
export async function runCell(text) {
  const { run } = /** @type {{d2lLive: {run: Run}}} */ (/** @type {unknown} */ (globalThis))
    .d2lLive;
  let printed = "";
  const start = performance.now();
  const { done } = run(text, {
    onOutput(event) {
      if (event.kind === "text") printed += event.text;
    },
  });
  const { status, message } = await done;
  if (status !== "finished") throw new Error(message ?? status);
  return { time: performance.now() - start, printed };
}

/**
 * Loads the engine's script, and runs a cell: what a reader waits for after the first press.
 * @param {string} address
 * @param {string} text
 */
export async function firstRun(address, text) {
  const start = performance.now();
  const script = document.createElement("script");
  script.src = address;
  const loaded = new Promise((resolve, reject) => {
    script.addEventListener("load", resolve);
    script.addEventListener("error", reject);
  });
  document.head.append(script);
  await loaded;
  const { printed } = await runCell(text);
  return { time: performance.now() - start, printed };
}
