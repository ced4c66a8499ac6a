// The network's sweep as a widget: what anywidget, or a page that hosts the module, calls.

/** @import { WidgetModel } from "./parts/model_settings.js" */
import { NetworkPiece } from "./network/piece.js";
import { readTable } from "./parts/read_table.js";

/**
 * Fill `el` with the piece; return how to remove it.
 *
 * @param {{ model: WidgetModel, el: HTMLElement }} host
 */
function render({ model, el }) {
  el.classList.add("d2l-piece");
  const piece = new NetworkPiece(model, Float64Array.from(readTable(model.get("table"))), el);
  return () => piece.close();
}

export default { render };
