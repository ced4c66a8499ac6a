// Decimal digits of doubles, exactly rounded: half to even, as Python and NumPy round.

/** @typedef {{digits: string, exponent: number}} Decimal 0.digits · 10^exponent */

const BUFFER = new DataView(new ArrayBuffer(8));

/**
 * A positive finite double as fraction · 2^power.
 * @param {number} x
 * @returns {[bigint, number]}
 */
function parts(x) {
  BUFFER.setFloat64(0, x);
  const bits = BUFFER.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  return exponent === 0 ? [fraction, -1074] : [fraction | (1n << 52n), exponent - 1075];
}

/**
 * x · 10^places, rounded to an integer, half to even.
 * @param {number} x not negative and finite
 * @param {number} places
 */
function scaled(x, places) {
  const [fraction, power] = parts(x);
  const ten = 10n ** BigInt(Math.abs(places));
  let above = places > 0 ? fraction * ten : fraction;
  let below = places > 0 ? 1n : ten;
  if (power > 0) above <<= BigInt(power);
  else below <<= BigInt(-power);
  const whole = above / below;
  const twice = 2n * (above % below);
  const up = twice > below || (twice === below && whole % 2n === 1n);
  return up ? whole + 1n : whole;
}

/**
 * Digits with `places` of them after the point.
 * @param {number} x not negative and finite
 * @param {number} places
 */
export function fixed(x, places) {
  const text = scaled(x, places)
    .toString()
    .padStart(places + 1, "0");
  if (places === 0) return text;
  return `${text.slice(0, -places)}.${text.slice(-places)}`;
}

/**
 * The decimal of `count` digits that is nearest, 0 as zeros.
 * @param {number} x not negative and finite
 * @param {number} count at least 1
 * @returns {Decimal}
 */
export function significant(x, count) {
  if (x === 0) return { digits: "0".repeat(count), exponent: 1 };
  const exponent = Number(x.toExponential().split("e")[1]) + 1;
  const text = scaled(x, count - exponent).toString();
  if (text.length > count) return { digits: text.slice(0, count), exponent: exponent + 1 };
  return { digits: text, exponent };
}

/**
 * The shortest decimal that is this double and no other.
 * @param {number} x not negative and finite
 * @returns {Decimal}
 */
export function shortest(x) {
  const [mantissa, power] = x.toExponential().split("e");
  return { digits: mantissa.replace(".", ""), exponent: Number(power) + 1 };
}

/**
 * A decimal without an exponent; all of its digits, and a point where it has a fraction.
 * @param {Decimal} decimal
 */
export function positional({ digits, exponent }) {
  if (exponent <= 0) return `0.${"0".repeat(-exponent)}${digits}`;
  if (exponent >= digits.length) return digits.padEnd(exponent, "0");
  return `${digits.slice(0, exponent)}.${digits.slice(exponent)}`;
}

/**
 * A decimal with an exponent of at least two digits.
 * @param {Decimal} decimal
 */
export function scientific({ digits, exponent }) {
  const power = Number(digits) === 0 ? 0 : exponent - 1;
  const fraction = digits.length > 1 ? `.${digits.slice(1)}` : "";
  const sign = power < 0 ? "-" : "+";
  return `${digits[0]}${fraction}e${sign}${String(Math.abs(power)).padStart(2, "0")}`;
}

/** @param {number} x */
export const isNegative = (x) => x < 0 || Object.is(x, -0);

/**
 * A float as Python shows it.
 * @param {number} x
 */
export function floatText(x) {
  if (Number.isNaN(x)) return "nan";
  const sign = isNegative(x) ? "-" : "";
  const size = Math.abs(x);
  if (size === Infinity) return `${sign}inf`;
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) return sign + scientific(shortest(size));
  const text = positional(shortest(size));
  return sign + (text.includes(".") ? text : `${text}.0`);
}
