// Loops that pause, so that the interpreter can collect its garbage: it does so only when no
// function of it is running, and a run is one call. Functions of the cell become coroutines.

import { dictionaryOf } from "./transform_displays.js";

/** @typedef {import("@lezer/common").SyntaxNode} Node */
/** @typedef {import("./transformer.js").Handler} Handler */

/** What stands for a line break that the cell has not. */
export const ADDED = "\u{f0001}";

/** Nodes in whose inside nothing can wait. */
export const WITHOUT_PAUSE = new Set([
  "LambdaExpression",
  "ClassDefinition",
  "SetComprehensionExpression",
  "ComprehensionExpression",
]);

/**
 * Names of the functions that the cell defines and that can wait: those with a loop, and those
 * that call such a one. Others stay as they are, so that they are fast and can recur deeply.
 * @param {Node} top
 * @param {string} text
 */
export function functionNames(top, text) {
  /** @type {Map<string, Set<string>>} names and what is called */
  const calls = new Map();
  /** @type {Set<string>} */
  const names = new Set();
  top.cursor().iterate((node) => {
    if (WITHOUT_PAUSE.has(node.name)) return false;
    const variable = node.name === "FunctionDefinition" && node.node.getChild("VariableName");
    if (!variable) return undefined;
    const name = text.slice(variable.from, variable.to);
    const { loops, called } = contents(node.node, text);
    calls.set(name, new Set([...called, ...(calls.get(name) ?? [])]));
    if (loops) names.add(name);
    return undefined;
  });
  for (let size = -1; size < names.size; ) {
    size = names.size;
    for (const [name, called] of calls) {
      if ([...called].some((other) => names.has(other))) names.add(name);
    }
  }
  return names;
}

/**
 * Whether a function has a loop, and the names that it calls.
 * @param {Node} definition
 * @param {string} text
 */
function contents(definition, text) {
  let loops = false;
  /** @type {Set<string>} */
  const called = new Set();
  definition.cursor().iterate((node) => {
    if (node.name === "ForStatement" || node.name === "WhileStatement") loops = true;
    const callee = node.name === "CallExpression" && node.node.firstChild;
    if (callee) called.add(text.slice(callee.from, callee.to));
  });
  return { loops, called };
}

/**
 * Whether a function is a generator or a coroutine.
 * @param {Node} definition
 */
function isSpecial(definition) {
  let special = definition.getChild("async") !== null;
  definition.cursor().iterate((node) => {
    if (node.name.startsWith("Yield") || node.name === "AwaitExpression") special = true;
    return node.from === definition.from || node.name !== "FunctionDefinition";
  });
  return special;
}

/** @type {Handler} */
export function definition(node, t) {
  const name = node.getChild("VariableName");
  const can = t.waits && name && t.functions.has(t.source(name)) && !isSpecial(node);
  t.waits = Boolean(can);
  if (!can) return t.inside(node);
  return `@_d2l_Function${ADDED}${" ".repeat(t.column(node))}async ${t.inside(node)}`;
}

/** @type {Handler} */
export function loop(node, t) {
  if (!t.waits) return t.inside(node);
  const body = node.getChild("Body");
  return t.inside(node, (child) => (child.from === body?.from ? loopBody(child, t) : undefined));
}

/** @type {Handler} */
function loopBody(body, t) {
  const first = body.firstChild?.nextSibling;
  if (!first) return t.inside(body);
  const before = t.text.slice(body.from, first.from);
  const indent = before.slice(before.lastIndexOf("\n") + 1);
  const next = before.includes("\n") ? ADDED + indent : "; ";
  const pause = `_d2l_budget[0] -= 1; _d2l_budget[0] < 0 and await _d2l_pause()${next}`;
  return t.inside(body, (child) => (child.from === first.from ? pause + t.emit(child) : undefined));
}

/**
 * Whether two nodes are the same; the parser makes new objects for a node.
 * @param {Node} a
 * @param {Node} b
 */
const same = (a, b) => a.from === b.from && a.to === b.to;

/** What stands for methods of texts and numbers. @type {Record<string, string | undefined>} */
const METHODS = { format: "_d2l_formatter", item: "_d2l_item_of" };

/** @type {Handler} */
export function call(node, t) {
  const callee = /** @type {Node} */ (node.firstChild);
  const name = t.source(callee);
  const property = callee.name === "MemberExpression" && callee.getChild("PropertyName");
  if (name === "str") return t.inside(node, (c) => (same(c, callee) ? "_d2l_text_of" : undefined));
  if (name === "dict") return dictionaryOf(node, t);
  const method = property && METHODS[t.source(property)];
  if (method) {
    const owner = t.emit(/** @type {Node} */ (callee.firstChild));
    return t.inside(node, (c) => (same(c, callee) ? `${method}(${owner})` : undefined));
  }
  const list = /** @type {Node} */ (node.getChild("ArgList"));
  const mayWait = t.waits && callee.name === "VariableName" && t.functions.has(name);
  if (!mayWait || list.getChild("for")) return t.inside(node);
  const inside = t.emit(list).slice(1);
  const comma = list.firstChild?.nextSibling?.name === ")" ? "" : ", ";
  return `(await _d2l_call(${name}${comma}${inside})`;
}

/** A call's arguments; those of a generator expression cannot wait. @type {Handler} */
export function argumentList(node, t) {
  if (node.getChild("for")) t.waits = false;
  return t.inside(node);
}
