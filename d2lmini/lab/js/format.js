// Numbers as a person writes them.

/**
 * A number with few digits.
 *
 * @param {number} value
 * @param {number} [digits]
 */
export function formatNumber(value, digits = 3) {
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "not a number";
  if (value === 0) return "0";
  const size = Math.abs(value);
  const rounded = String(+value.toPrecision(digits));
  if (size >= 1e5 || size < 1e-4) return rounded.replaceAll("-", "−");
  const text = size >= 1000 ? formatInteger(Math.round(value)) : rounded;
  return text.replace("-", "−");
}

/**
 * An integer with commas.
 *
 * @param {number} value
 */
export const formatInteger = (value) => value.toLocaleString("en");

/**
 * A time in the unit that suits it.
 *
 * @param {number} seconds
 */
export function formatTime(seconds) {
  if (seconds < 1e-3) return `${formatNumber(1e6 * seconds)} µs`;
  return seconds < 1 ? `${formatNumber(1e3 * seconds)} ms` : `${formatNumber(seconds)} s`;
}

/**
 * A count and its noun.
 *
 * @param {number} count
 * @param {string} noun
 */
export const pluralize = (count, noun) =>
  `${formatInteger(count)} ${noun}${count === 1 ? "" : "s"}`;
