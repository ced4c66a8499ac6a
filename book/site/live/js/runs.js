// The runs of a cell: one at a time, each ends the one before.

/** @import { OutputEvent, Result, Run } from "./engine_types.js" */

/** @returns {Run} */
export const engineRun = () => /** @type {any} */ (globalThis).d2lLive.run;

/**
 * What a run that has no engine ends with.
 *
 * @param {Error} error
 * @returns {Result}
 */
const withoutEngine = ({ message }) => ({
  status: "failed",
  message: `The engine could not be loaded: ${message}`,
});

export class Runs {
  /** @type {ReturnType<Run> | undefined} */
  #current;

  /**
   * @param {string} text
   * @param {(event: OutputEvent) => void} onOutput
   * @returns {Promise<{ result: Result, seconds: number } | undefined>} Nothing if another run began.
   */
  async start(text, onOutput) {
    this.forget();
    const begun = performance.now();
    const running = engineRun()(text, {
      onOutput: (event) => {
        if (this.#current === running) onOutput(event);
      },
    });
    this.#current = running;
    const result = await running.done.catch(withoutEngine);
    if (this.#current !== running) return undefined;
    this.#current = undefined;
    return { result, seconds: (performance.now() - begun) / 1000 };
  }

  /** Let the run end here; it says so. */
  stop() {
    this.#current?.stop();
  }

  /** End the run, and hear no more of it. */
  forget() {
    const running = this.#current;
    this.#current = undefined;
    running?.stop();
  }
}
