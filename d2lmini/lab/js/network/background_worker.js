// Has jobs done in the background, by a worker that can be stopped at any time.

/** @import { Reply, Request } from "./worker.js" */

/**
 * @typedef {object} Listener
 * @property {(reply: Reply) => void} receive
 * @property {(message: string) => void} fail
 */

export class BackgroundWorker {
  #source;
  #listener;
  /** @type {Worker | undefined} */
  #worker;
  #url = "";

  /**
   * @param {string} source - The worker's program: a classic script.
   * @param {Listener} listener
   */
  constructor(source, listener) {
    this.#source = source;
    this.#listener = listener;
  }

  get running() {
    return this.#worker !== undefined;
  }

  /** @param {Request} request */
  start(request) {
    this.stop();
    // From a blob: a page that was opened from a disk may load no worker from a file.
    this.#url = URL.createObjectURL(new Blob([this.#source], { type: "text/javascript" }));
    try {
      this.#worker = new Worker(this.#url);
    } catch {
      this.#fail("");
      return;
    }
    this.#worker.onmessage = ({ data }) => {
      if (data.kind === "end") this.stop();
      this.#listener.receive(data);
    };
    this.#worker.onerror = ({ message }) => this.#fail(message ?? "");
    this.#worker.postMessage(request);
  }

  stop() {
    this.#worker?.terminate();
    this.#worker = undefined;
    URL.revokeObjectURL(this.#url);
  }

  /** @param {string} message - Empty where the page's policy allows no worker. */
  #fail(message) {
    this.stop();
    this.#listener.fail(message);
  }
}
