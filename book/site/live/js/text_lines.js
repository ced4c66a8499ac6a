// Words in lines, and the gaps of long arrays, as NumPy prints them.

const EDGE = 3;
export const WIDTH = 75;

/**
 * The indexes of an axis that are shown; null is the gap.
 * @param {number} n
 * @param {boolean} short
 * @returns {(number | null)[]}
 */
export function shown(n, short) {
  const all = Array.from({ length: n }, (_, i) => i);
  if (!short || n <= 2 * EDGE) return all;
  return [...all.slice(0, EDGE), null, ...all.slice(n - EDGE)];
}

/**
 * Words in lines of limited width.
 * @param {string[]} words
 * @param {string} indent
 * @param {string} separator
 * @param {number} width
 */
export function wrap(words, indent, separator, width) {
  const limit = width - Math.max(separator.trimEnd().length, 1);
  let done = "";
  let line = indent;
  words.forEach((word, k) => {
    if (line.length + word.length > limit && line.length > indent.length) {
      done += `${line.trimEnd()}\n`;
      line = indent;
    }
    line += word + (k < words.length - 1 ? separator : "");
  });
  return `[${(done + line).slice(indent.length)}]`;
}
