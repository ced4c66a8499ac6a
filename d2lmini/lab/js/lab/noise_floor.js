// The noise floor: the height above the floor at which the noise of the minibatches holds a run.

/** @import { Problem } from "../engine/problem.js" */
/** @import { LabSettings } from "./settings.js" */
import { PAIRS, WEIGHTS } from "../engine/problem.js";
import { dataSize, noiseFactor } from "../engine/settings.js";
import { pairWeights } from "../engine/stability.js";
import { expectedExcess, startMoments, stepMoments } from "../engine/theory.js";
import { limitOf } from "./lines.js";

const ENOUGH = 1e-7; // of the last round
const MAX_ROUNDS = 2000; // so close to the limit the floor is out of sight

/**
 * The expected loss above the floor after infinitely many steps; not a number where it has no such
 * value, because rate or batch size change or the rate is above the limit.
 *
 * It is the fixed point D P = lr² f N(P) for the covariance P of the weights, with N(P) the
 * covariance of the gradient of a single row, and D as for the stability limit.
 *
 * @param {Problem} problem
 * @param {LabSettings} settings
 */
export function noiseFloor(problem, settings) {
  const { batch_size, lr, momentum, replacement, decay, grow } = settings;
  if (decay || grow || lr >= limitOf(problem, settings)) return NaN;
  const factor = noiseFactor(batch_size, dataSize(problem.n, settings), replacement);
  const gains = pairWeights(problem.curvatures, lr, momentum).map((gain) => factor * gain);
  const moments = startMoments(problem, problem.best);
  let total = 0;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    stepMoments(problem, moments, 0, 0, 0); // without a step: it computes the noise
    for (const [k, [i, j]] of PAIRS.entries()) {
      const entry = gains[k] * moments.noise[k];
      moments.ee[WEIGHTS * i + j] = entry;
      moments.ee[WEIGHTS * j + i] = entry;
    }
    const before = total;
    total = expectedExcess(problem, moments).total;
    if (total - before <= ENOUGH * total) return total;
  }
  return NaN;
}
