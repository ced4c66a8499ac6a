// The curve of the page's own code, drawn behind that of the reader's.

/** @import { Curve, OutputEvent } from "./engine_types.js" */
/** @import { Output } from "./output.js" */
import { engineRun } from "./runs.js";

export class PageCurve {
  /** @type {Promise<Curve | undefined> | undefined} */
  #curve;

  /** @param {string} code */
  constructor(code) {
    this.code = code;
  }

  /**
   * Draw it behind the curve of a run, if that has one and ran another code.
   *
   * @param {string} text - What has run.
   * @param {Output} output
   */
  async compare(text, output) {
    const { curve } = output;
    if (!curve) return;
    if (text === this.code) this.#curve = Promise.resolve(curve);
    this.#curve ??= this.#run();
    const found = await this.#curve;
    if (found !== curve && output.curve === curve) output.compare(found);
  }

  async #run() {
    /** @type {Curve | undefined} */
    let found;
    const onOutput = (/** @type {OutputEvent} */ event) => {
      if (event.kind === "curve") found = event;
    };
    await engineRun()(this.code, { onOutput }).done.catch(() => undefined);
    return found;
  }
}
