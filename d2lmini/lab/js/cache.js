// The cache as a widget: what anywidget, or a page that hosts the module, calls.

/** @import { WidgetModel } from "./parts/model_settings.js" */
import { CachePiece } from "./cache/piece.js";

/**
 * Fill `el` with the piece; return how to remove it.
 *
 * @param {{ model: WidgetModel, el: HTMLElement }} host
 */
function render({ model, el }) {
  el.classList.add("d2l-piece");
  const piece = new CachePiece(model, el);
  return () => piece.close();
}

export default { render };
