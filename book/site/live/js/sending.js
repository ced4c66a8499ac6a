// What a run prints and draws, on its way to the page: at once at first, in larger pieces later.

/** @typedef {import("./engine_types.js").OutputEvent} OutputEvent */

const AT_ONCE = 200;
const EVERY = 50; // milliseconds
const MOST = 200_000; // characters that a page shows

export class Sender {
  /** @param {(event: OutputEvent) => void} send */
  constructor(send) {
    this.send = send;
    this.waiting = "";
    this.pieces = 0;
    this.total = 0;
    this.last = 0;
  }

  /** @param {string} text */
  text(text) {
    if (this.total > MOST) return;
    this.total += text.length;
    const more = `\n… more than ${MOST.toLocaleString("en")} characters: the rest is not shown\n`;
    this.waiting += this.total > MOST ? more : text;
    this.pieces += 1;
    if (this.pieces < AT_ONCE || performance.now() - this.last > EVERY) this.flush();
  }

  flush() {
    if (this.waiting) this.send({ kind: "text", text: this.waiting });
    this.waiting = "";
    this.last = performance.now();
  }

  /** @param {string} curve numbers as text, since not all of them are JSON's */
  curve(curve) {
    this.flush();
    const [x, ys, labels, xlabel, ylabel] = JSON.parse(curve);
    const numbers = (/** @type {string[]} */ line) => line.map(number);
    this.send({ kind: "curve", x: numbers(x), ys: ys.map(numbers), labels, xlabel, ylabel });
  }
}

/** @type {Record<string, number>} */
const SPECIAL = { inf: Infinity, "-inf": -Infinity, nan: Number.NaN };

/** @param {string} text a float as Python shows it */
const number = (text) => SPECIAL[text] ?? Number(text);
