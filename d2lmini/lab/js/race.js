// The race as a widget: what anywidget, or a page that hosts the module, calls.

import { makeProblem } from "./engine/problem.js";
/** @import { WidgetModel } from "./parts/model_settings.js" */
import { Race } from "./race/race.js";

/**
 * Fill `el` with the race; return how to remove it.
 *
 * @param {{ model: WidgetModel, el: HTMLElement }} host
 */
function render({ model, el }) {
  /** @type {DataView<ArrayBuffer>} */
  const table = model.get("table");
  const bytes = table.buffer.slice(table.byteOffset, table.byteOffset + table.byteLength);
  const problem = makeProblem(new Float32Array(bytes), model.get("constants"));
  el.classList.add("d2l-piece");
  const race = new Race(model, problem, el);
  return () => race.close();
}

export default { render };
