// What the engine hands to the page.

/**
 * @typedef {object} Curve
 * @property {"curve"} kind
 * @property {number[]} x
 * @property {number[][]} ys - A row for each line.
 * @property {string[]} labels
 * @property {string} xlabel
 * @property {string} ylabel
 */

/** @typedef {{ kind: "text", text: string } | Curve} OutputEvent */

/**
 * How a run ended; `message` is the traceback.
 *
 * @typedef {object} Result
 * @property {"finished" | "failed" | "stopped" | "too long"} status
 * @property {string} [message]
 * @property {number} [line]
 */

/**
 * @callback Run
 * @param {string} text
 * @param {{ onOutput: (event: OutputEvent) => void, seconds?: number }} options
 * @returns {{ stop: () => void, done: Promise<Result> }}
 */

export {};
