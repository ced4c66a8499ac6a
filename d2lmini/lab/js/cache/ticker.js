// Counts time while something plays.

export class Ticker {
  #advance;
  #frame = 0;
  #last = 0;
  #rate = 0;
  #due = 0;

  /** @param {(count: number) => void} advance - Called with how many events are due. */
  constructor(advance) {
    this.#advance = advance;
  }

  get running() {
    return this.#frame !== 0;
  }

  /** @param {number} rate - Events in a second. */
  start(rate) {
    this.#rate = rate;
    this.#last = performance.now();
    this.#due = 1; // the first one at once
    this.#frame = requestAnimationFrame((now) => this.#tick(now));
  }

  stop() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  /** @param {number} now */
  #tick(now) {
    this.#due += Math.min(0.1, Math.max(0, now - this.#last) / 1000) * this.#rate;
    this.#last = now;
    this.#frame = requestAnimationFrame((next) => this.#tick(next));
    const count = Math.floor(this.#due);
    this.#due -= count;
    if (count) this.#advance(count); // it may stop
  }
}
