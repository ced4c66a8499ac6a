// Shows a run while it trains: by itself at a pace that the eye can follow, or step by step.
import { advance } from "./training.js";

const SLOWEST = 0.5; // seconds a step, of runs with few steps
const LONGEST = 8; // seconds a run, of those with many

/** How many of all steps were taken after some seconds. */
export const stepsAfter = (seconds, planned) =>
  Math.floor(seconds * Math.max(1 / SLOWEST, planned / LONGEST));

/**
 * A player of runs: `start()` begins one and says how many steps it plans, `show(run)` draws it.
 *
 * `frames` are the browser's functions to ask for a frame and to cancel it.
 */
export function makePlayer({ start, show, changed, frames = [requestAnimationFrame, cancelAnimationFrame] }) {
  const [request, cancel] = frames.map((f) => f.bind(globalThis));
  let run = null, planned = 0, frame = null;

  const pause = () => {
    if (frame !== null) cancel(frame);
    frame = null;
    changed();
  };
  const ensure = () => {
    if (!run || run.done) ({ run, planned } = start());
  };
  const take = (steps) => {
    advance(run, steps);
    show(run, planned);
    if (run.done) pause();
  };
  return {
    playing: () => frame !== null,
    underway: () => run !== null && !run.done,
    pause,
    step() {
      pause();
      ensure();
      take(1);
      changed();
    },
    play() {
      ensure();
      let began = null;
      const before = run.steps;
      const draw = (milliseconds) => {
        began ??= milliseconds;
        frame = request(draw);
        const due = before + stepsAfter((milliseconds - began) / 1000, planned) - run.steps;
        if (due > 0) take(due);
      };
      frame = request(draw);
      show(run, planned);
      changed();
    },
    /** Forget the run: the settings have changed. */
    stop() {
      run = null;
      pause();
    },
  };
}
