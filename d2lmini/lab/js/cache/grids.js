// The three matrices as grids: what is in the cache, what is touched, whether it was missing.

import { lineOf, numbersOf } from "./lru.js";

const SIDE = 100;
const LEFT = [0, 112, 224]; // of A, B, C
const TOP = 18;

/**
 * @typedef {object} Moment
 * @property {number} n
 * @property {number} lineSize
 * @property {Iterable<number>} lines - Those in the cache.
 * @property {number | undefined} touched
 * @property {boolean} hit
 */

export class Grids {
  svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  #size = 0;

  constructor() {
    this.svg.setAttribute("viewBox", `-2 0 ${LEFT[2] + SIDE + 4} ${TOP + SIDE + 2}`);
    this.svg.setAttribute("role", "img");
    this.svg.classList.add("cache-grids");
  }

  /**
   * @param {Moment} moment
   * @param {string} description
   */
  draw({ n, lineSize, lines, touched, hit }, description) {
    if (this.#size !== n) this.#drawGrids(n);
    this.svg.setAttribute("aria-label", description);
    const cached = [...lines].map((line) => lineSvg(line, n, lineSize)).join("");
    const line = touched === undefined ? "" : lineSvg(lineOf(touched, n, lineSize), n, lineSize);
    const cell = touched === undefined ? "" : cellsSvg(touched, 1, n);
    for (const [name, path] of Object.entries({ cached, line, cell })) {
      this.svg.querySelector(`.cache-${name}`)?.setAttribute("d", path);
    }
    this.svg.classList.toggle("cache-missed", !hit);
  }

  /** @param {number} n */
  #drawGrids(n) {
    this.#size = n;
    const names = ["A", "= B", "× C"];
    const labels = names.map((name, k) => {
      const start = LEFT[k] + SIDE / 2;
      return `<text x="${start}" y="12" text-anchor="middle">${name}</text>`;
    });
    const step = SIDE / n;
    const across = Array.from({ length: n + 1 }, (_, k) => (k * step).toFixed(2));
    const grid = LEFT.flatMap((left) =>
      across.map((d) => `M${left} ${TOP + Number(d)}h${SIDE}M${left + Number(d)} ${TOP}v${SIDE}`),
    );
    const paths = ["cached", "grid", "line", "cell"].map(
      (name) => `<path class="cache-${name}" d="${name === "grid" ? grid.join("") : ""}"/>`,
    );
    this.svg.innerHTML = labels.join("") + paths.join("");
  }
}

/**
 * The outline of a line of memory: it may go on in the next row of the matrix.
 *
 * @param {number} line
 * @param {number} n
 * @param {number} lineSize
 */
function lineSvg(line, n, lineSize) {
  const numbers = numbersOf(line, n, lineSize);
  const parts = [];
  for (let start = 0; start < numbers.length; ) {
    const room = n - (numbers[start] % n);
    const length = Math.min(room, numbers.length - start);
    parts.push(cellsSvg(numbers[start], length, n));
    start += length;
  }
  return parts.join("");
}

/**
 * @param {number} first
 * @param {number} length - So many numbers of a row.
 * @param {number} n
 */
function cellsSvg(first, length, n) {
  const step = SIDE / n;
  const row = Math.floor(first / n) % n;
  const x = LEFT[Math.floor(first / (n * n))] + (first % n) * step;
  const [left, top, width] = [x, TOP + row * step, length * step].map((value) => value.toFixed(2));
  return `M${left} ${top}h${width}v${step.toFixed(2)}h-${width}z`;
}
