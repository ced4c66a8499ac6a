// Keeps the swarm in step with the settings, and plays it.

/** @import { Expectation } from "./expected.js" */
/** @import { LabSettings } from "./settings.js" */
/** @import { Swarm } from "./swarm.js" */
/** @import { Trial } from "./trial.js" */
import { Background } from "../parts/background.js";
import { formatInteger, formatNumber } from "../parts/format.js";
import { Player } from "./player.js";
import { SwarmView } from "./swarm_view.js";
import { Walk } from "./walk.js";

const PAUSE = 250; // milliseconds without a change, after which the swarm is completed and walks

export class SwarmControl {
  view;
  /** @type {(label: string) => void} Called with what the button of the player says next. */
  onPlaying = () => {};
  #trial;
  #filled;
  #background = new Background();
  #player;
  #reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");

  /**
   * @param {Trial} trial
   * @param {(changes: Partial<LabSettings>) => void} change
   * @param {() => void} filled - Called when all seeds of a trial are trained.
   */
  constructor(trial, change, filled) {
    this.#trial = trial;
    this.#filled = filled;
    this.view = new SwarmView(trial.problem, trial.settings, change, () => this.#showEnd());
    this.#player = new Player({
      start: () => this.#begin(),
      show: (walk) => this.#show(walk),
      changed: () => this.#changed(),
    });
  }

  close() {
    this.#player.stop();
    this.#background.close();
    this.view.close();
  }

  /**
   * Show the end of a trial, and after a while how it came there.
   *
   * @param {Trial} trial
   */
  show(trial) {
    this.#trial = trial;
    this.#player.stop();
    this.view.prepare(trial.settings);
    this.#showEnd();
    this.#background.start(this.#complete(), undefined, PAUSE);
  }

  *#complete() {
    yield* this.#trial.swarm.fill();
    this.#filled();
    if (this.#player.underway) return; // the reader was faster
    if (this.#reducedMotion.matches) this.#showEnd();
    else this.#player.play();
  }

  #begin() {
    this.view.prepare(this.#trial.settings);
    return new Walk(this.#trial, this.view.drawSteps);
  }

  toggle() {
    if (this.#player.playing) this.#player.pause();
    else if (this.#reducedMotion.matches) this.#skip();
    else this.#player.play();
  }

  #skip() {
    this.#player.stop();
    this.#showEnd();
  }

  step() {
    this.#player.step();
  }

  #changed() {
    const idle = this.#player.underway ? "Go on" : "Play";
    this.onPlaying(this.#player.playing ? "Pause" : idle);
  }

  /** @param {Walk} walk */
  #show(walk) {
    this.view.draw(walk.positions, walk.expectation);
    this.#explain(walk.swarm, walk.expectation);
  }

  #showEnd() {
    const { swarm, expected } = this.#trial;
    this.view.draw(
      swarm.runs.map((run) => run.w),
      expected.end,
    );
    this.#explain(swarm, expected.end);
  }

  /**
   * @param {Swarm} swarm
   * @param {Expectation} expectation
   */
  #explain({ runs, steps, planned }, { point }) {
    const { settings } = this.#trial;
    const seeds = `${runs.length} seeds`;
    const progress = `step ${formatInteger(steps)} of ${formatInteger(planned)}`;
    const mean = `expected: ${formatNumber(point.total, 2)} above the floor`;
    this.view.explain(
      `${seeds}, ${progress}; ${mean}. Ellipse: two standard deviations (theory). Drag the start.`,
      `${seeds} with batch size ${settings.batch_size} at ${progress}, in the plane of the weights ` +
        `of ${settings.across} and ${settings.up}; ${mean}. They start at ` +
        `${settings.start_across}, ${settings.start_up}; arrow keys move the start.`,
    );
  }
}
