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
  if (size >= 1e15 || size < 1e-4) return rounded.replaceAll("-", "−");
  const text = size >= 1000 ? formatInteger(Math.round(size < 1e5 ? value : +rounded)) : rounded;
  return text.replace("-", "−");
}

/**
 * A number, or zero where it is smaller than what rounding may have left of zero.
 *
 * @param {number} value
 * @param {number} rounding
 */
export const roundToZero = (value, rounding) => (Math.abs(value) < rounding ? 0 : value);

/**
 * An integer with commas. `Intl` would take a tenth of a second to load when a page begins.
 *
 * @param {number} value
 */
export const formatInteger = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, ",");

/**
 * A time in the unit that suits it.
 *
 * @param {number} seconds
 * @param {number} [digits]
 */
export function formatTime(seconds, digits = 3) {
  if (seconds < 1e-3) return `${formatNumber(1e6 * seconds, digits)} µs`;
  if (seconds < 1) return `${formatNumber(1e3 * seconds, digits)} ms`;
  return `${formatNumber(seconds, digits)} s`;
}

/**
 * A count and its noun.
 *
 * @param {number} count
 * @param {string} noun
 */
export const pluralize = (count, noun) =>
  `${formatInteger(count)} ${noun}${count === 1 ? "" : "s"}`;
