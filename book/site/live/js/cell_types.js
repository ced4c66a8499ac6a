// What a page says of its live cells, and what a reader can do with them.

/** @typedef {"run" | "check" | "stop" | "reset" | "hint" | "solution" | "restore"} Action */

/**
 * What the page says of a cell; only exercises have all of it.
 *
 * @typedef {object} CellData
 * @property {string} key - The name under which the reader's text is kept.
 * @property {string} [exercise]
 * @property {string} [task]
 * @property {string[]} [hints]
 * @property {string} [solution]
 */

export {};
