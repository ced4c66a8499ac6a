// The race itself: its clock, and the frames in which it is shown.

/** @import { StepCost } from "../engine/timing.js" */
/** @import { Runner } from "./runners.js" */
import { raceTime, readerTime, speed } from "./pace.js";
import { endOf } from "./runners.js";

const LONGEST_FRAME = 0.1; // seconds; after a pause of the browser the race does not jump

/** A clock that is started, paused and moved on; it calls `show` whenever it has moved. */
export class RaceClock {
  /** @type {number | null} */
  #frame = null;
  #last = 0;
  #end = 0;
  #first = 0;
  #show;
  /** The reader's seconds since the start. */
  seconds = 0;

  /** @param {() => void} show */
  constructor(show) {
    this.#show = show;
  }

  /**
   * Go to the start of a race.
   *
   * @param {Runner[]} runners
   * @param {StepCost} cost
   */
  reset(runners, cost) {
    const arrivals = runners.filter(({ arrives }) => arrives);
    const ends = (arrivals.length ? arrivals : runners).map((runner) => endOf(runner, cost));
    this.#first = Math.min(...ends);
    const last = Math.max(...runners.map((runner) => endOf(runner, cost)));
    this.#end = readerTime(last, this.#first);
    this.seconds = 0;
  }

  get time() {
    return raceTime(this.seconds, this.#first) * (1 + 1e-9);
  }

  /** Seconds of the race in one of the reader's. */
  get speed() {
    return speed(this.seconds, this.#first);
  }

  /** Whether the first one has arrived, so that the clock goes faster and faster. */
  get accelerates() {
    return this.time > this.#first;
  }

  get ended() {
    return this.seconds >= this.#end;
  }

  get running() {
    return this.#frame !== null;
  }

  /** @param {number} seconds */
  moveOn(seconds) {
    this.seconds = Math.min(this.#end, this.seconds + seconds);
    if (this.ended) this.pause();
    this.#show();
  }

  /**
   * Go to a time of the race.
   *
   * @param {number} time
   */
  moveTo(time) {
    this.moveOn(readerTime(time, this.#first) - this.seconds);
  }

  start() {
    this.#last = performance.now();
    this.#frame = requestAnimationFrame(this.#draw);
    this.#show();
  }

  /** @param {number} now */
  #draw = (now) => {
    const elapsed = Math.max(0, now - this.#last) / 1000;
    this.#last = now;
    this.#frame = requestAnimationFrame(this.#draw);
    this.moveOn(Math.min(LONGEST_FRAME, elapsed));
  };

  pause() {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#frame = null;
  }
}
