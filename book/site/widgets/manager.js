// Draws the widgets of a page from their stored states, without a kernel.
//
// It stands in for the manager of `html-manager`, which compiles a validator of the states when it
// is loaded, with `new Function`, and brings renderers that these pages do not use.

import * as base from "@jupyter-widgets/base";
import { ManagerBase } from "@jupyter-widgets/base-manager";
import * as controls from "@jupyter-widgets/controls";
import { Widget } from "@lumino/widgets";

const STATES = "script[type='application/vnd.jupyter.widget-state+json']";
const VIEWS = "script[type='application/vnd.jupyter.widget-view+json']";

/** @type {Record<string, Record<string, any>>} */
const MODULES = { "@jupyter-widgets/base": base, "@jupyter-widgets/controls": controls };

/** A manager with the widgets of ipywidgets 8, and nothing to talk to. */
class PageManager extends ManagerBase {
  /**
   * @param {string} className
   * @param {string} moduleName
   */
  async loadClass(className, moduleName) {
    const found = MODULES[moduleName]?.[className];
    if (!found) throw new Error(`the page has no ${className} of ${moduleName}`);
    return found;
  }

  async _get_comm_info() {
    return {};
  }

  async _create_comm() {
    return /** @type {any} */ ({ on_close() {}, on_msg() {}, close() {} });
  }
}

/**
 * Put a view of its model after a script that names it.
 *
 * @param {PageManager} manager
 * @param {Element} script
 */
const draw = async (manager, script) => {
  const { model_id } = JSON.parse(script.textContent ?? "");
  const view = await manager.create_view(await manager.get_model(model_id));
  const place = document.createElement("div");
  place.className = "widget-subarea";
  script.before(place);
  Widget.attach(view.luminoWidget, place);
};

const drawAll = async () => {
  const manager = new PageManager();
  for (const script of document.querySelectorAll(STATES)) {
    await manager.set_state(JSON.parse(script.textContent ?? ""));
  }
  for (const script of document.querySelectorAll(VIEWS)) await draw(manager, script);
};

// In a task of its own: what is above has kept the page busy for long enough.
setTimeout(drawAll);
