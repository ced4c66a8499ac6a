// An error of the interpreter as Python shows it, with the cell's own lines.

import { COMPREHENSION } from "./transform_comprehensions.js";

/** @typedef {{message: string, line?: number}} Shown */

const FIRST = "Traceback (most recent call last):";
const FRAME = /^ {2}File "([^"]*)", line (\d+)(?:, in (.*))?$/;

/** How MicroPython words what CPython words otherwise. @type {[RegExp, string][]} */
const WORDS = [
  [/^divide by zero$/, "division by zero"],
  [/^name '(.*)' isn't defined$/, "name '$1' is not defined"],
  [/^unsupported types for __(\w+)__: '(.*)', '(.*)'$/, "@operator"],
  [/^unsupported type for __neg__: '(.*)'$/, "bad operand type for unary -: '$1'"],
  [/^unsupported type for __abs__: '(.*)'$/, "bad operand type for abs(): '$1'"],
  [/^no module named '(.*)'$/, "No module named '$1'"],
  [/^can't import name (.*)$/, "cannot import name '$1'"],
  [/^invalid syntax for integer with base 10: (.*)$/, "invalid literal for int() with base 10: $1"],
  [/^'(.*)' object isn't iterable$/, "'$1' object is not iterable"],
  [/^'(.*)' object isn't callable$/, "'$1' object is not callable"],
  [/^'(.*)' object isn't subscriptable$/, "'$1' object is not subscriptable"],
  [
    /^'(.*)' object doesn't support item assignment$/,
    "'$1' object does not support item assignment",
  ],
  [
    /^local variable referenced before assignment$/,
    "a local variable is used before it has a value",
  ],
  [/^memory allocation failed.*$/, "the page's Python has no memory left"],
  [/^list indices must be integers, not (.*)$/, "list indices must be integers or slices, not $1"],
];

/** @type {Record<string, string>} */
const OPERATORS = {
  add: "+",
  sub: "-",
  mul: "*",
  truediv: "/",
  floordiv: "//",
  mod: "%",
  pow: "** or pow()",
  matmul: "@",
  and: "&",
  or: "|",
  xor: "^",
};
/** @type {Record<string, string>} */
const COMPARISONS = { lt: "<", le: "<=", gt: ">", ge: ">=" };

/**
 * @param {string} name
 * @param {string} left
 * @param {string} right
 */
function operatorWords(name, left, right) {
  if (name in COMPARISONS) {
    const hint = right === "ndarray" ? "; here the array must stand on the left" : "";
    const kinds = `'${left}' and '${right}'`;
    return `'${COMPARISONS[name]}' not supported between instances of ${kinds}${hint}`;
  }
  const sign = OPERATORS[name] ?? `${OPERATORS[name.slice(1)] ?? name}=`;
  return `unsupported operand type(s) for ${sign}: '${left}' and '${right}'`;
}

/** @param {string} text */
function reword(text) {
  for (const [pattern, words] of WORDS) {
    const found = pattern.exec(text);
    if (found && words === "@operator") return operatorWords(found[1], found[2], found[3]);
    if (found) return text.replace(pattern, words);
  }
  return text;
}

/**
 * The last lines of a traceback: the error and what it says.
 * @param {string} text
 */
function errorWords(text) {
  const [, name, said] = /^([\w.]+)(?:: ?([\s\S]*))?$/.exec(text) ?? ["", text, ""];
  if (name === "ImportError" && said?.startsWith("no module named")) {
    return `ModuleNotFoundError: ${reword(said)}`;
  }
  if (!said) return name;
  if (said === "maximum recursion depth exceeded") return `RecursionError: ${said}`;
  const isName = name === "KeyError" && !/^[-(\d'"]|^(None|True|False)$/.test(said);
  return `${name}: ${isName ? `'${said}'` : reword(said)}`;
}

/**
 * Frames of which three are shown where they repeat.
 * @param {string[]} frames
 */
function shorter(frames) {
  const shown = [];
  let repeated = 0;
  for (let k = 0; k < frames.length; k++) {
    const same = [1, 2, 3].every((back) => frames[k - back] === frames[k]);
    if (same) repeated += 1;
    else shown.push(frames[k]);
    if (repeated > 0 && frames[k + 1] !== frames[k]) {
      const times = repeated === 1 ? "time" : "times";
      shown.push(`  [Previous line repeated ${repeated} more ${times}]`);
      repeated = 0;
    }
  }
  return shown;
}

/**
 * @param {string} text what the interpreter says
 * @param {string} cell
 * @param {number[]} lines the cell's line of each line that ran
 * @returns {Shown}
 */
export function traceback(text, cell, lines) {
  const source = cell.split("\n");
  const all = text.trimEnd().split("\n");
  const isError = (/** @type {string} */ line) => !FRAME.test(line) && line !== FIRST;
  const end = all.findIndex(isError);
  const error = errorWords(all.slice(end).join("\n"));
  const isSyntax = /^(Syntax|Indentation)Error/.test(error);
  const frames = [];
  let line;
  for (const [, file, number, name] of all.slice(0, end).map((frame) => FRAME.exec(frame) ?? [])) {
    if (file !== "<stdin>" || name?.startsWith(COMPREHENSION)) continue;
    line = Math.min(lines[Number(number)] ?? source.length, source.length);
    const place = isSyntax || name === undefined ? "" : `, in ${name}`;
    frames.push(`  File "<cell>", line ${line}${place}\n    ${source[line - 1].trim()}`);
  }
  return { message: [...(isSyntax ? [] : [FIRST]), ...shorter(frames), error].join("\n"), line };
}
