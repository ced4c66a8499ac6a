// The lab: connects the settings to the map, the swarm, the curve, the controls and the kernel.

/** @import { Problem } from "../engine/problem.js" */
/** @import { WidgetModel } from "../parts/model_settings.js" */
/** @import { LabSettings } from "./settings.js" */
import { fullBatchLimit } from "../engine/stability.js";
import { StepTimes } from "../engine/timing.js";
import { AddressBar } from "../parts/address_bar.js";
import { element } from "../parts/elements.js";
import { ModelSettings } from "../parts/model_settings.js";
import { describeBudget } from "./budget_words.js";
import { CurveView } from "./curve.js";
import { describeResult } from "./descriptions.js";
import { makeLayout } from "./layout.js";
import { MapControl } from "./map_control.js";
import { PinControl } from "./pin_control.js";
import { runKey } from "./pin_text.js";
import { PyTorchButton } from "./pytorch.js";
import { keepApart, LAB_TABLE } from "./settings.js";
import { SwarmControl } from "./swarm_control.js";
import { TaskList } from "./task_list.js";
import { Trial } from "./trial.js";

export class Lab {
  #problem;
  #times;
  #settings;
  #trial;
  #tasks;
  #map;
  #swarm;
  #curve = new CurveView();
  #pins;
  #result = element("p", { class: "lab-result", role: "status" });
  #sentence = ""; // about the run, as it was shown last
  #code = element("code");
  #controls;
  #pytorch;
  #addressBar = new AddressBar(LAB_TABLE);

  /**
   * @param {WidgetModel} model
   * @param {Problem} problem
   * @param {HTMLElement} el
   */
  constructor(model, problem, el) {
    const change = (/** @type {Partial<LabSettings>} */ changes) =>
      this.#settings.apply(keepApart(changes, this.#trial.settings));
    this.#problem = problem;
    this.#times = new StepTimes(problem, () => performance.now() / 1000);
    this.#settings = new ModelSettings(model, LAB_TABLE, () => this.#update());
    const requested = keepApart(this.#addressBar.settings, this.#settings.current);
    this.#trial = new Trial(problem, { ...this.#settings.current, ...requested }, this.#times);
    this.#tasks = new TaskList({
      choose: (preset) => change({ ...preset, pins: this.#trial.settings.pins }),
      answers: { limit: fullBatchLimit(problem) },
      changed: () => this.#refresh(),
    });
    this.#map = new MapControl(problem, this.#times, change);
    this.#swarm = new SwarmControl(this.#trial, change, () => this.#conclude());
    this.#pins = new PinControl(problem, this.#times, change, (trial) =>
      this.#curve.layOver(trial),
    );
    this.#pytorch = new PyTorchButton(model, () => this.#trial, {
      show: (message) => this.#curve.addPyTorch(message),
      report: (text) => this.#report(text),
    });
    this.#controls = makeLayout(el, {
      actions: this.#actions(change),
      figures: [this.#map.view.figure, this.#swarm.view.figure, this.#curve.figure],
      numbers: [this.#map.view.numbers, this.#curve.numbers, this.#swarm.numbers.details],
      result: this.#result,
      code: element("pre", { class: "lab-code", tabindex: 0, "aria-label": "Code" }, this.#code),
      pins: this.#pins.element,
      pytorch: this.#pytorch.button,
      tasks: this.#tasks.section,
    });
    this.#swarm.onPlaying = (label) => this.#controls.play.replaceChildren(label);
    this.#settings.listen();
    this.#showTrial();
    this.#settings.apply(requested);
  }

  close() {
    for (const part of [this.#map, this.#swarm, this.#curve, this.#pytorch]) part.close();
    this.#addressBar.close();
    this.#times.cancel();
    this.#settings.close();
  }

  #update() {
    /** @type {LabSettings} */
    const settings = this.#settings.current;
    if (runKey(settings) !== runKey(this.#trial.settings)) this.#train(settings);
    this.#trial.settings = settings;
    this.#pins.show(settings.pins);
    const budget = describeBudget(settings, this.#problem.n, () => this.#times.cost());
    this.#controls.show(settings, { budget, ...this.#pins.state(settings) });
    this.#refresh();
    this.#times.measureWhenIdle(() => this.#conclude());
    this.#addressBar.update(settings);
  }

  /** @param {LabSettings} settings */
  #train(settings) {
    this.#pytorch.cancel();
    this.#report(this.#sentence);
    this.#trial = new Trial(this.#problem, settings, this.#times);
    this.#showTrial();
  }

  #showTrial() {
    this.#swarm.show(this.#trial);
    this.#code.textContent = this.#trial.code;
  }

  /** Draw and describe the same run again, after something about it became known or hidden. */
  #refresh() {
    this.#map.show(this.#trial.settings, this.#tasks.hidesAnswer);
    this.#conclude();
  }

  #conclude() {
    const sentence = describeResult(this.#trial, this.#tasks.hidesAnswer);
    this.#curve.show(this.#trial, sentence);
    // What PyTorch has reported stays until the settings change.
    if (this.#result.textContent === this.#sentence) this.#report(sentence);
    this.#sentence = sentence;
  }

  /** @param {string} text */
  #report(text) {
    this.#result.textContent = text;
  }

  /** @param {(changes: Partial<LabSettings>) => void} change */
  #actions(change) {
    return {
      change,
      play: () => this.#swarm.toggle(),
      step: () => this.#swarm.step(),
      drawAgain: () => change({ seed: (this.#trial.settings.seed + 1) % 10000 }),
      pin: () => this.#pins.add(this.#trial.settings),
    };
  }
}
