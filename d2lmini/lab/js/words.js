// A run in words: its settings in a legend, its end in a sentence.
import { short } from "./scale.js";
import { DEFAULTS, diverged } from "./training.js";

/** The settings that matter, such as "b = 10, lr = 0.05, momentum 0.9". */
export function legend(settings) {
  const { batch_size, lr, num_epochs, momentum, replacement, decay, genie, seed } = settings;
  const parts = [`b = ${batch_size}`, `lr = ${short(lr)}`];
  if (num_epochs !== DEFAULTS.num_epochs) parts.push(plural(num_epochs, "epoch"));
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

export const plural = (count, noun) =>
  `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;

/** The limit that holds for these settings: of full gradients, or of minibatches of this size. */
export function limitName({ rate, full }, { batch_size, momentum }) {
  const of = rate === full ? "full gradients" : `b = ${batch_size}`;
  return `stability limit ${rate.toFixed(3)} of ${of}${momentum ? ` with momentum ${short(momentum, 2)}` : ""}`;
}

/**
 * How a run ended. `seconds` is the time of a step, `measured` whether it was measured already;
 * without `limit` the sentence does not mention it.
 */
export function ending({ run, seconds, measured, limit }) {
  const { settings, problem, steps, seen, size } = run;
  const loss = run.log.at(-1).loss;
  const cost = `${plural(steps, "step")} in ${measured ? "" : "about "}${time(steps * seconds)}`;
  const share = limit ? settings.lr / limit.rate : 0;
  const times = limit ? `${short(share)} times the ${limitName(limit, settings)}` : "";
  if (!diverged(run)) {
    const warning = share > 1 ? ` The learning rate is ${times}.` : "";
    return `${legend(settings)}: the loss is ${loss.toFixed(4)} after ${short(seen / size, 3)} epoch${seen === size ? "" : "s"}, ` +
      `${(loss - problem.floor).toFixed(4)} above the floor; ${cost}.${warning}`;
  }
  const path = `The loss went from ${run.log[0].loss.toFixed(3)} to ${short(loss)}; ${cost}.`;
  if (!limit) return `${legend(settings)}: diverged. ${path}`;
  if (share > 1) return `${legend(settings)}: diverged, the learning rate is ${times}. ${path}`;
  return `${legend(settings)}: ended above the loss it began with, at ${times}: near the limit the ` +
    `noise is large. ${path}`;
}
