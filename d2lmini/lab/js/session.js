// The runs that the lab compares: the current one, the pinned ones, and one in PyTorch.

/** @import { CurveMessage } from "./kernel.js" */
/** @import { GradientNoise } from "./noise.js" */
/** @import { Problem } from "./problem.js" */
/** @import { CurrentRun, Curve } from "./runs.js" */
/** @import { Settings } from "./settings.js" */
/** @import { Clock } from "./timing.js" */
/** @import { Run } from "./run.js" */
import { describeResult } from "./descriptions.js";
import { sampleNoise } from "./noise.js";
import { startPath } from "./path.js";
import { begin } from "./run.js";
import { browserCurve, PinnedRuns, pytorchCurve } from "./runs.js";
import { fullBatchLimit, stabilityLimit } from "./stability.js";
import { makeTiming, warmUp } from "./timing.js";
import { advance } from "./training.js";

/** Trains, and keeps what is shown of each run. */
export class Session {
  pinned = new PinnedRuns();
  /** @type {Curve | null} */
  pytorch = null;
  /** @type {Run} */
  run;
  /** @type {GradientNoise} */
  noise;

  /**
   * @param {Problem} problem
   * @param {Settings} settings
   * @param {Clock} now
   */
  constructor(problem, settings, now) {
    this.problem = problem;
    warmUp(problem, now);
    this.timing = makeTiming(problem, now);
    this.run = this.begin(settings);
    this.noise = sampleNoise(problem, this.run.w, settings);
  }

  /**
   * A run that takes no step yet.
   *
   * @param {Settings} settings
   */
  begin(settings) {
    return begin(this.problem, settings, { path: true });
  }

  /**
   * Train a run to its end.
   *
   * @param {Settings} settings
   */
  train(settings) {
    this.pytorch = null;
    this.run = this.begin(settings);
    this.noise = sampleNoise(this.problem, this.run.w, settings);
    advance(this.run);
  }

  /**
   * @param {CurveMessage} message
   * @returns {Curve}
   */
  addPytorch(message) {
    this.pytorch = pytorchCurve(message, this.run.size);
    return this.pytorch;
  }

  /** @returns {Curve} */
  get curve() {
    return browserCurve(this.run, 0, this.timing.secondsPerStep(this.run.settings));
  }

  /** Of all runs, the current one first. */
  get curves() {
    const pinned = this.pinned.curves(this.timing.secondsPerStep);
    return [this.curve, ...pinned, ...(this.pytorch ? [this.pytorch] : [])];
  }

  /**
   * @param {boolean} hideLimit - Whether the stability limit is not to be mentioned.
   * @returns {CurrentRun}
   */
  describe(hideLimit) {
    const { problem, run, timing, noise } = this;
    const { settings } = run;
    const full = fullBatchLimit(problem, settings.momentum);
    const limit = hideLimit ? null : { rate: stabilityLimit(problem, settings), full };
    const seconds = timing.secondsPerStep(settings);
    const measured = timing.isMeasured(settings);
    const sentence = describeResult({ run, seconds, measured, limit });
    return { settings, limit, sentence, path: run.path ?? startPath(run.w, 0), noise };
  }
}
