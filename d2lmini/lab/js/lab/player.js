// Shows runs while they train: by themselves at a pace that the eye can follow, or step by step.

/** @import { Frames } from "../parts/frames.js" */
import { browserFrames } from "../parts/frames.js";

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
 * What is played.
 *
 * @typedef {object} Playable
 * @property {number} steps - How many were taken,
 * @property {number} planned - and how many there are.
 * @property {boolean} done
 * @property {(steps: number) => void} advance
 */

/**
 * @typedef {object} PlayerOptions
 * @property {() => Playable} start - Begins anew.
 * @property {(playable: any) => void} show - Draws the state after some steps.
 * @property {() => void} changed - Called when playing starts or ends.
 * @property {Frames} [frames]
 */

/** Plays runs. */
export class Player {
  /** @type {Playable | null} */
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
    return this.#started !== null && !this.#started.done;
  }

  play() {
    if (this.playing) return;
    const started = this.#ensureStarted();
    /** @type {number | null} */
    let began = null;
    const before = started.steps;
    /** @param {number} milliseconds */
    const draw = (milliseconds) => {
      began ??= milliseconds;
      this.#frame = this.#frames.request(draw);
      const due =
        before + stepsAfter((milliseconds - began) / 1000, started.planned) - started.steps;
      if (due > 0) this.#advance(due);
    };
    this.#frame = this.#frames.request(draw);
    this.#options.show(started);
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
    if (!this.#started || this.#started.done) this.#started = this.#options.start();
    return this.#started;
  }

  /** @param {number} steps */
  #advance(steps) {
    const started = this.#ensureStarted();
    started.advance(steps);
    this.#options.show(started);
    if (started.done) this.pause();
  }
}
