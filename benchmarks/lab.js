// What `benchmarks.lab` measures in the browser. All times are milliseconds.

import { makeProblem } from "../d2lmini/lab/js/engine/problem.js";
import { begin } from "../d2lmini/lab/js/engine/run.js";
import { advance } from "../d2lmini/lab/js/engine/training.js";

const BLOCKS = 15;
const RUNS_PER_BLOCK = 20;
const EPOCHS = 5;
const UNCOUNTED_MOVES = 10;
const WARM_UP = 500; // milliseconds in which the browser compiles what is measured

/** @returns {Promise<number>} */
const nextFrame = () => new Promise(requestAnimationFrame);

/**
 * Milliseconds an epoch of the lab's training, one number a block of runs.
 * @param {number[]} table rows of the data, features and label
 * @param {import("../d2lmini/lab/js/engine/problem.js").Constants} constants
 * @param {number} batch_size
 * @param {number} lr
 */
export function epochTimes(table, constants, batch_size, lr) {
  const problem = makeProblem(Float32Array.from(table), constants);
  const budget = { examples: EPOCHS * problem.n, steps: Infinity };
  const train = () => advance(begin(problem, { batch_size, lr }, budget));
  const warm = performance.now() + WARM_UP;
  while (performance.now() < warm) train();
  const times = [];
  for (let block = 0; block < BLOCKS; block++) {
    const start = performance.now();
    for (let k = 0; k < RUNS_PER_BLOCK; k++) train();
    times.push((performance.now() - start) / (RUNS_PER_BLOCK * EPOCHS));
  }
  return times;
}

/**
 * Milliseconds from a move of the lab's second slider until its pictures are laid out anew.
 * @param {number} count moves of the slider; the first are not counted
 */
export async function redrawTimes(count) {
  const sliders = document.querySelectorAll(".d2l-lab input[type=range]");
  const slider = /** @type {HTMLInputElement | undefined} */ (sliders[1]);
  const pictures = document.querySelector(".lab-pictures");
  if (!slider || !pictures) throw new Error("the lab's sliders or pictures are not in the page");
  const times = [];
  for (let k = 0; k < count; k++) {
    await nextFrame();
    const start = performance.now();
    if (k % 8 < 4) slider.stepDown();
    else slider.stepUp();
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    pictures.getBoundingClientRect();
    times.push(performance.now() - start);
  }
  return times.slice(UNCOUNTED_MOVES);
}

/** Milliseconds between the frames of two seconds in which the lab's swarm is watched. */
export async function frameTimes() {
  const buttons = [...document.querySelectorAll("button")];
  const named = (/** @type {string} */ name) =>
    buttons.find((button) => button.textContent?.trim() === name);
  const watch = named("Play") ?? named("Go on");
  if (!watch && !named("Pause")) throw new Error("the lab's button to play is not in the page");
  watch?.click();
  /** @type {number[]} */
  const ends = [];
  const start = performance.now();
  while (performance.now() - start < 2000) ends.push(await nextFrame());
  return ends.slice(1).map((end, k) => end - ends[k]);
}
