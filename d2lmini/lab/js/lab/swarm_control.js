// Keeps the swarm in step with the settings, and plays it.

/** @import { LabSettings } from "./settings.js" */
/** @import { Trial } from "./trial.js" */
import { Background } from "../parts/background.js";
import { watchOnScreen } from "../parts/on_screen.js";
import { Player } from "./player.js";
import { SwarmNumbers } from "./swarm_numbers.js";
import { showSwarm } from "./swarm_picture.js";
import { SwarmView } from "./swarm_view.js";
import { Walk } from "./walk.js";

const PAUSE = 250; // milliseconds without a change, after which the swarm is completed and walks

export class SwarmControl {
  view;
  numbers = new SwarmNumbers();
  /** @type {(label: string) => void} Called with what the button of the player says next. */
  onPlaying = () => {};
  #trial;
  #filled;
  #background = new Background();
  #player;
  #reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");
  #isSeen = false;
  #rests = false; // it will play as soon as it is seen
  #isFirst = true; // what a page shows before it was touched does not move
  #stopWatching;
  /** @type {Walk | null} The one that is shown; where there is none, the end is. */
  #walk = null;

  /**
   * @param {Trial} trial
   * @param {(changes: Partial<LabSettings>) => void} change
   * @param {() => void} filled - Called when all seeds of a trial are trained.
   */
  constructor(trial, change, filled) {
    this.#trial = trial;
    this.#filled = filled;
    this.view = new SwarmView(trial.problem, trial.settings, change, () => this.#drawAgain());
    this.#player = new Player({
      start: () => this.#begin(),
      show: (walk) => this.#show(walk),
      changed: () => this.#changed(),
    });
    this.#stopWatching = watchOnScreen(this.view.figure, (isSeen) => this.#appear(isSeen));
  }

  close() {
    this.#stopWatching();
    this.#player.stop();
    this.#background.close();
    this.view.close();
  }

  /**
   * Show the end of a trial, and after a while how it came there: not of the first one, so that the
   * page is at rest until the reader does something.
   *
   * @param {Trial} trial
   */
  show(trial) {
    this.#trial = trial;
    this.#rests = false;
    this.#player.stop();
    this.view.prepare(trial.settings);
    this.#showEnd();
    this.#background.start(this.#complete(), undefined, PAUSE);
  }

  *#complete() {
    yield* this.#trial.swarm.fill();
    this.#filled();
    if (this.#player.underway) return; // the reader was faster
    const mayMove = !this.#reducedMotion.matches && !this.#isFirst;
    this.#isFirst = false;
    if (mayMove && this.#isSeen) this.#player.play();
    else this.#showEnd();
    this.#rests = mayMove && !this.#isSeen;
  }

  /**
   * What is not on the screen does not move.
   *
   * @param {boolean} isSeen
   */
  #appear(isSeen) {
    this.#isSeen = isSeen;
    if (!isSeen && this.#player.playing) {
      this.#player.pause();
      this.#rests = true;
    } else if (isSeen && this.#rests) {
      this.#rests = false;
      this.#player.play();
    }
  }

  #begin() {
    this.view.prepare(this.#trial.settings);
    return new Walk(this.#trial, this.view.drawSteps);
  }

  toggle() {
    this.#rests = false;
    if (this.#player.playing) this.#player.pause();
    else if (this.#reducedMotion.matches) this.#skip();
    else this.#player.play();
  }

  #skip() {
    this.#player.stop();
    this.#showEnd();
  }

  step() {
    this.#rests = false;
    this.#player.step();
  }

  #changed() {
    const idle = this.#player.underway ? "Go on" : "Play";
    this.onPlaying(this.#player.playing ? "Pause" : idle);
  }

  /** After the size or the colours have changed. */
  #drawAgain() {
    if (this.#walk) this.#show(this.#walk);
    else this.#showEnd();
  }

  /** @param {Walk} walk */
  #show(walk) {
    this.#walk = walk;
    showSwarm(this, this.#trial, walk.swarm, walk.expectation);
  }

  #showEnd() {
    this.#walk = null;
    showSwarm(this, this.#trial, this.#trial.swarm, this.#trial.expected.end);
  }
}
