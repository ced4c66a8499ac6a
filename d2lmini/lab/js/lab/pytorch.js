// The button that trains in PyTorch, where a kernel is there to do it.

/** @import { WidgetModel } from "../parts/model_settings.js" */
/** @import { CurveMessage } from "./kernel.js" */
/** @import { Trial } from "./trial.js" */
import { button } from "../parts/elements.js";
import { connectKernel } from "./kernel.js";

export class PyTorchButton {
  button;
  #kernel;

  /**
   * @param {WidgetModel} model
   * @param {() => Trial} trial - The one that is shown.
   * @param {{ show: (message: CurveMessage) => void, report: (text: string) => void }} handlers
   */
  constructor(model, trial, { show, report }) {
    this.button = button("Run in PyTorch", () => this.#run(trial()), { hidden: true });
    this.#kernel = connectKernel(model, {
      ready: () => {
        this.button.hidden = false;
      },
      curve: (message) => {
        this.button.disabled = false;
        show(message);
        report(`PyTorch ends at ${message.losses[message.losses.length - 1].toFixed(4)}.`);
      },
      failed: ({ message }) => {
        this.button.disabled = false;
        report(`PyTorch could not run this. ${message}`);
      },
    });
  }

  /** @param {Trial} trial */
  #run({ settings, swarm }) {
    this.button.disabled = true;
    this.#kernel.request(settings, swarm.planned);
  }

  /** What was asked for is no longer wanted. */
  cancel() {
    this.#kernel.cancel();
    this.button.disabled = false;
  }

  close() {
    this.#kernel.close();
  }
}
