// The cache: connects the settings to the counts, and plays one order touch by touch.

/** @import { WidgetModel } from "../parts/model_settings.js" */
/** @import { Count } from "./words.js" */
import TABLE from "../cache.json" with { type: "json" };
import { AddressBar } from "../parts/address_bar.js";
import { formatInteger } from "../parts/format.js";
import { ModelSettings } from "../parts/model_settings.js";
import { watchOnScreen } from "../parts/on_screen.js";
import { makeCacheLayout } from "./layout.js";
import { countMisses, LruCache, lineOf, touchesOf } from "./lru.js";
import { ORDERS } from "./orders.js";
import { Ticker } from "./ticker.js";
import { compareOrders, nameOf, RULES } from "./words.js";

/** @type {Record<string, number>} - Touches in a second. */
const SPEEDS = { slow: 3, medium: 40, fast: 1000 };

export class CachePiece {
  #settings;
  #layout;
  #stopWatching;
  #addressBar = new AddressBar(TABLE);
  #ticker = new Ticker((touches) => this.#advance(touches));
  #reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");
  /** @type {Count[]} */
  #counts = [];
  #cache = new LruCache(1);
  #position = 0;
  #hit = true;

  /**
   * @param {WidgetModel} model
   * @param {HTMLElement} el
   */
  constructor(model, el) {
    this.#settings = new ModelSettings(model, TABLE, () => this.#update());
    const change = (/** @type {Record<string, any>} */ changes) => this.#settings.apply(changes);
    this.#layout = makeCacheLayout(el, TABLE, {
      change,
      play: () => this.#play(),
      step: () => this.#step(),
      restart: () => this.#restart(0),
    });
    this.#settings.listen();
    this.#settings.apply(this.#addressBar.settings);
    this.#stopWatching = watchOnScreen(el, (visible) => visible || this.#pause());
  }

  close() {
    this.#stopWatching();
    this.#ticker.stop();
    this.#addressBar.close();
    this.#settings.close();
  }

  get #current() {
    const settings = this.#settings.current;
    return { ...settings, block_size: Math.min(settings.block_size, settings.size) };
  }

  get #count() {
    const { order } = this.#settings.current;
    return this.#counts.find((one) => one.order === order) ?? this.#counts[0];
  }

  /** The settings have changed. */
  #update() {
    const settings = this.#current;
    const { order, size, line_size, num_lines, block_size } = settings;
    const { fields, counts, rule, result } = this.#layout;
    this.#counts = Object.keys(ORDERS).map((name) => {
      const touches = touchesOf(name, size, block_size);
      return { order: name, touches, misses: countMisses(touches, size, line_size, num_lines) };
    });
    for (const [name, field] of Object.entries(fields)) field.show(settings[name]);
    counts.show(this.#counts, order);
    rule.textContent = RULES[order](block_size);
    result.textContent = compareOrders(this.#counts, settings);
    this.#addressBar.update(this.#settings.current);
    this.#restart(this.#reducedMotion.matches ? this.#count.touches.length : 0);
  }

  /** @param {number} position */
  #restart(position) {
    this.#pause();
    this.#cache = new LruCache(this.#current.num_lines);
    this.#position = 0;
    this.#advance(position);
  }

  #play() {
    const { length } = this.#count.touches;
    if (this.#ticker.running) return this.#pause();
    if (this.#position === length) this.#restart(0);
    if (this.#reducedMotion.matches) return this.#advance(length);
    this.#ticker.start(SPEEDS[this.#current.speed]);
    this.#layout.play.textContent = "Pause";
  }

  #pause() {
    this.#ticker.stop();
    this.#layout.play.textContent = "Play";
  }

  #step() {
    this.#pause();
    if (this.#position === this.#count.touches.length) this.#restart(0);
    this.#advance(1);
    this.#layout.progress.ariaLive = "polite";
  }

  /**
   * Touch the next numbers, and show the last of them.
   *
   * @param {number} count
   */
  #advance(count) {
    const { size: n, line_size: lineSize } = this.#current;
    const { touches } = this.#count;
    const end = Math.min(this.#position + count, touches.length);
    while (this.#position < end) {
      this.#hit = this.#cache.use(lineOf(touches[this.#position++], n, lineSize));
    }
    if (end === touches.length) this.#pause();
    this.#draw(n, lineSize);
  }

  /**
   * @param {number} n
   * @param {number} lineSize
   */
  #draw(n, lineSize) {
    const { order, touches, misses } = this.#count;
    const { grids, counts, progress } = this.#layout;
    const touched = touches[this.#position - 1];
    const { lines, misses: missed } = this.#cache;
    const state = this.#hit ? "a hit" : "a miss, its line is loaded";
    const last = touched === undefined ? "press Play or Step" : `${nameOf(touched, n)}, ${state}`;
    progress.ariaLive = "off";
    progress.textContent =
      `Touch ${formatInteger(this.#position)} of ${formatInteger(touches.length)}: ${last}. ` +
      `Misses so far: ${formatInteger(missed)}.`;
    const description = `A = B C, ${order}. ${lines.size} lines are in the cache. `;
    grids.draw({ n, lineSize, lines, touched, hit: this.#hit }, description + progress.textContent);
    counts.showProgress(order, missed / misses);
  }
}
