// What has been computed so far, and what the present settings still lack.

/** @import { Cell, Job } from "./sweep.js" */
import PLAN from "./plan.json" with { type: "json" };

export const BATCH_SIZES = PLAN.batch_sizes;
export const HELD_OUT = PLAN.held_out;

/** @type {Record<string, number[]>} */
const RATES = PLAN.rates;

/** @type {Record<string, { name: string, color: string, dash: string }>} */
export const STYLES = {
  sgd: { name: "SGD", color: "var(--lab-1)", dash: "" },
  momentum: { name: "momentum", color: "var(--lab-2)", dash: "7 3" },
  adam: { name: "Adam", color: "var(--lab-3)", dash: "2 3" },
};

/** The cells of all settings that were tried: going back to settings brings theirs back. */
export class Results {
  /** @type {Map<string, Cell>} */
  #cells = new Map();

  /** @param {Cell} cell */
  add(cell) {
    this.#cells.set(cell.job.key, cell);
  }

  /** @param {Job[]} jobs */
  forget(jobs) {
    for (const { key } of jobs) this.#cells.delete(key);
  }

  /**
   * The cells of these jobs that are there, line by line, from the smallest batch on.
   *
   * @param {Job[]} jobs
   */
  of(jobs) {
    const cells = jobs.flatMap(({ key }) => this.#cells.get(key) ?? []).reverse();
    const line = (/** @type {Cell} */ { job }) => Object.keys(STYLES).indexOf(job.optimizer);
    return cells.sort((one, other) => line(one) - line(other));
  }

  /** @param {Job[]} jobs */
  missing(jobs) {
    return jobs.filter(({ key }) => !this.#cells.has(key));
  }
}

/**
 * The jobs of the settings, from the largest batch, which is done first, to the smallest.
 *
 * @param {import("../parts/settings.js").Values} settings
 * @returns {Job[]}
 */
export function plannedJobs(settings) {
  const { num_epochs: epochs, num_seeds: seeds, sorted_data: sorted } = settings;
  const optimizers = Object.keys(STYLES).filter((name) => settings[name]);
  return BATCH_SIZES.toReversed().flatMap((batchSize) =>
    optimizers.map((optimizer) => {
      const own = settings.rates === "my own";
      const rates = own ? [settings[`${optimizer}_rate`]] : RATES[optimizer];
      const job = { optimizer, batchSize, rates, epochs, seeds, sorted };
      return { ...job, key: Object.values(job).join(" ") };
    }),
  );
}
