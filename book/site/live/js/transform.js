// Changes a cell's text where MicroPython is not CPython: how numbers are shown, the order of
// dictionaries; and gives loops a pause, in which the interpreter collects its garbage.

import { ADDED } from "./transform_pauses.js";
import { Transformer } from "./transformer.js";

/** What the page's Python has not at all. @type {Record<string, string>} */
const UNKNOWN = { MatchStatement: "match", TypeDefinition: "type" };

/**
 * The text to run, and for each of its lines the line of the cell; or what the page's Python
 * lacks.
 * @param {string} cell
 * @returns {{text: string, lines: number[]} | {lacks: string, line: number}}
 */
export function transform(cell) {
  const t = new Transformer(cell);
  const lacking = lacks(t);
  if (lacking) return lacking;
  const text = t.emit(t.tree.topNode);
  const lines = [0];
  let line = 1;
  for (const piece of text.split(/(\n|\u{f0001})/u)) {
    if (piece === "\n") line += 1;
    else if (piece !== ADDED) lines.push(line);
  }
  return { text: text.replaceAll(ADDED, "\n"), lines };
}

/** @param {Transformer} t */
function lacks(t) {
  /** @type {{lacks: string, line: number} | null} */
  let found = null;
  t.tree.iterate({
    enter(node) {
      if (!found && node.name in UNKNOWN) {
        found = { lacks: UNKNOWN[node.name], line: t.text.slice(0, node.from).split("\n").length };
      }
    },
  });
  return /** @type {{lacks: string, line: number} | null} */ (found);
}
