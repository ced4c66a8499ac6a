// How minibatch gradients scatter around the full gradient, drawn and by theory.
import { dot } from "./linear.js";
import { fullGradient, minibatchGradient, rowsPerEpoch, spreadAlong, WEIGHTS } from "./problem.js";
import { drawWithReplacement, randomFrom } from "./random.js";

const ROWS = 40000; // to be read in all, so that large minibatches take no longer than small ones

/**
 * Minibatch gradients at `w`, projected on the full gradient, in units of its length.
 *
 * 1 is the full gradient itself. `sigma` is theory's standard deviation: σ/√b, without replacement
 * times the root of (N - b)/(N - 1), with N rows in the (doubled) data set.
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
  const left = settings.replacement ? 1 : (size - b) / (size - 1);
  const sigma = Math.sqrt((spreadAlong(problem, w, direction) / b) * left) / length;
  return { values, sigma };
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
