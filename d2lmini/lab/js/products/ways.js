// Four ways to compute the same product, and how far each is after a while.

/**
 * @typedef {object} Way
 * @property {string} name - As the notebook's table has it.
 * @property {string} title
 * @property {number} width - How many columns one call fills,
 * @property {number} height - and how many rows.
 * @property {number} calls - How many calls make the whole matrix.
 * @property {number} seconds - The measured time of the whole product.
 */

/**
 * The calls that were made, the entry at which the current one begins, and its part that is done.
 *
 * @typedef {{ calls: number, row: number, column: number, part: number }} Progress
 */

const BLOCK = 64;

/**
 * @param {Record<string, number>} seconds - Of the whole product, by the names of the ways.
 * @param {number} n - The number of rows and of columns.
 * @returns {Way[]}
 */
export function makeWays(seconds, n) {
  /** @type {[string, string, number, number][]} */
  const shapes = [
    ["element", "element by element", 1, 1],
    ["column", "column by column", 1, n],
    ["block of 64", "64 columns at a time", Math.min(BLOCK, n), n],
    ["full", "all at once", n, n],
  ];
  return shapes.map(([name, title, width, height]) => {
    const calls = Math.ceil(n / width) * Math.ceil(n / height);
    return { name, title, width, height, calls, seconds: seconds[name] };
  });
}

/**
 * From the fastest to the slowest.
 *
 * @param {Way[]} ways
 */
export const ranked = (ways) => [...ways].sort((a, b) => a.seconds - b.seconds);

/**
 * What a way has done after some of the measured time.
 *
 * @param {Way} way
 * @param {number} n
 * @param {number} time - In seconds of the machine that was measured.
 * @returns {Progress}
 */
export function progressAt({ width, height, calls, seconds }, n, time) {
  const made = Math.min(calls, (time / seconds) * calls);
  const whole = Math.floor(made + 1e-9);
  const perRow = Math.ceil(n / width);
  return {
    calls: whole,
    row: Math.floor(whole / perRow) * height,
    column: (whole % perRow) * width,
    part: whole === calls ? 0 : Math.max(0, made - whole),
  };
}

/**
 * When the next way ends, or null if all have.
 *
 * @param {Way[]} ways
 * @param {number} time
 */
export const nextToEnd = (ways, time) => ranked(ways).find((way) => way.seconds > time) ?? null;

/** @param {number} seconds - Of the end of a way; rounding shall not fall short of it. */
export const laterThan = (seconds) => seconds * (1 + 1e-12);
