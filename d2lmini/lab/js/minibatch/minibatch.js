// Draws minibatches, by itself or one at a time, and shows each with its step.

import { seededRandom } from "../engine/random.js";
/** @import { WidgetModel } from "../parts/model_settings.js" */
/** @import { Draw } from "./gradients.js" */
import TABLE from "../minibatch.json" with { type: "json" };
import { AddressBar } from "../parts/address_bar.js";
import { element } from "../parts/elements.js";
import { makeFields } from "../parts/fields.js";
import { pluralize } from "../parts/format.js";
import { ModelSettings } from "../parts/model_settings.js";
import { watchOnScreen } from "../parts/on_screen.js";
import { readTable } from "../parts/read_table.js";
import { arrowsSvg } from "./arrows_picture.js";
import { drawMinibatch, makeCloud } from "./gradients.js";
import { makeMinibatchLayout } from "./layout.js";
import { drawnSvg, measured } from "./rows_picture.js";
import { historyHtml, spreadInWords, stepInWords } from "./words.js";

const PERIOD = 1000; // milliseconds between draws
const MAX_ENDS = 60; // of earlier steps that stay in the picture
const MAX_HISTORY = 12;

export class Minibatch {
  #settings;
  #cloud;
  #points;
  #mean;
  #parts;
  #addressBar = new AddressBar(TABLE);
  #shown = { batch_size: 0, seed: -1 };
  #random = seededRandom(0);
  /** @type {Draw[]} */
  #draws = [];
  /** @type {{ number: number, batchSize: number, draw: Draw }[]} */
  #history = [];
  #playing = !matchMedia("(prefers-reduced-motion: reduce)").matches;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #timer;
  #visible = false;
  #unwatch;

  /**
   * @param {WidgetModel} model
   * @param {HTMLElement} el
   */
  constructor(model, el) {
    const units = model.get("units");
    this.#cloud = makeCloud(readTable(model.get("table")), model.get("directions"));
    this.#points = measured(this.#cloud, units);
    this.#mean = units.level[0];
    this.#settings = new ModelSettings(model, TABLE, () => this.#update());
    const change = (/** @type {any} */ changes) => this.#settings.apply(changes);
    this.#parts = makeMinibatchLayout(el, {
      fields: makeFields(TABLE, ["batch_size"], change),
      points: this.#points,
      mean: this.#mean,
      play: () => this.#play(!this.#playing),
      draw: () => this.#drawOnce(),
    });
    this.#settings.listen();
    this.#settings.apply(this.#addressBar.settings);
    this.#play(this.#playing);
    this.#unwatch = watchOnScreen(el, (visible) => {
      this.#visible = visible;
      this.#pace();
    });
  }

  close() {
    clearInterval(this.#timer);
    this.#unwatch();
    this.#addressBar.close();
    this.#settings.close();
  }

  #update() {
    const settings = this.#settings.current;
    this.#parts.fields.batch_size.show(settings.batch_size);
    this.#addressBar.update(settings);
    const { batch_size, seed } = this.#shown;
    if (settings.batch_size === batch_size && settings.seed === seed) return;
    if (settings.seed !== seed) this.#random = seededRandom(settings.seed);
    this.#shown = settings;
    this.#draws = [];
    this.#draw();
    this.#pace();
  }

  /** @param {boolean} playing */
  #play(playing) {
    this.#playing = playing;
    this.#parts.play.textContent = playing ? "Pause" : "Play";
    // What changes once a second is not read out.
    this.#parts.step.setAttribute("aria-live", playing ? "off" : "polite");
    this.#pace();
  }

  #pace() {
    clearInterval(this.#timer);
    if (this.#playing && this.#visible) this.#timer = setInterval(() => this.#draw(), PERIOD);
  }

  #drawOnce() {
    this.#play(false);
    this.#draw();
  }

  #draw() {
    const b = this.#shown.batch_size;
    const draw = drawMinibatch(this.#cloud, b, this.#random);
    const number = (this.#history.at(-1)?.number ?? 0) + 1;
    this.#draws = [...this.#draws, draw].slice(-MAX_ENDS);
    this.#history = [...this.#history, { number, batchSize: b, draw }].slice(-MAX_HISTORY);
    this.#show(draw, b);
  }

  /**
   * @param {Draw} draw
   * @param {number} b
   */
  #show(draw, b) {
    const { drawn, plane, rows, arrows, step, spread, table } = this.#parts;
    const [seen, whole] = stepInWords(draw, b);
    const points = draw.rows.map((row) => this.#points[row]);
    drawn.innerHTML = drawnSvg(points, this.#mean);
    plane.innerHTML = arrowsSvg(this.#cloud, this.#draws, b);
    rows.setAttribute(
      "aria-label",
      `The ${pluralize(this.#cloud.n, "row")} as points, sound level against frequency. ` +
        `The minibatch is lit: ${pluralize(b, "row")}.`,
    );
    arrows.setAttribute(
      "aria-label",
      `${pluralize(b, "gradient")} and their mean. ${seen} ${whole}`,
    );
    step.replaceChildren(element("b", {}, seen), ` ${whole}`);
    spread.textContent = spreadInWords(this.#cloud, b);
    table.innerHTML = historyHtml(this.#history);
  }
}
