// The lab as a widget: what anywidget, or a page that hosts the module, calls.

/** @import { WidgetModel } from "./parts/model_settings.js" */
import { makeProblem } from "./engine/problem.js";
import { Lab } from "./lab/lab.js";
import { readTable } from "./parts/read_table.js";

/**
 * Fill `el` with the lab; return how to remove it.
 *
 * @param {{ model: WidgetModel, el: HTMLElement }} host
 */
function render({ model, el }) {
  const problem = makeProblem(readTable(model.get("table")), model.get("constants"));
  const lab = new Lab(model, problem, el);
  return () => lab.close();
}

export default { render };
