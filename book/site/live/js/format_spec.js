// A format specification such as `>10,.3f`, and how it pads and groups digits.

/**
 * @typedef {{fill: string, align: string, sign: string, alternate: boolean, width: number,
 *   group: string, places: number | null, type: string}} Spec
 */

const SPEC =
  /^(?:(.)?([<>=^]))?([-+ ])?(z)?(#)?(0)?(\d+)?([_,])?(?:\.(\d+))?([bcdeEfFgGnosxX%])?$/su;

/**
 * @param {string} text
 * @returns {Spec | null} null if it is none
 */
export function parse(text) {
  const found = SPEC.exec(text);
  if (!found || found[4]) return null;
  const [, fill, align, sign, , alternate, zero, width, group, places, type] = found;
  return {
    fill: fill ?? (zero && !align ? "0" : " "),
    align: align ?? (zero ? "=" : ""),
    sign: sign ?? "-",
    alternate: Boolean(alternate),
    width: Number(width ?? 0),
    group: group ?? "",
    places: places === undefined ? null : Number(places),
    type: type ?? "",
  };
}

/**
 * @param {string} body
 * @param {string} sign what stands before the padding of `=`
 * @param {Spec} spec
 * @param {string} align where the specification names none
 */
export function pad(body, sign, spec, align) {
  const missing = Math.max(0, spec.width - [...sign, ...body].length);
  const side = spec.align || align;
  if (side === "=") return sign + spec.fill.repeat(missing) + body;
  if (side === "<") return sign + body + spec.fill.repeat(missing);
  const left = side === "^" ? Math.floor(missing / 2) : missing;
  return spec.fill.repeat(left) + sign + body + spec.fill.repeat(missing - left);
}

/**
 * Separates groups of digits before the point; zeros that fill the width are grouped, too.
 * @param {string} body
 * @param {string} sign
 * @param {Spec} spec
 */
export function grouped(body, sign, spec) {
  if (!spec.group) return body;
  const size = "bxXo".includes(spec.type || "d") ? 4 : 3;
  const whole = /^[0-9a-zA-Z]*?(?=\.|e[+-]|%|$)/.exec(body)?.[0] ?? "";
  const rest = body.slice(whole.length);
  const group = (/** @type {string} */ digits) => {
    const first = digits.length % size || size;
    const groups = [digits.slice(0, first)];
    for (let k = first; k < digits.length; k += size) groups.push(digits.slice(k, k + size));
    return groups.join(spec.group);
  };
  let digits = whole;
  if (spec.align === "=" && spec.fill === "0") {
    while (group(digits).length + rest.length + sign.length < spec.width) digits = `0${digits}`;
  }
  return group(digits) + rest;
}
