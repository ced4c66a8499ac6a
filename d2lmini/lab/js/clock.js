// The clock and the genie as a widget: what anywidget, or a page that hosts the module, calls.

/** @import { WidgetModel } from "./parts/model_settings.js" */
import { ClockAndGenie } from "./clock/clock.js";
import { makeProblem } from "./engine/problem.js";

/**
 * Fill `el` with the picture and its controls; return how to remove it.
 *
 * @param {{ model: WidgetModel, el: HTMLElement }} host
 */
function render({ model, el }) {
  /** @type {DataView<ArrayBuffer>} */
  const table = model.get("table");
  const bytes = table.buffer.slice(table.byteOffset, table.byteOffset + table.byteLength);
  const problem = makeProblem(new Float32Array(bytes), model.get("constants"));
  el.classList.add("d2l-piece");
  const piece = new ClockAndGenie(model, problem, el);
  return () => piece.close();
}

export default { render };
