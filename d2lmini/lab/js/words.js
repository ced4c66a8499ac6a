// A run in words: its settings in a legend, its end in a sentence.
import { short } from "./scale.js";
import { DEFAULTS, diverged } from "./training.js";

/** The settings that matter, such as "b = 10, lr = 0.05, momentum 0.9". */
export function legend(settings) {
  const { batch_size, lr, num_epochs, momentum, replacement, decay, genie, seed } = settings;
  const parts = [`b = ${batch_size}`, `lr = ${short(lr)}`];
  if (num_epochs !== DEFAULTS.num_epochs) parts.push(`${num_epochs} epoch${num_epochs > 1 ? "s" : ""}`);
  if (momentum) parts.push(`momentum ${short(momentum, 2)}`);
  if (replacement) parts.push("with replacement");
  if (decay) parts.push("rate / 10 each epoch");
  if (genie) parts.push("doubled data");
  if (seed) parts.push(`seed ${seed}`);
  return parts.join(", ");
}

/** A span of time, in the unit that suits it. */
export function time(seconds) {
  if (seconds < 1e-3) return `${short(1e6 * seconds)} µs`;
  return seconds < 1 ? `${short(1e3 * seconds)} ms` : `${short(seconds)} s`;
}

/** How a run ended. */
export function ending({ run, secondsPerStep }) {
  const { settings, problem, steps, seen, size } = run;
  const loss = run.log.at(-1).loss;
  const cost = `${steps.toLocaleString("en")} steps in ${time(steps * secondsPerStep)}`;
  if (!diverged(run)) {
    return `${legend(settings)}: the loss is ${loss.toFixed(4)} after ${short(seen / size, 3)} epochs, ` +
      `${(loss - problem.floor).toFixed(4)} above the floor; ${cost}.`;
  }
  const share = settings.lr / problem.limit;
  const reason = share > 1 && !settings.momentum
    ? `the learning rate is ${short(share)} times the stability limit ${problem.limit.toFixed(3)}`
    : `the rate is below the limit ${problem.limit.toFixed(3)} of full gradients, but too large for steps of this kind`;
  return `${legend(settings)}: diverged, ${reason}. The loss went from ${run.log[0].loss.toFixed(3)} to ${short(loss)}; ${cost}.`;
}
