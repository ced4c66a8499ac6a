// How NumPy prints an array: its default options.

import { fixed, isNegative, positional, scientific, shortest, significant } from "./decimal.js";
import { shown, WIDTH, wrap } from "./text_lines.js";

/** @typedef {import("./heap.js").Layout} Layout */
/** @typedef {(x: number) => string} Show */

const PRECISION = 8;
const THRESHOLD = 1000;

/**
 * A number without an exponent: its shortest digits, at most 8 after the point.
 * @param {number} x
 */
function plain(x) {
  const size = Math.abs(x);
  const text = positional(size === 0 ? { digits: "0", exponent: 1 } : shortest(size));
  const places = text.includes(".") ? text.length - text.indexOf(".") - 1 : 0;
  const short = places > PRECISION ? fixed(size, PRECISION) : text;
  const trimmed = short.includes(".") ? short.replace(/0+$/, "") : `${short}.`;
  return (isNegative(x) ? "-" : "") + trimmed;
}

/**
 * A number with an exponent and at most 8 digits after the point.
 * @param {number} x
 */
function withExponent(x) {
  const size = Math.abs(x);
  let decimal = size === 0 ? { digits: "0", exponent: 1 } : shortest(size);
  if (decimal.digits.length > PRECISION + 1) decimal = significant(size, PRECISION + 1);
  const digits = decimal.digits.replace(/(?!^)0+$/, "");
  const [mantissa, power] = scientific({ ...decimal, digits }).split("e");
  const point = mantissa.includes(".") ? mantissa : `${mantissa}.`;
  return `${isNegative(x) ? "-" : ""}${point}e${power}`;
}

/** @param {number[]} values finite ones */
function needsExponent(values) {
  const sizes = values.map(Math.abs).filter((size) => size !== 0);
  if (sizes.length === 0) return false;
  const most = sizes.reduce((a, b) => Math.max(a, b));
  const least = sizes.reduce((a, b) => Math.min(a, b));
  return most >= 1e8 || least < 1e-4 || most / least > 1000;
}

/** @param {string[]} texts */
const longest = (texts) => texts.reduce((length, text) => Math.max(length, text.length), 0);

/**
 * @param {number} x not finite
 * @param {number} width
 */
function special(x, width) {
  const infinite = x < 0 ? "-inf" : "inf";
  return (Number.isNaN(x) ? "nan" : infinite).padStart(width);
}

/**
 * @param {number[]} values
 * @returns {Show}
 */
function floatShow(values) {
  const finite = values.filter(Number.isFinite);
  const exponents = needsExponent(finite);
  const split = finite.map((x) => (exponents ? withExponent(x) : plain(x)).split(/[.e]/));
  let left = longest(split.map(([whole]) => whole));
  const right = longest(split.map(([, fraction]) => fraction));
  const power = longest(split.map(([, , exponent]) => exponent ?? ""));
  const rightWidth = exponents ? right + power + 1 : right;
  if (finite.length < values.length) {
    const infinite = values.some((x) => x === -Infinity) ? 4 : 3;
    left = Math.max(left, 3 - rightWidth - 1, infinite - rightWidth - 1);
  }
  const width = left + rightWidth + 1;
  return (x) => {
    if (!Number.isFinite(x)) return special(x, width);
    if (exponents) {
      const [mantissa, exponent] = withExponent(x).split("e");
      const [whole, fraction] = mantissa.split(".");
      const digits = exponent.slice(1).padStart(power - 1, "0");
      return `${whole}.${fraction.padEnd(right, "0")}e${exponent[0]}${digits}`.padStart(width);
    }
    const [whole, fraction] = plain(x).split(".");
    return `${whole.padStart(left)}.${fraction.padEnd(right)}`;
  };
}

/**
 * @param {number[]} values
 * @param {number} kind
 * @returns {Show}
 */
function chooseShow(values, kind) {
  if (kind >= 2) return floatShow(values);
  if (kind === 0) return (x) => (x ? " True" : "False");
  const text = (/** @type {number} */ x) => String(x);
  const width = longest(values.map(text));
  return (x) => text(x).padStart(width);
}

/**
 * The text of an array's numbers, as `print` shows it or, with a prefix, as `repr` does.
 * @param {(i: number, j: number) => number} at
 * @param {{ndim: number, m: number, n: number, kind: number}} shape
 * @param {string} separator
 * @param {number} prefix how far lines after the first are moved to the right
 */
export function arrayText(at, { ndim, m, n, kind }, separator, prefix) {
  if (m * n === 0) return "[]";
  const short = m * n > THRESHOLD;
  const rows = shown(m, short);
  const columns = shown(n, short);
  const values = rows.flatMap((i) =>
    i === null ? [] : columns.flatMap((j) => (j === null ? [] : [at(i, j)])),
  );
  const show = chooseShow(values, kind);
  const indent = " ".repeat(prefix + ndim);
  const lines = rows.map((i) => {
    if (i === null) return "...";
    const words = columns.map((j) => (j === null ? "..." : show(at(i, j))));
    return wrap(words, indent, separator, WIDTH - (ndim - 1));
  });
  if (ndim === 1) return lines[0];
  return `[${lines.join(`${separator.trimEnd()}\n${" ".repeat(prefix + 1)}`)}]`;
}
