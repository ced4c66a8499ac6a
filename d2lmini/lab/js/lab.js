// The lab: connects the settings, the controls, the player and the kernel to what is shown.

/** @import { WidgetModel } from "./model_settings.js" */
/** @import { Problem } from "./problem.js" */
/** @import { Settings } from "./settings.js" */
import { fromQuery, toQuery } from "./address.js";
import { AddressBar } from "./address_bar.js";
import { Display } from "./display.js";
import { pluralize } from "./format.js";
import { connectKernel } from "./kernel.js";
import { makeLayout } from "./layout.js";
import { ModelSettings } from "./model_settings.js";
import { Player } from "./player.js";
import { plannedSteps } from "./run.js";
import { Session } from "./session.js";
import { DEFAULTS } from "./settings.js";
import { TaskList } from "./task_list.js";

const now = () => performance.now() / 1000;

export class Lab {
  #settings;
  #session;
  #display;
  #controls;
  #player;
  #kernel;
  #addressBar = new AddressBar();
  #reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");

  /**
   * @param {WidgetModel} model
   * @param {Problem} problem
   * @param {HTMLElement} el
   */
  constructor(model, problem, el) {
    this.#settings = new ModelSettings(model, () => this.#update());
    this.#session = new Session(problem, this.#settings.current, now);
    const tasks = this.#makeTasks();
    this.#display = new Display(this.#session, () => tasks.hidesAnswer);
    this.#controls = makeLayout(el, {
      actions: this.#actions(),
      choices: this.#settings.choices,
      display: this.#display,
      tasks: tasks.section,
    });
    this.#player = this.#makePlayer();
    this.#kernel = this.#connectKernel(model);
    const requested = this.#addressBar.settings;
    this.#settings.listen();
    this.#settings.apply(requested ? { ...DEFAULTS, ...requested } : {});
  }

  close() {
    this.#player.stop();
    this.#kernel.close();
    this.#addressBar.close();
    this.#session.timing.cancel();
    this.#settings.close();
  }

  #update() {
    const settings = this.#settings.current;
    const { fields, link, pytorch } = this.#controls;
    this.#player.stop();
    this.#kernel.cancel();
    pytorch.disabled = false;
    this.#session.train(settings);
    this.#display.redraw();
    this.#display.conclude();
    for (const [name, value] of Object.entries(settings)) fields[name].show(value);
    link.href = toQuery(settings, location.search);
    this.#addressBar.update(settings);
    this.#session.timing.measureWhenIdle(settings, () => this.#display.refresh());
  }

  #makeTasks() {
    const choose = (/** @type {string} */ query) => {
      const { seed } = this.#settings.current;
      this.#settings.apply({ ...DEFAULTS, seed, ...fromQuery(query) });
    };
    const answers = { limit: this.#session.problem.limit };
    return new TaskList({ choose, answers, changed: () => this.#display.refresh() });
  }

  #actions() {
    return {
      change: (/** @type {Partial<Settings>} */ changes) => this.#settings.apply(changes),
      drawAgain: () => this.#settings.apply({ seed: (this.#settings.current.seed + 1) % 10000 }),
      watch: () => this.#watch(),
      step: () => this.#player.step(),
      runInPyTorch: () => {
        this.#controls.pytorch.disabled = true;
        this.#kernel.request(this.#settings.current);
      },
    };
  }

  /** What is watched is the run itself, taken again from its first step. */
  #makePlayer() {
    return new Player({
      start: () => {
        const settings = this.#settings.current;
        const planned = plannedSteps(this.#session.problem, settings);
        this.#display.report(`Training: ${pluralize(planned, "step")}.`);
        return { run: this.#session.begin(settings), planned };
      },
      show: (run, planned) => {
        this.#session.run = run;
        this.#display.redraw();
        if (run.done) this.#display.conclude();
        else if (!this.#player.playing) this.#display.reportStep(planned);
      },
      changed: () => {
        const idle = this.#player.underway ? "Go on" : "Watch it train";
        this.#controls.watch.textContent = this.#player.playing ? "Pause" : idle;
      },
    });
  }

  #watch() {
    if (this.#player.playing) this.#player.pause();
    else if (this.#reducedMotion.matches) this.#update();
    else this.#player.play();
  }

  /** @param {WidgetModel} model */
  #connectKernel(model) {
    const { pytorch } = this.#controls;
    return connectKernel(model, {
      ready: () => {
        pytorch.hidden = false;
      },
      curve: (message) => {
        pytorch.disabled = false;
        const curve = this.#session.addPytorch(message);
        this.#display.redraw();
        this.#display.reportPytorch(curve);
      },
      failed: ({ message }) => {
        pytorch.disabled = false;
        this.#display.report(`PyTorch could not run this. ${message}`);
      },
    });
  }
}
