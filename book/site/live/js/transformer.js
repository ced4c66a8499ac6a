// Goes through a cell's text by its syntax, and puts other text for what MicroPython lacks.

import { parser } from "@lezer/python";
import { comprehension } from "./transform_comprehensions.js";
import { arrayDisplay, comparison, dictionary } from "./transform_displays.js";
import {
  ADDED,
  argumentList,
  call,
  definition,
  functionNames,
  loop,
  WITHOUT_PAUSE,
} from "./transform_pauses.js";
import { continued, formatString, percentOf } from "./transform_strings.js";
import { update } from "./transform_updates.js";

/** @typedef {import("@lezer/common").SyntaxNode} Node */
/** @typedef {(node: Node, t: Transformer) => string} Handler */

export class Transformer {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
    this.waits = true; // whether `await` is allowed here
    this.nested = false; // whether this is in a comprehension, whose names are its own
    /** @type {string[][]} lines to put before the statement */
    this.before = [];
    this.tree = parser.parse(text);
    this.functions = functionNames(this.tree.topNode, text);
  }

  /** @param {Node} node */
  source(node) {
    return this.text.slice(node.from, node.to);
  }

  /** @param {Node} node */
  emit(node) {
    const waits = this.waits;
    if (WITHOUT_PAUSE.has(node.name)) this.waits = false;
    const text = this.beginsLine(node) ? this.emitLine(node) : this.emitNode(node);
    this.waits = waits;
    return text;
  }

  /** @param {Node} node */
  emitNode(node) {
    const handler = node.type.isError ? undefined : HANDLERS[node.name];
    return handler ? handler(node, this) : this.inside(node);
  }

  /**
   * A statement, after what has to be defined before it.
   * @param {Node} node
   */
  emitLine(node) {
    const outer = this.before;
    this.before = [];
    const text = this.emitNode(node);
    const indent = " ".repeat(this.column(node));
    const lines = [...this.before.flat(), text];
    this.before = outer;
    return lines.join(ADDED + indent);
  }

  /** @param {Node} node */
  column(node) {
    return node.from - this.text.lastIndexOf("\n", node.from - 1) - 1;
  }

  /**
   * Whether a node is a statement that other lines can stand before.
   * @param {Node} node
   */
  beginsLine(node) {
    if (!/(Statement|StatementGroup|Definition)$/.test(node.name)) return false;
    if (node.parent?.name === "DecoratedStatement") return false;
    return this.text.slice(node.from - this.column(node), node.from).trim() === "";
  }

  /**
   * A node's text with its children's; `change` may say another text for a child.
   * @param {Node} node
   * @param {(child: Node) => string | undefined} change
   */
  inside(node, change = () => undefined) {
    let done = "";
    let at = node.from;
    for (let child = node.firstChild; child; child = child.nextSibling) {
      done += this.text.slice(at, child.from) + (change(child) ?? this.emit(child));
      at = child.to;
    }
    return done + this.text.slice(at, node.to);
  }
}

/** The value of the last line is shown. @type {Handler} */
function expression(node, t) {
  let last = t.tree.topNode.lastChild;
  while (last?.name === "Comment") last = last.prevSibling;
  const text = t.inside(node);
  const isLast = node.parent?.name === "Script" && last?.from === node.from;
  return isLast ? `_d2l_out((${text}))` : text;
}

/** @type {Record<string, Handler>} */
const HANDLERS = {
  ArgList: argumentList,
  ExpressionStatement: expression,
  FunctionDefinition: definition,
  ForStatement: loop,
  WhileStatement: loop,
  UpdateStatement: update,
  CallExpression: call,
  FormatString: formatString,
  ContinuedString: continued,
  BinaryExpression: (node, t) => percentOf(node, t) ?? comparison(node, t),
  DictionaryExpression: dictionary,
  ArrayComprehensionExpression: (node, t) => comprehension(node, t) ?? t.inside(node),
  DictionaryComprehensionExpression: (node, t) => comprehension(node, t) ?? dictionary(node, t),
  ArrayExpression: arrayDisplay,
  TupleExpression: arrayDisplay,
};
