// How minibatch gradients scatter around the full gradient, drawn and by theory.
import { dot } from "./linear.js";
import { fullGradient, minibatchGradient, noiseFactor, rowsPerEpoch, spreadAlong, WEIGHTS } from "./problem.js";
import { drawWithReplacement, randomFrom } from "./random.js";

const ROWS = 40000; // to be read in all, so that large minibatches take no longer than small ones

/**
 * Minibatch gradients at `w`, projected on the full gradient, in units of its length.
 *
 * 1 is the full gradient itself. `sigma` is theory's standard deviation of the projections, `total`
 * that of the whole gradient, over all directions.
 */
export function scatter(problem, w, settings) {
  const g = fullGradient(problem, w);
  const length = Math.sqrt(dot(g, g));
  const direction = g.map((value) => value / length);
  const size = rowsPerEpoch(problem, settings);
  const b = Math.min(settings.batch_size, size);
  const draws = Math.max(40, Math.min(400, Math.floor(ROWS / b)));
  const random = randomFrom(settings.seed + 12345);
  const deck = Uint16Array.from({ length: size }, (_, i) => i);
  const drawn = new Uint16Array(b);
  const one = new Float64Array(WEIGHTS);
  const values = new Float64Array(draws);
  for (let i = 0; i < draws; i++) {
    if (settings.replacement) drawWithReplacement(drawn, size, random);
    else deal(deck, b, random);
    minibatchGradient(problem, w, settings.replacement ? drawn : deck, 0, b, one);
    values[i] = dot(one, direction) / length;
  }
  const axes = g.map((_, i) => g.map((_, j) => Number(i === j)));
  const trace = axes.reduce((sum, axis) => sum + spreadAlong(problem, w, axis), 0);
  const deviation = (variance) => Math.sqrt(variance * noiseFactor(problem, settings)) / length;
  return { values, sigma: deviation(spreadAlong(problem, w, direction)), total: deviation(trace) };
}

/** Bring a random choice of `count` cards to the front of the deck. */
function deal(deck, count, random) {
  for (let i = 0; i < count; i++) {
    const j = i + Math.floor(random() * (deck.length - i));
    const kept = deck[i];
    deck[i] = deck[j];
    deck[j] = kept;
  }
}
