// The race: connects the settings, the choice of a clock, and the races.

/** @import { WidgetModel } from "../parts/model_settings.js" */
/** @import { Problem } from "../engine/problem.js" */
import { OWN } from "../clocks/clocks.js";
import { ClockControls } from "../clocks/controls.js";
import { StepTimes } from "../engine/timing.js";
import { AddressBar } from "../parts/address_bar.js";
import { element } from "../parts/elements.js";
import { makeFields } from "../parts/fields.js";
import { ModelSettings } from "../parts/model_settings.js";
import { watchOnScreen } from "../parts/on_screen.js";
import TABLE from "../race.json" with { type: "json" };
import { Contest } from "./contest.js";

const COPIES_NOTE =
  "To a minibatch a copied set is as good as the plain one: its rows come from the plain one. " +
  "Only “all rows” has more to read.";

export class Race {
  #settings;
  #clocks;
  #fields;
  #contest;
  #addressBar = new AddressBar(TABLE);
  #stopWatching;

  /**
   * @param {WidgetModel} model
   * @param {Problem} problem
   * @param {HTMLElement} el
   */
  constructor(model, problem, el) {
    this.#contest = new Contest(problem);
    this.#settings = new ModelSettings(model, TABLE, () => this.#update());
    const apply = (/** @type {Record<string, any>} */ changes) => this.#settings.apply(changes);
    const times = new StepTimes(problem, () => performance.now() / 1000);
    const measured = () => this.#update();
    this.#clocks = new ClockControls({ table: TABLE, times, apply, measured });
    this.#fields = makeFields(TABLE, ["copies", "finish", "seed"], apply);
    const { copies, finish, seed } = this.#fields;
    const more = element("div", { class: "race-more" }, finish.label, seed.label);
    const note = element("p", { class: "race-note" }, COPIES_NOTE);
    const own = element("div", {}, copies.label, note, more);
    const settings = element("div", { class: "race-settings" }, this.#clocks.element, own);
    el.append(this.#contest.element, settings, this.#contest.numbers);
    this.#settings.listen();
    this.#settings.apply(this.#addressBar.settings);
    this.#stopWatching = watchOnScreen(el, (visible) => {
      if (!visible) this.#contest.pause();
    });
  }

  #update() {
    const settings = this.#settings.current;
    this.#clocks.update(settings);
    for (const [name, field] of Object.entries(this.#fields)) field.show(settings[name]);
    const { clock, alpha, beta, copies, seed } = settings;
    const chosen = clock === OWN ? `${alpha} ${beta}` : clock;
    const rules = { copies, seed, finish: Number(settings.finish), clock: chosen };
    this.#contest.prepare(rules, this.#clocks.cost);
    this.#addressBar.update(settings);
  }

  close() {
    this.#contest.pause();
    this.#stopWatching();
    this.#clocks.close();
    this.#addressBar.close();
    this.#settings.close();
  }
}
