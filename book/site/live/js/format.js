// Python's format specifications, such as `.3f` and `>10,`, for numbers and text.

import { fixed, floatText, isNegative, positional, scientific, significant } from "./decimal.js";
import { grouped, pad, parse } from "./format_spec.js";

/** @typedef {import("./format_spec.js").Spec} Spec */

/** What begins an answer that is an error message. */
export const ERROR = "\0";

/**
 * @param {string} body
 * @param {boolean} negative
 * @param {Spec} spec
 */
function signed(body, negative, spec) {
  const positive = spec.sign === "-" ? "" : spec.sign;
  const sign = negative ? "-" : positive;
  return pad(grouped(body, sign, spec), sign, spec, ">");
}

/**
 * The format `g`, and that of a precision without a type.
 * @param {number} size
 * @param {Spec} spec
 */
function general(size, spec) {
  const places = Math.max(1, spec.places ?? 6);
  const decimal = significant(size, places);
  const power = size === 0 ? 0 : decimal.exponent - 1;
  // Without a type there is one digit after the point at least: 10 to 2 places is 1e+01.
  const limit = spec.type ? places : places - 1;
  const digits = spec.alternate ? decimal.digits : decimal.digits.replace(/(?!^)0+$/, "");
  const short = { digits, exponent: decimal.exponent };
  if (power < -4 || power >= limit) return scientific(short);
  const text = positional(short);
  return spec.type || text.includes(".") ? text : `${text}.0`;
}

/**
 * @param {number} size not negative and finite
 * @param {Spec} spec
 */
function floatBody(size, spec) {
  const places = spec.places ?? 6;
  const kind = spec.type.toLowerCase();
  if (kind === "f") return fixed(size, places);
  if (kind === "%") return `${fixed(size * 100, places)}%`;
  if (kind === "e") return scientific(significant(size, places + 1));
  if (kind === "" && spec.places === null) return floatText(size);
  return general(size, spec);
}

/**
 * @param {number} x
 * @param {string} text
 */
export function formatFloat(x, text) {
  if (text === "") return floatText(x);
  const spec = parse(text);
  if (!spec) return `${ERROR}Invalid format specifier '${text}' for object of type 'float'`;
  if (spec.type && !"eEfFgGn%".includes(spec.type)) return unknown(spec.type, "float");
  const size = Math.abs(x);
  const finite = Number.isFinite(x);
  const percent = spec.type === "%" ? "%" : "";
  const body = finite ? floatBody(size, spec) : floatText(size) + percent;
  const cased = "EFG".includes(spec.type || "-") ? body.toUpperCase() : body;
  return signed(cased, isNegative(x), finite ? spec : { ...spec, group: "" });
}

/**
 * @param {string} type
 * @param {string} of
 */
const unknown = (type, of) => `${ERROR}Unknown format code '${type}' for object of type '${of}'`;

/**
 * @param {string} digits the integer
 * @param {string} text
 */
export function formatInteger(digits, text) {
  const spec = parse(text);
  if (!spec) return `${ERROR}Invalid format specifier '${text}' for object of type 'int'`;
  if (spec.type && "eEfFgG%".includes(spec.type)) return formatFloat(Number(digits), text);
  if (spec.places !== null) return `${ERROR}Precision not allowed in integer format specifier`;
  if (spec.type === "s") return unknown("s", "int");
  const value = BigInt(digits);
  const bases = /** @type {Record<string, number>} */ ({ b: 2, o: 8, x: 16, X: 16 });
  const size = (value < 0n ? -value : value).toString(bases[spec.type] ?? 10);
  const prefix = spec.alternate && spec.type in bases ? `0${spec.type}` : "";
  if (spec.type === "c") return pad(String.fromCodePoint(Number(value)), "", spec, "<");
  return signed(prefix + (spec.type === "X" ? size.toUpperCase() : size), value < 0n, spec);
}

/**
 * @param {string} value
 * @param {string} text
 */
export function formatText(value, text) {
  const spec = parse(text);
  if (!spec) return `${ERROR}Invalid format specifier '${text}' for object of type 'str'`;
  if (spec.type && spec.type !== "s") return unknown(spec.type, "str");
  if (spec.align === "=" && !/^0/.test(text)) {
    return `${ERROR}'=' alignment not allowed in string format specifier`;
  }
  const short = spec.places === null ? value : [...value].slice(0, spec.places).join("");
  return pad(short, "", { ...spec, align: spec.align === "=" ? "<" : spec.align }, "<");
}
