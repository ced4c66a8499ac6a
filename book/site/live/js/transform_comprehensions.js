// Comprehensions that call the cell's functions, as loops that can pause: `[train(b) for b in …]`
// becomes a call of a coroutine that is defined before the statement.

/** @typedef {import("@lezer/common").SyntaxNode} Node */
/** @typedef {import("./transformer.js").Transformer} Transformer */

/** The coroutine's name; tracebacks leave it out. */
export const COMPREHENSION = "_d2l_comprehension";

/**
 * Whether a comprehension is to pause, and can be moved: no comment, and no text over two lines.
 * @param {Node} node
 * @param {Transformer} t
 */
function isMovable(node, t) {
  let calls = false;
  let movable = true;
  node.cursor().iterate(({ name, from, to }) => {
    if (name === "VariableName" && t.functions.has(t.text.slice(from, to))) calls = true;
    const isLong = name.endsWith("String") && t.text.slice(from, to).includes("\n");
    if (isLong || ["Comment", "NamedExpression", "async", "⚠"].includes(name)) movable = false;
  });
  return calls && movable;
}

/**
 * The children of a comprehension, in groups that a keyword begins.
 * @param {Node} node
 * @returns {{word: string, nodes: Node[]}[]}
 */
function clauses(node) {
  /** @type {{word: string, nodes: Node[]}[]} */
  const groups = [{ word: "", nodes: [] }];
  const end = node.lastChild?.from;
  for (let c = node.firstChild?.nextSibling; c && c.from !== end; c = c.nextSibling) {
    if (["for", "in", "if"].includes(c.name)) groups.push({ word: c.name, nodes: [] });
    else groups[groups.length - 1].nodes.push(c);
  }
  return groups;
}

/**
 * @param {Node[]} nodes
 * @param {Transformer} t
 */
function emitAll(nodes, t) {
  let text = "";
  nodes.forEach((node, k) => {
    text += (k ? t.text.slice(nodes[k - 1].to, node.from) : "") + t.emit(node);
  });
  return text.replaceAll("\n", " ");
}

/**
 * The text of a comprehension that pauses, or undefined.
 * @param {Node} node
 * @param {Transformer} t
 */
export function comprehension(node, t) {
  if (!t.waits || t.nested || !isMovable(node, t)) {
    t.waits = false;
    return undefined;
  }
  t.nested = true;
  const isDict = node.name === "DictionaryComprehensionExpression";
  const [value, ...rest] = clauses(node);
  const lines = [`made = ${isDict ? "_d2l_make_dict()" : "[]"}`];
  let depth = 0;
  let loop = "";
  for (const { word, nodes } of rest) {
    const text = emitAll(nodes, t);
    if (word === "for") loop = `for ${text} in `;
    else lines.push(`${" ".repeat(depth++)}${word === "in" ? loop : "if "}(${text}):`);
  }
  const inside = " ".repeat(depth);
  if (isDict) {
    const colon = value.nodes.findIndex((child) => child.name === ":");
    const [key, item] = [value.nodes.slice(0, colon), value.nodes.slice(colon + 1)];
    lines.push(`${inside}made[${emitAll(key, t)}] = (${emitAll(item, t)})`);
  } else lines.push(`${inside}made.append((${emitAll(value.nodes, t)}))`);
  lines.push("return made");
  t.nested = false;
  const name = `${COMPREHENSION}${node.from}`;
  t.before.push([`async def ${name}():`, ...lines.map((line) => ` ${line}`)]);
  const breaks = t.source(node).split("\n").length - 1;
  return `(await ${name}()${"\n".repeat(breaks)})`;
}
