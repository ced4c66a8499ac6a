// `a *= b` and the like, which MicroPython does not do in place, as arrays need it.

/** @typedef {import("@lezer/common").SyntaxNode} Node */
/** @typedef {import("./transformer.js").Handler} Handler */

/** It does these in place. */
const KNOWN = new Set(["+=", "-="]);

/** @type {Handler} */
export function update(node, t) {
  const target = /** @type {Node} */ (node.firstChild);
  const operator = /** @type {Node} */ (node.getChild("UpdateOp"));
  const sign = t.source(operator);
  if (KNOWN.has(sign)) return t.inside(node);
  const after = t.inside(node, (child) => (child.to <= operator.to ? "" : undefined)).trim();
  const rest = `"${sign.slice(0, -1)}", (${after})`;
  if (target.name !== "MemberExpression") {
    const name = t.source(target);
    return `${name} = _d2l_updated(${name}, ${rest})`;
  }
  const owner = t.emit(/** @type {Node} */ (target.firstChild));
  const property = target.getChild("PropertyName");
  if (property) return `_d2l_update_attribute(${owner}, "${t.source(property)}", ${rest})`;
  const index = t.inside(target, (child) => (child.from === target.from ? "" : undefined));
  return `_d2l_update_item(${owner}, _d2l_index${index}, ${rest})`;
}
