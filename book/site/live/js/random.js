// NumPy's legacy random numbers, bit for bit: the Mersenne Twister MT19937 and what is drawn by it.

/** @typedef {import("./heap.js").Heap} Heap */

const SIZE = 624;
const MIDDLE = 397;

export class Twister {
  constructor() {
    this.state = new Uint32Array(SIZE);
    this.position = SIZE;
    /** @type {number | null} the second number of a pair of normal ones */
    this.kept = null;
    this.seed(crypto.getRandomValues(new Uint32Array(1))[0]);
  }

  /** @param {number} seed 0 to 2^32 - 1 */
  seed(seed) {
    this.state[0] = seed;
    for (let k = 1; k < SIZE; k++) {
      const last = this.state[k - 1];
      this.state[k] = Math.imul(1812433253, last ^ (last >>> 30)) + k;
    }
    this.position = SIZE;
    this.kept = null;
  }

  /** Makes the next 624 numbers. */
  twist() {
    const s = this.state;
    for (let k = 0; k < SIZE; k++) {
      const y = (s[k] & 0x80000000) | (s[(k + 1) % SIZE] & 0x7fffffff);
      s[k] = s[(k + MIDDLE) % SIZE] ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    this.position = 0;
  }

  /** 32 random bits. */
  bits() {
    if (this.position === SIZE) this.twist();
    let y = this.state[this.position++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  /** A number from 0 to 1, without 1, of 53 bits. */
  uniform() {
    const high = this.bits() >>> 5;
    return (high * 2 ** 26 + (this.bits() >>> 6)) / 2 ** 53;
  }

  /** A standard normal number, by the polar method, which makes two. */
  normal() {
    if (this.kept !== null) {
      const kept = this.kept;
      this.kept = null;
      return kept;
    }
    let [x, y, square] = [0, 0, 0];
    do {
      x = 2 * this.uniform() - 1;
      y = 2 * this.uniform() - 1;
      square = x * x + y * y;
    } while (square >= 1 || square === 0);
    const factor = Math.sqrt((-2 * Math.log(square)) / square);
    this.kept = factor * x;
    return factor * y;
  }

  /**
   * An integer from 0 to `most`, by refusing what is above it.
   * @param {number} most less than 2^32
   */
  upTo(most) {
    if (most === 0) return 0;
    const mask = 2 ** (32 - Math.clz32(most)) - 1;
    for (;;) {
      const value = (this.bits() & mask) >>> 0;
      if (value <= most) return value;
    }
  }
}

/** @param {Heap} heap */
export const random = (heap) => {
  const twister = new Twister();
  /** @type {(out: number, n: number, draw: () => number) => void} */
  const fill = (out, n, draw) => {
    const d = heap.doubles;
    for (let k = 0; k < n; k++) d[(out >>> 3) + k] = draw();
  };
  return {
    /** @type {(seed: number) => void} */
    seed: (seed) => twister.seed(seed),
    /** @type {(out: number, n: number, low: number, range: number) => void} */
    uniform: (out, n, low, range) => fill(out, n, () => low + range * twister.uniform()),
    /** @type {(out: number, n: number, mean: number, deviation: number) => void} */
    normal: (out, n, mean, deviation) => fill(out, n, () => mean + deviation * twister.normal()),
    /** @type {(out: number, n: number, low: number, most: number) => void} */
    integers: (out, n, low, most) => fill(out, n, () => low + twister.upTo(most)),
    /**
     * Shuffles the m rows of an array.
     * @type {(a: number, m: number, sm: number, n: number, sn: number) => void}
     */
    shuffle(a, m, sm, n, sn) {
      const d = heap.doubles;
      for (let i = m - 1; i > 0; i--) {
        const other = (a >>> 3) + twister.upTo(i) * sm;
        const own = (a >>> 3) + i * sm;
        for (let j = 0; j < n; j++) {
          const kept = d[own + j * sn];
          d[own + j * sn] = d[other + j * sn];
          d[other + j * sn] = kept;
        }
      }
    },
  };
};
