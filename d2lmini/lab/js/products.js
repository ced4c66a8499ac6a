// Four ways to multiply, as a widget: what anywidget, or a page that hosts the module, calls.

/** @import { WidgetModel } from "./parts/model_settings.js" */
import { Products } from "./products/products.js";

/**
 * Fill `el`; return how to remove it.
 *
 * @param {{ model: WidgetModel, el: HTMLElement }} host
 */
function render({ model, el }) {
  el.classList.add("d2l-piece");
  const products = new Products(model, el);
  return () => products.close();
}

export default { render };
