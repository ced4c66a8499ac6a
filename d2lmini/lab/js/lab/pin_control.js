// Keeps the pinned runs: their settings stand in the settings, they themselves are trained once.

/** @import { Problem } from "../engine/problem.js" */
/** @import { StepTimes } from "../engine/timing.js" */
/** @import { LabSettings } from "./settings.js" */
import { fromPinText, MAX_PINS, runKey, toPinText } from "./pin_text.js";
import { PinStrip } from "./pins.js";
import { Trial } from "./trial.js";

export class PinControl {
  #problem;
  #times;
  #change;
  #strip;
  /** @type {Map<string, Trial>} */
  #trials = new Map();
  #shown = "";

  /**
   * @param {Problem} problem
   * @param {StepTimes} times
   * @param {(changes: Partial<LabSettings>) => void} change
   * @param {(trial: Trial | null) => void} overlay
   */
  constructor(problem, times, change, overlay) {
    this.#problem = problem;
    this.#times = times;
    this.#change = change;
    this.#strip = new PinStrip({
      overlay,
      choose: ({ settings: { axis, split, pins, ...settings } }) => change(settings),
      unpin: (index) => change({ pins: toPinText(this.#pinned.toSpliced(index, 1)) }),
    });
  }

  get element() {
    return this.#strip.strip;
  }

  get #pinned() {
    return fromPinText(this.#shown);
  }

  /** @param {string} text - The pinned runs. */
  show(text) {
    if (text === this.#shown && this.element.children.length) return;
    this.#shown = text;
    this.#strip.show(this.#pinned.map((settings) => this.#trialOf(settings)));
  }

  /**
   * Whether a run is pinned, and whether it can be.
   *
   * @param {LabSettings} settings
   */
  state(settings) {
    const isPinned = this.#pinned.some((one) => runKey(one) === runKey(settings));
    return { isPinned, canPin: !isPinned && this.#pinned.length < MAX_PINS };
  }

  /** @param {LabSettings} settings */
  add(settings) {
    if (!this.state(settings).canPin) return;
    this.#change({ pins: toPinText([...this.#pinned, settings]) });
  }

  /** @param {LabSettings} settings */
  #trialOf(settings) {
    const key = toPinText([settings]);
    const trial = this.#trials.get(key) ?? new Trial(this.#problem, settings, this.#times);
    this.#trials.set(key, trial);
    return trial;
  }
}
