// Displays of dictionaries, lists and tuples, and comparisons, in words that MicroPython has.

/** @typedef {import("@lezer/common").SyntaxNode} Node */
/** @typedef {import("./transformer.js").Transformer} Transformer */
/** @typedef {(node: Node, t: Transformer) => string} Handler */

/**
 * A display, whose children are given texts by rules that depend on what came before.
 * @param {Node} node
 * @param {Transformer} t
 * @param {Record<string, (child: Node) => string | undefined>} rules by the child's name
 * @param {(child: Node) => string | undefined} otherwise
 */
const byRules = (node, t, rules, otherwise) =>
  t.inside(node, (child) => (rules[child.name] ?? otherwise)(child));

/**
 * `{a: b, **c}` as pairs, in order.
 * @type {Handler}
 */
export function dictionary(node, t) {
  const whole = node.name === "DictionaryComprehensionExpression";
  let open = ""; // what closes the pair or the items that have begun
  let before = "key"; // or "value", or "loop": what comes next
  const close = (/** @type {string} */ next) => (/** @type {Node} */ child) => {
    if (before === "loop") return undefined;
    const closed = open + t.source(child);
    [open, before] = ["", next];
    return closed;
  };
  const rules = {
    "{": () => (whole ? "_d2l_dict_from((" : "_d2l_make_dict("),
    "}": () => `${open}${whole ? ")" : ""})`,
    ":": () => (before === "value" ? "," : undefined),
    for: close("loop"),
    async: close("loop"),
    ",": close("key"),
    "**": () => {
      [open, before] = [")", "value"];
      return "*_d2l_items(";
    },
    Comment: () => undefined,
  };
  return byRules(node, t, rules, (child) => {
    if (before !== "key") return undefined;
    [open, before] = [")", "value"];
    return `(${t.emit(child)}`;
  });
}

/**
 * `dict(a=1, b=2)` as pairs, in order; with other arguments as a call of what makes one.
 * @type {Handler}
 */
export function dictionaryOf(node, t) {
  const list = /** @type {Node} */ (node.getChild("ArgList"));
  const names = list.getChildren("VariableName").filter((c) => c.nextSibling?.name === "AssignOp");
  const starts = new Set(names.map((name) => name.from));
  const first = list.getChildren(",").map((comma) => comma.nextSibling?.from ?? -1);
  first.push(list.firstChild?.nextSibling?.from ?? -1);
  const end = list.lastChild?.from ?? -1;
  if (names.length === 0 || first.some((from) => from !== end && !starts.has(from))) {
    return `_d2l_make_dict_of${t.emit(list)}`;
  }
  let open = "";
  const close = (/** @type {Node} */ child) => {
    const closed = open + child.name;
    open = "";
    return closed;
  };
  const rules = { AssignOp: () => ", ", ",": close, ")": close };
  return `_d2l_make_dict${byRules(list, t, rules, (child) => {
    if (!starts.has(child.from)) return undefined;
    open = ")";
    return `("${t.source(child)}"`;
  })}`;
}

/**
 * `[*a, b]` and `(*a, b)`.
 * @type {Handler}
 */
export function arrayDisplay(node, t) {
  if (!node.getChild("*") || node.parent?.name === "AssignStatement") return t.inside(node);
  return t.inside(node, (child) => {
    if (child.name === "[") return "_d2l_make_list(";
    if (child.name === "(") return "_d2l_make_tuple(";
    return child.name === "]" ? ")" : undefined;
  });
}

/**
 * Whether a node is a number as it is written, such as `-1` or `(2)`.
 * @param {Node | null} node
 * @returns {boolean}
 */
function isNumber(node) {
  if (node?.name === "Number" || node?.name === "Boolean") return true;
  if (node?.name === "UnaryExpression") return isNumber(node.lastChild);
  if (node?.name !== "ParenthesizedExpression") return false;
  return isNumber(/** @type {Node} */ (node.firstChild).nextSibling);
}

/** @type {Record<string, string>} */
const TURNED = { "<": ">", ">": "<", "<=": ">=", ">=": "<=" };

/**
 * `0 < x` as `x > 0`: MicroPython asks a number only, and it knows no arrays.
 * @type {Handler}
 */
export function comparison(node, t) {
  const [left, operator, right] = [node.firstChild, node.getChild("CompareOp"), node.lastChild];
  const turned = operator && TURNED[t.source(operator)];
  const chained = [node.parent, left, right].some((other) => other?.getChild("CompareOp"));
  if (!turned || !left || !right || chained || !isNumber(left)) return t.inside(node);
  return `(${t.emit(right)}) ${turned} ${t.source(left)}`;
}
