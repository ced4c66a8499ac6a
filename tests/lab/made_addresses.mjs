// Queries of addresses, right, odd and hostile, drawn by a seeded generator.

/** @import { SettingsTable } from "../../d2lmini/lab/js/parts/settings.js" */

/**
 * A generator of numbers from 0 to 1 (mulberry32).
 *
 * @param {number} seed
 */
export function seeded(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** @param {string} words - With one blank between them. */
const list = (words) => words.split(" ");

const NUMBERS = [
  ...list("0 1 -1 7 10 1500 1501 9999 0.05 0.30000000000000004 5 -2 2 1.5 2.5000001 -0 0.0 .5 5."),
  ...list("1e3 1E-9 -1e308 1e309 5e-324 NaN nan Infinity -Infinity 0x10 0b11 0o7 1_0 1,5 ١٢ ½ +3"),
  ...["9".repeat(400), `0.${"0".repeat(400)}1`, " 7 ", "7\n", "\u00a07"],
];
const TEXTS = [
  ...list("true false null undefined constructor __proto__ toString %00 ../../etc/passwd"),
  ...["", " ", "[object Object]", "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'],
  ...["javascript:alert(1)", "\0", "\ud800", "é\u0301🙂", "\u202eabc", "🙂".repeat(400)],
  ...[`${"x".repeat(599)}🙂`, `${"y".repeat(599)} z`],
];
const RAW = list("% %E0%A4%A %zz %C0%80 + %2B && = == ; ? # %26b%3D1");
const KEYS = [...list("framework q __proto__ constructor B b[] é %62 lr%00"), "b ", ""];
const OTHERS = [...[NaN, Infinity, -0, 2 ** 53, null, undefined, true, {}, [], [3]], 10n ** 30n];

/**
 * @template T
 * @param {() => number} random
 * @param {T[]} list
 */
const pick = (random, list) => list[Math.floor(random() * list.length)];

/**
 * A text of pinned runs, of some or of thousands.
 *
 * @param {() => number} random
 */
function pins(random) {
  const separator = pick(random, [";", ";", ";;", ",", "|"]);
  const run = () => `b:${pick(random, NUMBERS)},lr:${pick(random, NUMBERS)}`;
  const runs = Array.from({ length: pick(random, [1, 2, 4, 5, 9]) }, run);
  const text = [...runs, pick(random, ["x:1", "seed:7", ...TEXTS])].join(separator);
  return random() < 0.1 ? `${text}${separator}`.repeat(1000) : text;
}

/**
 * @param {() => number} random
 * @param {import("../../d2lmini/lab/js/parts/settings.js").Setting} setting
 */
function value(random, { options, text, range, default: usual }) {
  const between = range ? [...range, range[0] + (range[1] - range[0]) / 3] : [];
  const right = options ?? [...between, usual];
  const drawn =
    text && random() < 0.5 ? pins(random) : pick(random, pick(random, [right, NUMBERS, TEXTS]));
  const encoded = encodeURIComponent(String(drawn).replace(/\p{Surrogate}/gu, ""));
  return random() < 0.15 ? pick(random, RAW) + encoded : pick(random, [encoded, encoded, drawn]);
}

/**
 * A query for the settings of a table: its parameters, some of them twice, and other ones.
 *
 * @param {() => number} random
 * @param {SettingsTable} table
 */
export function madeQuery(random, table) {
  const settings = Object.values(table);
  const parts = Array.from({ length: Math.floor(7 * random()) }, () => {
    const setting = pick(random, settings);
    const key = random() < 0.85 ? setting.parameter : pick(random, KEYS);
    return pick(random, [
      `${key}=${value(random, setting)}`,
      `${key}=${value(random, setting)}`,
      key,
    ]);
  });
  return pick(random, ["?", "?", "", "??"]) + parts.join(pick(random, ["&", "&", "&&", "&amp;"]));
}

/**
 * A value of any kind, as a page or Python could hand it over.
 *
 * @param {() => number} random
 */
export function madeValue(random) {
  const listed = pick(random, [NUMBERS, TEXTS, OTHERS]);
  const value = () => pick(random, /** @type {any[]} */ (listed));
  return pick(random, [value, value, value, () => Number(value()), () => pins(random)])();
}
