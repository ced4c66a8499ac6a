// What a minibatch is, as a widget: what anywidget, or a page that hosts the module, calls.

/** @import { WidgetModel } from "./parts/model_settings.js" */
import { Minibatch } from "./minibatch/minibatch.js";

/**
 * Fill `el`; return how to remove it.
 *
 * @param {{ model: WidgetModel, el: HTMLElement }} host
 */
function render({ model, el }) {
  el.classList.add("d2l-piece");
  const minibatch = new Minibatch(model, el);
  return () => minibatch.close();
}

export default { render };
