// Shows seeds: as dots, in words and as numbers.

/** @import { Expectation } from "./expected.js" */
/** @import { Swarm } from "./swarm.js" */
/** @import { SwarmNumbers } from "./swarm_numbers.js" */
/** @import { SwarmView } from "./swarm_view.js" */
/** @import { Trial } from "./trial.js" */
import { spreadOfWeights } from "./spread.js";
import { describeSwarm } from "./swarm_words.js";

/**
 * @param {{ view: SwarmView, numbers: SwarmNumbers }} parts
 * @param {Trial} trial
 * @param {Swarm} swarm - The seeds of the trial after some steps,
 * @param {Expectation} expectation - and what theory expects of them.
 */
export function showSwarm({ view, numbers }, { problem, settings }, swarm, expectation) {
  const { spreads, ...expected } = spreadOfWeights(problem, settings, swarm.runs, expectation);
  const positions = swarm.runs.map((run) => run.w);
  const outside = view.draw(positions, expected);
  view.explain(...describeSwarm(settings, swarm, expectation, { spreads, outside }));
  numbers.show(spreads);
}
