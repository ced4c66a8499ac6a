// The race as a widget: what anywidget, or a page that hosts the module, calls.

/** @import { WidgetModel } from "./parts/model_settings.js" */
import { makeProblem } from "./engine/problem.js";
import { readTable } from "./parts/read_table.js";
import { Race } from "./race/race.js";

/**
 * Fill `el` with the race; return how to remove it.
 *
 * @param {{ model: WidgetModel, el: HTMLElement }} host
 */
function render({ model, el }) {
  const problem = makeProblem(readTable(model.get("table")), model.get("constants"));
  el.classList.add("d2l-piece");
  const race = new Race(model, problem, el);
  return () => race.close();
}

export default { render };
