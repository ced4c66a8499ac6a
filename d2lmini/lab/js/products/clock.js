// A clock that runs while it is seen: at the pace of its animation frames.

/** @import { Frames } from "../parts/frames.js" */
import { browserFrames } from "../parts/frames.js";

/** Counts seconds, up to an end. */
export class Clock {
  seconds = 0;
  end = Infinity;
  running = false;
  #visible = false;
  /** @type {number | null} */
  #frame = null;
  /** @type {number | null} */
  #before = null;
  #changed;
  #frames;

  /**
   * @param {() => void} changed - Called after each frame.
   * @param {Frames} [frames]
   */
  constructor(changed, frames = browserFrames) {
    this.#changed = changed;
    this.#frames = frames;
  }

  /** @param {boolean} visible */
  show(visible) {
    this.#visible = visible;
    this.#pace();
  }

  /** @param {boolean} running */
  run(running) {
    this.running = running;
    this.#pace();
  }

  #pace() {
    if (this.#frame !== null) this.#frames.cancel(this.#frame);
    this.#frame = null;
    this.#before = null;
    if (this.running && this.#visible) this.#frame = this.#frames.request(this.#tick);
  }

  /** @param {number} milliseconds */
  #tick = (milliseconds) => {
    const elapsed = (milliseconds - (this.#before ?? milliseconds)) / 1000;
    this.seconds = Math.min(this.end, this.seconds + elapsed);
    this.#before = milliseconds;
    this.#frame = this.#frames.request(this.#tick);
    this.#changed();
  };
}
