// The swarm in words.

/** @import { Expectation } from "./expected.js" */
/** @import { LabSettings } from "./settings.js" */
/** @import { Swarm } from "./swarm.js" */
import { formatInteger, formatNumber } from "../parts/format.js";

/**
 * The caption of the picture, and the picture in words.
 *
 * @param {LabSettings} settings
 * @param {Swarm} swarm
 * @param {Expectation} expectation
 * @returns {[string, string]}
 */
export function describeSwarm(settings, { runs, steps, planned }, { point }) {
  const seeds = `${runs.length} seeds`;
  const progress = `step ${formatInteger(steps)} of ${formatInteger(planned)}`;
  const mean = `expected: ${formatNumber(point.total, 2)} above the floor`;
  return [
    `${seeds}, ${progress}; ${mean}. Ellipse: two standard deviations (theory). Drag the start.`,
    `${seeds} with batch size ${settings.batch_size} at ${progress}, in the plane of the ` +
      `weights of ${settings.across} and ${settings.up}; ${mean}. They start at ` +
      `${settings.start_across}, ${settings.start_up}; arrow keys move the start.`,
  ];
}
