// The swarm in words and as a table.

/** @import { Expectation } from "./expected.js" */
/** @import { LabSettings } from "./settings.js" */
/** @import { WeightSpread } from "./spread.js" */
/** @import { Swarm } from "./swarm.js" */
import { formatInteger, formatNumber, roundToZero } from "../parts/format.js";
import { rowsHtml } from "../parts/table.js";

const ROUNDING = 1e-9; // of a weight

/**
 * The caption of the picture, and the picture in words.
 *
 * @param {LabSettings} settings
 * @param {Swarm} swarm
 * @param {Expectation} expectation
 * @param {object} picture
 * @param {WeightSpread[]} picture.spreads - Of the two weights.
 * @param {number} picture.outside - How many dots are outside.
 * @returns {[string, string]}
 */
export function describeSwarm(settings, swarm, { point }, { spreads, outside }) {
  const { runs, steps, planned } = swarm;
  const seeds = `${runs.length} seeds`;
  const progress = `step ${formatInteger(steps)} of ${formatInteger(planned)}`;
  const mean = `theory: ${formatNumber(point.total, 2)} above the floor`;
  const gone = describeOutside(outside, runs.length);
  const ellipse = outside < runs.length ? " Ellipse: two standard deviations (theory)." : "";
  const deviations = spreads.map(({ name, seeds: { deviation } }) => `${name} ${short(deviation)}`);
  return [
    `${seeds}, ${progress}; ${mean}.${gone}${ellipse} Drag the start.`,
    `${seeds} with batch size ${settings.batch_size} at ${progress}, in the plane of the ` +
      `weights of ${settings.across} and ${settings.up}; ${mean}.${gone} ` +
      `Standard deviations over the seeds: ${deviations.join(", ")}. They start at ` +
      `${settings.start_across}, ${settings.start_up}; arrow keys move the start.`,
  ];
}

/**
 * @param {number} outside
 * @param {number} count
 */
function describeOutside(outside, count) {
  if (outside === count) return " The dots have left the picture.";
  return outside ? ` ${outside} left the picture.` : "";
}

/**
 * A row for each of the two weights.
 *
 * @param {WeightSpread[]} spreads
 */
export function swarmTable(spreads) {
  const rows = spreads.map(({ name, theory, seeds }) => [
    name,
    ...[theory.mean, seeds.mean, theory.deviation, seeds.deviation].map(short),
  ]);
  return rowsHtml(["weight", "mean, theory", "of seeds", "deviation, theory", "of seeds"], rows);
}

/** @param {number} value */
const short = (value) => formatNumber(roundToZero(value, ROUNDING));
