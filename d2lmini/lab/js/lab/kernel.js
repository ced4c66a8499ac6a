// The kernel, where there is one: it is asked for runs, and only the latest request counts.

/** @import { WidgetModel } from "../parts/model_settings.js" */
/** @import { LabSettings } from "./settings.js" */

/**
 * A run in PyTorch.
 *
 * @typedef {object} CurveMessage
 * @property {LabSettings} settings
 * @property {number[]} examples
 * @property {number[]} seconds
 * @property {number[]} losses
 */

/**
 * @typedef {object} KernelHandlers
 * @property {() => void} ready
 * @property {(message: CurveMessage) => void} curve
 * @property {(message: { message: string }) => void} failed
 */

/**
 * Listen to the kernel.
 *
 * @param {Pick<WidgetModel, "on" | "off" | "send">} model
 * @param {KernelHandlers} handlers
 */
export function connectKernel(model, handlers) {
  /** @type {string | null} */
  let pending = null;
  /** @param {any} message */
  const receive = (message) => {
    if (message.kind === "ready") handlers.ready();
    if (pending === null || message.id !== pending) return; // it answers an earlier request
    pending = null;
    if (message.kind === "curve") handlers.curve(message);
    else handlers.failed(message);
  };
  model.on("msg:custom", receive);
  model.send({ kind: "hello" });
  return {
    /**
     * @param {LabSettings} settings
     * @param {number} steps - How many the run has.
     */
    request(settings, steps) {
      pending = Math.random().toString(36).slice(2); // several views may ask the same kernel
      model.send({ kind: "train", id: pending, settings, steps });
    },
    cancel() {
      pending = null;
    },
    close: () => model.off("msg:custom", receive),
  };
}
