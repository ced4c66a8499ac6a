// Four squares that fill at their measured relative speeds.

import { AddressBar } from "../parts/address_bar.js";
import { makeFields } from "../parts/fields.js";
import { formatTime } from "../parts/format.js";
import { ModelSettings } from "../parts/model_settings.js";
import { watchOnScreen } from "../parts/on_screen.js";
/** @import { WidgetModel } from "../parts/model_settings.js" */
import TABLE from "../products.json" with { type: "json" };
import { showCard } from "./cards.js";
import { Clock } from "./clock.js";
import { makeProductsLayout } from "./layout.js";
import { showProgress } from "./progress.js";
import { laterThan, makeWays, nextToEnd, ranked } from "./ways.js";
import { paceInWords, questionInWords, waysHtml } from "./words.js";

export class Products {
  #settings;
  #ways;
  #n;
  #parts;
  #clock = new Clock(() => this.#tick());
  #addressBar = new AddressBar(TABLE);
  #reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");
  #second = "";
  #factor = 1;
  /** @type {string | undefined} */
  #next;
  #guessing = true; // until the reader begins: the answer is not shown before
  #unwatch;

  /**
   * @param {WidgetModel} model
   * @param {HTMLElement} el
   */
  constructor(model, el) {
    this.#n = model.get("n");
    this.#ways = makeWays(model.get("seconds"), this.#n);
    this.#settings = new ModelSettings(model, TABLE, () => this.#update());
    const change = (/** @type {any} */ changes) => this.#settings.apply(changes);
    this.#parts = makeProductsLayout(el, {
      ways: this.#ways,
      n: this.#n,
      fields: makeFields(TABLE, ["second"], change),
      start: () => this.#start(),
      skip: () => this.#skip(),
      again: () => this.#again(),
    });
    const times = this.#ways.map(({ title, seconds }) => `${title}: ${formatTime(seconds)}`);
    this.#parts.bars.setAttribute(
      "aria-label",
      `The measured times of one product, as bars on a logarithmic axis. ${times.join("; ")}.`,
    );
    this.#settings.listen();
    this.#settings.apply(this.#addressBar.settings);
    this.#unwatch = watchOnScreen(el, (visible) => this.#clock.show(visible));
  }

  close() {
    this.#clock.run(false);
    this.#unwatch();
    this.#addressBar.close();
    this.#settings.close();
  }

  /** In seconds of the machine that was measured. */
  get #time() {
    return this.#clock.seconds / this.#factor;
  }

  #update() {
    const settings = this.#settings.current;
    this.#parts.fields.second.show(settings.second);
    this.#addressBar.update(settings);
    if (settings.second === this.#second) return;
    this.#second = settings.second;
    const order = ranked(this.#ways);
    this.#factor = 1 / order[TABLE.second.options.indexOf(settings.second)].seconds;
    this.#clock.end = laterThan(order[3].seconds * this.#factor);
    this.#showPace();
    this.#parts.table.innerHTML = waysHtml(this.#ways, this.#n, this.#factor);
    this.#again();
  }

  #showPace() {
    const { pace, bars } = this.#parts;
    const answer = paceInWords(this.#ways, this.#factor);
    pace.textContent = this.#guessing ? questionInWords(this.#factor) : answer;
    bars.classList.toggle("products-waiting", this.#guessing); // it keeps its room
  }

  #answer() {
    this.#guessing = false;
    this.#showPace();
  }

  #start() {
    this.#answer();
    if (this.#reducedMotion.matches) this.#skip();
    else if (this.#next) this.#run(!this.#clock.running);
    else {
      this.#again();
      this.#run(true);
    }
  }

  #again() {
    this.#clock.seconds = 0;
    this.#run(false);
  }

  /** Go to where the next way ends; whoever watches goes on from there. */
  #skip() {
    this.#answer();
    const next = nextToEnd(this.#ways, this.#time);
    if (!next) return;
    this.#clock.seconds = laterThan(next.seconds * this.#factor);
    this.#run(this.#clock.running);
  }

  /** @param {boolean} running */
  #run(running) {
    this.#clock.run(running);
    this.#draw();
    this.#report();
  }

  #tick() {
    this.#draw();
    if (nextToEnd(this.#ways, this.#time)?.title !== this.#next) this.#report();
  }

  /** What is read out when something begins or ends, and not at each frame. */
  #report() {
    const { start, skip, spoken, state } = this.#parts;
    this.#next = nextToEnd(this.#ways, this.#time)?.title;
    if (!this.#next) this.#clock.run(false);
    start.textContent = this.#clock.running ? "Pause" : "Start";
    skip.disabled = !this.#next;
    spoken.textContent = state.textContent;
  }

  #draw() {
    const [ways, n, time] = [this.#ways, this.#n, this.#time];
    for (const [k, way] of ways.entries()) showCard(this.#parts.cards[k], way, n, time);
    const moment = { time, factor: this.#factor, guessing: this.#guessing };
    showProgress(this.#parts, ways, n, moment);
  }
}
