// Work that is done in slices, so that the page goes on answering the reader.

const SLICE = 8; // milliseconds
const PROGRESS = 50; // milliseconds between two reports of it

/** Does one piece of work at a time; a new one replaces it. */
export class Background {
  #channel = new MessageChannel();
  /** @type {Iterator<unknown> | null} */
  #work = null;
  /** @type {() => void} */
  #progress = () => {};
  #reported = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  constructor() {
    this.#channel.port1.onmessage = () => this.#slice();
  }

  /**
   * Begin work after so many milliseconds in which no other was begun.
   *
   * @param {Iterator<unknown>} work - Each step of it should take less than a slice.
   * @param {() => void} [progress] - Called after a slice, often enough to watch.
   * @param {number} [delay]
   */
  start(work, progress = () => {}, delay = 0) {
    this.cancel();
    this.#timer = setTimeout(() => {
      this.#work = work;
      this.#progress = progress;
      this.#slice();
    }, delay);
  }

  cancel() {
    clearTimeout(this.#timer);
    this.#work = null;
  }

  close() {
    this.cancel();
    this.#channel.port1.close();
  }

  #slice() {
    const work = this.#work;
    if (!work) return;
    const began = performance.now();
    let done = false;
    while (!done && performance.now() < began + SLICE) done = work.next().done ?? false;
    if (done || began > this.#reported + PROGRESS) {
      this.#reported = began;
      this.#progress();
    }
    if (this.#work !== work) return; // what was called replaced it
    if (done) this.#work = null;
    else this.#channel.port2.postMessage(null); // unlike a timer it does not wait
  }
}
