// What is done to each element or pair of elements, as NumPy has it.

import { isNegative } from "./decimal.js";

/** @typedef {(x: number, y: number) => number} Binary */
/** @typedef {(x: number) => number} Unary */

/** @type {Binary} */
function floorDivide(x, y) {
  if (y === 0) return x / y;
  const remainder = x % y;
  if (!Number.isFinite(x) || Number.isNaN(y)) return Number.NaN;
  let quotient = (x - remainder) / y;
  if (remainder !== 0 && remainder < 0 !== y < 0) quotient -= 1;
  if (quotient === 0) return isNegative(x / y) ? -0 : 0;
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

/** @type {Binary} */
function modulo(x, y) {
  const remainder = x % y;
  if (remainder === 0) return y < 0 ? -0 : 0;
  return remainder < 0 !== y < 0 ? remainder + y : remainder;
}

/** @type {Binary} */
function integerPower(x, y) {
  if (y < 0) return Number.NaN;
  let result = 1;
  for (let base = x, left = y; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result *= base;
    if (left > 1) base *= base;
  }
  return result;
}

/**
 * As Python has it: 1 to any power is 1, also where JavaScript says nan.
 * @type {Binary}
 */
const power = (x, y) => {
  if (y === 2) return x * x;
  return x === 1 || (x === -1 && Math.abs(y) === Infinity) ? 1 : x ** y;
};

/** @type {Binary} */
const larger = (x, y) => (x > y || Number.isNaN(x) ? x : y);
/** @type {Binary} */
const smaller = (x, y) => (x < y || Number.isNaN(x) ? x : y);

/** In the order of `_array.py`'s names. @type {Binary[]} */
export const BINARY = [
  (x, y) => x + y,
  (x, y) => x - y,
  (x, y) => x * y,
  (x, y) => x / y,
  floorDivide,
  modulo,
  power,
  larger,
  smaller,
  (x, y) => Number(x < y),
  (x, y) => Number(x <= y),
  (x, y) => Number(x > y),
  (x, y) => Number(x >= y),
  (x, y) => Number(x === y),
  (x, y) => Number(x !== y),
  (x, y) => Number(BigInt(x) & BigInt(y)),
  (x, y) => Number(BigInt(x) | BigInt(y)),
  (x, y) => Number(BigInt(x) ^ BigInt(y)),
];

/** What is different for integers; a division by 0 is 0. @type {Record<number, Binary>} */
export const INTEGER = {
  4: (x, y) => (y === 0 ? 0 : Math.floor(x / y) + 0),
  5: (x, y) => (y === 0 ? 0 : modulo(x, y) + 0),
  6: integerPower,
};

/** Halves go to the even neighbour. @type {Unary} */
const rint = (x) => {
  const floor = Math.floor(x);
  const rest = x - floor;
  if (rest < 0.5) return floor === 0 && x < 0 ? -0 : floor;
  if (rest > 0.5) return floor + 1 === 0 ? -0 : floor + 1;
  const even = floor % 2 === 0 ? floor : floor + 1;
  return even === 0 && x < 0 ? -0 : even;
};

/** In the order of `_array.py`'s names. @type {Unary[]} */
export const UNARY = [
  (x) => -x,
  Math.abs,
  Math.sqrt,
  Math.exp,
  Math.log,
  Math.sin,
  Math.cos,
  (x) => Number(Number.isFinite(x)),
  (x) => Number(Number.isNaN(x)),
  (x) => Number(x === 0),
  Math.tanh,
  Math.floor,
  Math.ceil,
  rint,
  Math.sign,
  Math.log2,
  Math.log10,
  Math.log1p,
  Math.expm1,
  Math.tan,
  (x) => (x === 0 ? 0 : 1),
];
