// The lanes: a track for each runner with a dot for every step, its guess, and its result.

/** @import { Problem } from "../engine/problem.js" */
/** @import { StepCost } from "../engine/timing.js" */
/** @import { Runner } from "./runners.js" */
import { formatShort, stepSeconds } from "../clocks/clocks.js";
import { element } from "../parts/elements.js";
import { formatNumber } from "../parts/format.js";
import { makeLane, UNITS } from "./lane.js";
import { LANES, progress, rowsOf } from "./runners.js";

const TICKS = [0.4, 0.3, 0.27, 0.25]; // losses

export class Lanes {
  #problem;
  #finish = 0.25;
  #scale = element("div", { class: "race-scale", "aria-hidden": "true" });
  #lanes;

  /**
   * @param {Problem} problem
   * @param {(lane: number, place: number) => void} onGuess
   */
  constructor(problem, onGuess) {
    this.#problem = problem;
    this.#lanes = LANES.map((lane, k) => makeLane(lane, k, (place) => onGuess(k, place)));
    const rows = this.#lanes.map((lane) => lane.row);
    this.element = element("div", { class: "race-lanes" }, this.#scale, ...rows);
  }

  /**
   * Show where the losses are in a lane.
   *
   * @param {number} finish
   */
  setFinish(finish) {
    this.#finish = finish;
    const ticks = TICKS.filter((tick) => tick > finish + 0.004);
    const at = (/** @type {number} */ tick) => 100 * progress(this.#problem, tick, finish);
    const marks = [...ticks, finish].map((tick) =>
      element("span", { style: `left: ${at(tick).toFixed(2)}%` }, String(tick)),
    );
    this.#scale.replaceChildren(element("div", {}, element("i", {}, "loss"), ...marks));
    const lines = ticks.map((tick) => `M${(at(tick) * UNITS) / 100} 0V10`).join("");
    for (const { grid } of this.#lanes) grid.setAttribute("d", lines);
  }

  /**
   * @param {number[]} guess
   * @param {boolean} open - Whether it can be changed.
   */
  showGuess(guess, open) {
    for (const [k, { select }] of this.#lanes.entries()) {
      select.selectedIndex = guess[k];
      select.disabled = !open;
    }
  }

  /**
   * Mark which places were guessed right.
   *
   * @param {number[]} places
   * @param {number[]} guess
   */
  judge(places, guess) {
    for (const [k, { row, verdict }] of this.#lanes.entries()) {
      if (!guess[k]) continue;
      row.dataset.guess = places[k] === guess[k] ? "right" : "wrong";
      verdict.textContent = `${row.dataset.guess} guess`;
    }
  }

  /** Take all runners to the start. */
  reset() {
    for (const lane of this.#lanes) {
      delete lane.row.dataset.guess;
      lane.verdict.textContent = "";
      Object.assign(lane, { drawn: 0, path: "", last: -1 });
      lane.dots.setAttribute("d", "");
      this.#place(lane, 0);
      lane.track.setAttribute("aria-label", `${lane.name}: at the start`);
    }
  }

  /**
   * Move a runner, and leave a dot at each step; steps at the same place make one dot.
   *
   * @param {number} k
   * @param {Runner} runner
   * @param {number} steps
   */
  move(k, { losses }, steps) {
    const lane = this.#lanes[k];
    if (steps === lane.drawn) return;
    for (let step = lane.drawn + 1; step <= steps; step++) {
      const x = Math.round(UNITS * progress(this.#problem, losses[step], this.#finish));
      if (x !== lane.last) lane.path += `M${x} 5h0`;
      lane.last = x;
    }
    lane.drawn = steps;
    lane.dots.setAttribute("d", lane.path);
    this.#place(lane, progress(this.#problem, losses[steps], this.#finish));
    const loss = formatNumber(losses[steps], 4);
    lane.track.setAttribute("aria-label", `${lane.name}: loss ${loss} after step ${steps}`);
  }

  /**
   * @param {{ runner: HTMLElement }} lane
   * @param {number} share
   */
  #place({ runner }, share) {
    runner.style.left = `${(100 * share).toFixed(2)}%`;
  }

  /**
   * Before the start a lane says what its steps cost.
   *
   * @param {StepCost | null} cost - Null while it is not known.
   * @param {number} copies
   */
  reportCosts(cost, copies) {
    for (const [k, lane] of LANES.entries()) {
      const rows = rowsOf(lane, this.#problem.n, copies);
      this.report(k, cost ? `a step: ${formatShort(stepSeconds(cost, rows), cost.digits)}` : "");
    }
  }

  /**
   * @param {number} k
   * @param {string} text
   */
  report(k, text) {
    const { result } = this.#lanes[k];
    if (result.textContent !== text) result.textContent = text;
  }
}
