// F-strings and `%` as calls of what formats numbers as CPython does.

/** @typedef {import("@lezer/common").SyntaxNode} Node */
/** @typedef {import("./transformer.js").Transformer} Transformer */
/** @typedef {(node: Node, t: Transformer) => string} Handler */

const START = /^([a-zA-Z]*)("""|'''|"|')/;

/**
 * A literal part, in the quotes of its string.
 * @param {string} text
 * @param {string} prefix
 * @param {string} quote
 */
function literal(text, prefix, quote) {
  const plain = text.replaceAll("{{", "{").replaceAll("}}", "}");
  if (!plain.endsWith(quote[0])) return `${prefix}${quote}${plain}${quote}`;
  // A quote that ends a part of a long string would end the string.
  const other = quote[0] === '"' ? "'" : '"';
  const count = plain.length - plain.replace(quote[0] === '"' ? /"+$/ : /'+$/, "").length;
  const [body, end] = [plain.slice(0, -count), plain.slice(-count)];
  return `${prefix}${quote}${body}${quote} ${other}${end}${other}`;
}

/**
 * The parts of a node between its replacement fields, as arguments of a call.
 * @param {Node} node
 * @param {Transformer} t
 * @param {[number, number]} range
 * @param {[string, string]} quotes
 * @returns {string[]}
 */
function parts(node, t, [from, to], [prefix, quote]) {
  const done = [];
  let at = from;
  for (const field of node.getChildren("FormatReplacement")) {
    if (field.from > at) done.push(literal(t.text.slice(at, field.from), prefix, quote));
    done.push(...replacement(field, t, [prefix, quote]));
    at = field.to;
  }
  if (at < to) done.push(literal(t.text.slice(at, to), prefix, quote));
  return done;
}

/**
 * One field, with the text that `=` shows before it.
 * @param {Node} field
 * @param {Transformer} t
 * @param {[string, string]} quotes
 * @returns {string[]}
 */
function replacement(field, t, quotes) {
  const conversion = field.getChild("FormatConversion");
  const spec = field.getChild("FormatSpec");
  const self = field.getChild("FormatSelfDoc");
  const end = self ?? conversion ?? spec ?? /** @type {Node} */ (field.lastChild);
  let value = "";
  let at = field.from + 1;
  for (let child = field.firstChild?.nextSibling; child && child.from < end.from; ) {
    value += t.text.slice(at, child.from) + t.emit(child);
    at = child.to;
    child = child.nextSibling;
  }
  value = `(${value}${t.text.slice(at, end.from)})`;
  const how = conversion ? t.source(conversion)[1] : "";
  const shape = spec ? `, ${joined(parts(spec, t, [spec.from + 1, spec.to], quotes))}` : "";
  const shown = how || (self && !spec ? "r" : "");
  const text = shown
    ? `_d2l_converted(${value}, "${shown}"${shape})`
    : `_d2l_format_(${value}${shape})`;
  if (!self) return [text];
  const said = t.text.slice(field.from + 1, (conversion ?? spec ?? field.lastChild ?? field).from);
  return [literal(said, ...quotes), text];
}

/** @param {string[]} texts */
const joined = (texts) => `_d2l_join(${texts.join(", ")})`;

/** @type {Handler} */
export function formatString(node, t) {
  const [start, prefix, quote] = START.exec(t.source(node)) ?? ["", "", '"'];
  const range = /** @type {[number, number]} */ ([
    node.from + start.length,
    node.to - quote.length,
  ]);
  return joined(parts(node, t, range, [prefix.replace(/f/i, ""), quote]));
}

/** Strings one after the other, of which one is an f-string. @type {Handler} */
export function continued(node, t) {
  if (!node.getChild("FormatString")) return t.inside(node);
  let done = "";
  let at = node.from;
  for (let child = node.firstChild; child; child = child.nextSibling) {
    const gap = t.text.slice(at, child.from);
    done += (child.from === node.from ? "" : `${gap}+ `) + t.emit(child);
    at = child.to;
  }
  return `(${done})`;
}

/**
 * `"…" % values`.
 * @param {Node} node
 * @param {Transformer} t
 */
export function percentOf(node, t) {
  const [left, right] = [node.firstChild, node.lastChild];
  const operator = node.getChild("ArithOp");
  const isText = left && ["String", "ContinuedString", "FormatString"].includes(left.name);
  if (!left || !right || !isText || !operator || t.source(operator) !== "%") return undefined;
  return `_d2l_percent(${t.emit(left)}, ${t.emit(right)})`;
}
