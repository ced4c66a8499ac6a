// The clock and the genie as a widget: what anywidget, or a page that hosts the module, calls.

/** @import { WidgetModel } from "./parts/model_settings.js" */
import { ClockAndGenie } from "./clock/clock.js";
import { makeProblem } from "./engine/problem.js";
import { readTable } from "./parts/read_table.js";

/**
 * Fill `el` with the picture and its controls; return how to remove it.
 *
 * @param {{ model: WidgetModel, el: HTMLElement }} host
 */
function render({ model, el }) {
  const problem = makeProblem(readTable(model.get("table")), model.get("constants"));
  el.classList.add("d2l-piece");
  const piece = new ClockAndGenie(model, problem, el);
  return () => piece.close();
}

export default { render };
