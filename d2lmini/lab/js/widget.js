// The lab as a widget: what anywidget, or a page that hosts the module, calls.

/** @import { WidgetModel } from "./model_settings.js" */
import { Lab } from "./lab.js";
import { makeProblem } from "./problem.js";

/**
 * Fill `el` with the lab; return how to remove it.
 *
 * @param {{ model: WidgetModel, el: HTMLElement }} host
 */
function render({ model, el }) {
  /** @type {DataView<ArrayBuffer>} */
  const table = model.get("table");
  const bytes = table.buffer.slice(table.byteOffset, table.byteOffset + table.byteLength);
  const lab = new Lab(model, makeProblem(new Float32Array(bytes)), el);
  return () => lab.close();
}

export default { render };
