// Shows a run while it trains: by itself at a pace that the eye can follow, or step by step.

/** @import { Run } from "./run.js" */
import { advance } from "./training.js";

const MAX_SECONDS_PER_STEP = 0.5; // of runs with few steps
const MAX_SECONDS_PER_RUN = 8; // of those with many

/**
 * How many of all steps were taken after some seconds.
 *
 * @param {number} seconds
 * @param {number} planned
 */
export const stepsAfter = (seconds, planned) =>
  Math.floor(seconds * Math.max(1 / MAX_SECONDS_PER_STEP, planned / MAX_SECONDS_PER_RUN));

/**
 * The browser's functions to request an animation frame and to cancel it.
 *
 * @typedef {object} Frames
 * @property {(draw: (milliseconds: number) => void) => number} request
 * @property {(id: number) => void} cancel
 */

/**
 * @typedef {object} PlayerOptions
 * @property {() => { run: Run, planned: number }} start - Begins a run of so many steps.
 * @property {(run: Run, planned: number) => void} show - Draws a run.
 * @property {() => void} changed - Called when playing starts or ends.
 * @property {Frames} [frames]
 */

/** @type {Frames} */
const browserFrames = {
  request: (draw) => requestAnimationFrame(draw),
  cancel: (id) => cancelAnimationFrame(id),
};

/** Plays runs. */
export class Player {
  /** @type {{ run: Run, planned: number } | null} */
  #started = null;
  /** @type {number | null} */
  #frame = null;
  #options;
  #frames;

  /** @param {PlayerOptions} options */
  constructor(options) {
    this.#options = options;
    this.#frames = options.frames ?? browserFrames;
  }

  get playing() {
    return this.#frame !== null;
  }

  /** Whether a run was begun that has steps left. */
  get underway() {
    return this.#started !== null && !this.#started.run.done;
  }

  play() {
    const { run, planned } = this.#ensureStarted();
    /** @type {number | null} */
    let began = null;
    const before = run.steps;
    /** @param {number} milliseconds */
    const draw = (milliseconds) => {
      began ??= milliseconds;
      this.#frame = this.#frames.request(draw);
      const due = before + stepsAfter((milliseconds - began) / 1000, planned) - run.steps;
      if (due > 0) this.#advance(due);
    };
    this.#frame = this.#frames.request(draw);
    this.#options.show(run, planned);
    this.#options.changed();
  }

  pause() {
    if (this.#frame !== null) this.#frames.cancel(this.#frame);
    this.#frame = null;
    this.#options.changed();
  }

  step() {
    this.pause();
    this.#ensureStarted();
    this.#advance(1);
    this.#options.changed();
  }

  /** Forget the run: the settings have changed. */
  stop() {
    this.#started = null;
    this.pause();
  }

  #ensureStarted() {
    if (!this.#started || this.#started.run.done) this.#started = this.#options.start();
    return this.#started;
  }

  /** @param {number} steps */
  #advance(steps) {
    const { run, planned } = this.#ensureStarted();
    advance(run, steps);
    this.#options.show(run, planned);
    if (run.done) this.pause();
  }
}
