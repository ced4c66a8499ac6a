// The network's sweep: connects settings, background and results to what is shown.

/** @import { WidgetModel } from "../parts/model_settings.js" */
/** @import { Cell, Job } from "./sweep.js" */
import TABLE from "../network.json" with { type: "json" };
import { AddressBar } from "../parts/address_bar.js";
import { Chart } from "../parts/chart.js";
import { ModelSettings } from "../parts/model_settings.js";
import { BackgroundWorker } from "./background_worker.js";
import { keyInWords, makeLayout } from "./layout.js";
import { plotOfCells, plotOfCurve } from "./pictures.js";
import { HELD_OUT, plannedJobs, Results, STYLES } from "./results.js";
import { describeState } from "./words.js";

const COLUMNS_OF_TABLE = 6; // five features and the target

export class NetworkPiece {
  #settings;
  #layout;
  #background;
  #table;
  #addressBar = new AddressBar(TABLE);
  #results = new Results();
  #cellsChart = new Chart("Error at the end, against batch size", ["batch size", "error"]);
  #curveChart = new Chart("Learning curve of the marked point", ["epoch", "error"]);
  /** @type {Job[]} */
  #jobs = [];
  /** The key of the cell that the reader selected; of the last one that came if none was. */
  #marked = "";
  #follows = true; // whether the mark goes to each cell that comes

  /**
   * @param {WidgetModel} model
   * @param {Float64Array} table
   * @param {HTMLElement} el
   */
  constructor(model, table, el) {
    this.#table = table;
    this.#settings = new ModelSettings(model, TABLE, () => this.#update());
    this.#background = new BackgroundWorker(model.get("worker"), {
      receive: (reply) => this.#receive(reply),
      fail: (message) => this.#fail(message),
    });
    const figures = [this.#cellsChart.figure, this.#curveChart.figure];
    const change = (/** @type {Record<string, any>} */ changes) => this.#settings.apply(changes);
    this.#layout = makeLayout(el, TABLE, change, () => this.#runOrStop(), figures);
    this.#settings.listen();
    this.#settings.apply(this.#addressBar.settings);
  }

  close() {
    this.#background.stop();
    this.#addressBar.close();
    this.#settings.close();
  }

  /** The settings have changed. */
  #update() {
    const settings = this.#settings.current;
    const { fields, ownRates, lines } = this.#layout;
    this.#background.stop();
    this.#jobs = plannedJobs(settings);
    for (const [name, value] of Object.entries(settings)) fields[name].show(value);
    ownRates.hidden = settings.rates !== "my own";
    for (const name of Object.keys(STYLES)) fields[`${name}_rate`].label.hidden = !settings[name];
    lines.textContent = keyInWords(settings.sorted_data);
    this.#addressBar.update(settings);
    this.#report();
    this.#draw();
  }

  #runOrStop() {
    if (this.#background.running) {
      this.#background.stop();
      this.#report();
      return;
    }
    if (!this.#results.missing(this.#jobs).length) this.#results.forget(this.#jobs);
    const jobs = this.#results.missing(this.#jobs);
    const request = { table: this.#table, columns: COLUMNS_OF_TABLE, held: HELD_OUT, jobs };
    this.#layout.progress.value = 0;
    this.#draw();
    this.#background.start(request);
    if (this.#background.running) this.#report();
  }

  /** @param {import("./worker.js").Reply} reply */
  #receive(reply) {
    if (reply.kind === "run") {
      this.#layout.progress.value = reply.done / reply.total;
    } else if (reply.kind === "cell") {
      this.#results.add(reply.cell);
      if (this.#follows) this.#marked = reply.cell.job.key;
      this.#report();
      this.#draw();
    } else {
      this.#report();
    }
  }

  /** @param {string} message */
  #fail(message) {
    this.#report();
    this.#layout.status.textContent = message
      ? `The training failed: ${message}`
      : "This page allows no program in the background, so the network cannot be trained here.";
  }

  /** Say how far the sweep is. */
  #report() {
    const { run, status, progress } = this.#layout;
    const planned = this.#jobs.length;
    const cells = this.#results.of(this.#jobs);
    const { running } = this.#background;
    const idle = cells.length > 0 && cells.length < planned ? "Go on" : "Run";
    run.textContent = running ? "Stop" : idle;
    run.disabled = !planned;
    progress.hidden = !running;
    // What counts down is not read out at each point.
    this.#cellsChart.readout.ariaLive = status.ariaLive = running ? "off" : "polite";
    status.textContent = describeState(running, planned, cells);
  }

  #draw() {
    const settings = this.#settings.current;
    const cells = this.#results.of(this.#jobs);
    const other = plannedJobs({ ...settings, sorted_data: !settings.sorted_data });
    const index = cells.findIndex(({ job }) => job.key === this.#marked);
    const choose = (/** @type {number} */ chosen) => this.#choose(cells[chosen]);
    this.#cellsChart.draw(plotOfCells(cells, this.#results.of(other), index, choose));
    this.#drawCurve(cells[index]);
  }

  /** @param {Cell} cell */
  #choose(cell) {
    this.#follows = false;
    this.#marked = cell.job.key;
    this.#drawCurve(cell);
  }

  /** @param {Cell | undefined} cell */
  #drawCurve(cell) {
    this.#curveChart.draw(plotOfCurve(cell, this.#settings.current.num_epochs));
  }
}
