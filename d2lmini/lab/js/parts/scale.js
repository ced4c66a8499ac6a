// Axes: from values to positions in the picture, and the ticks between.

/**
 * The range of an axis.
 *
 * @typedef {object} Domain
 * @property {number} low
 * @property {number} high
 * @property {boolean} [log]
 * @property {number[]} [ticks]
 * @property {(tick: number) => string} [format] - Of a tick, where it is no plain number.
 */

/**
 * From values to positions.
 *
 * @typedef {((value: number) => number) & Pick<Required<Domain>, "ticks"> &
 *   Pick<Domain, "format">} Scale
 */

/**
 * A linear or logarithmic scale from [low, high] to [from, to].
 *
 * @param {Domain} domain
 * @param {number} from
 * @param {number} to
 * @returns {Scale}
 */
export function makeScale({ low, high, log = false, ticks, format }, from, to) {
  const transform = log ? Math.log10 : (/** @type {number} */ value) => value;
  const factor = (to - from) / (transform(high) - transform(low) || 1);
  /** @param {number} value */
  const position = (value) => from + (transform(value) - transform(low)) * factor;
  const usual = log ? logTicks : linearTicks;
  return Object.assign(position, { ticks: ticks ?? usual(low, high), format });
}

/**
 * Round numbers between low and high, about five.
 *
 * @param {number} low
 * @param {number} high
 */
function linearTicks(low, high) {
  const rough = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5].find((m) => m * power >= rough) ?? 10) * power;
  const ticks = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k++) {
    ticks.push(k * step);
  }
  return ticks;
}

/**
 * Powers of ten; between them others where there is room.
 *
 * @param {number} low
 * @param {number} high
 */
function logTicks(low, high) {
  const first = Math.floor(Math.log10(low));
  const last = Math.ceil(Math.log10(high));
  const ticks = [];
  for (let exponent = first; exponent <= last; exponent++) {
    for (const m of multiples(Math.log10(high / low))) ticks.push(m * 10 ** exponent);
  }
  return ticks.filter((tick) => tick >= low * 0.999 && tick <= high * 1.001);
}

/** @param {number} powers - How many powers of ten an axis spans. */
function multiples(powers) {
  if (powers < 2) return [1, 2, 5];
  return powers < 3.4 ? [1, 3] : [1];
}
