// Makes live cells of code cells. It is small: the editor and the engine are loaded when a reader
// first touches a cell.

/** @import { Cell } from "./cell.js" */
/** @import { Action, CellData } from "./cell_types.js" */
import { keptText } from "./kept_text.js";

const { src } = /** @type {HTMLScriptElement} */ (document.currentScript);
/** @type {Promise<unknown> | undefined} */
let loading;

/**
 * @param {string} name
 * @returns {Promise<void>}
 */
const loadScript = (name) =>
  new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL(name, src).href;
    script.addEventListener("load", () => resolve());
    script.addEventListener("error", () => reject(new Error(`${name} is missing`)));
    document.head.append(script);
  });

/** Load the editor and the engine, once for all cells; what failed is tried again. */
const load = () => {
  loading ??= Promise.all([loadScript("editor.js"), loadScript("engine.js")]).catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
};

/**
 * @param {HTMLElement} cell
 * @param {number} index
 */
const prepare = (cell, index) => {
  const code = /** @type {HTMLElement} */ (cell.querySelector(".cell_input pre"));
  const status = /** @type {HTMLElement} */ (cell.querySelector("[role=status]"));
  const bar = /** @type {HTMLElement} */ (status.parentElement);
  status.dataset.idle = status.textContent ?? "";
  /** @type {CellData} */
  const data = JSON.parse(cell.querySelector("script")?.text ?? "{}");
  const label = data.task ? `Exercise: ${data.task}` : `Live cell ${index + 1}`;
  /** @type {Promise<Cell | undefined> | undefined} */
  let opened;

  const open = async () => {
    status.textContent = "Loading…";
    try {
      await load();
      const { openCell } = /** @type {any} */ (globalThis).d2lEditor;
      return openCell(cell, code, data, label);
    } catch (error) {
      status.textContent = `The editor could not be loaded: ${/** @type {Error} */ (error).message}.`;
      opened = undefined;
    }
  };

  /**
   * Open the cell if it is not open yet, then do something with it.
   *
   * @param {(cell: Cell) => void} then
   */
  const withCell = async (then) => {
    opened ??= open();
    const live = await opened;
    if (live) then(live);
  };

  for (const [name, value] of Object.entries({ role: "group", "aria-label": label })) {
    cell.setAttribute(name, value);
  }
  for (const [name, value] of Object.entries({
    role: "textbox",
    tabindex: "0",
    "aria-multiline": "true",
    "aria-label": `Python code, ${label}`,
  })) {
    code.setAttribute(name, value);
  }
  code.addEventListener("focus", () =>
    withCell((live) => {
      if (document.activeElement === code) live.focus();
    }),
  );
  code.addEventListener("click", ({ clientX, clientY }) =>
    withCell((live) => live.focus(clientX, clientY)),
  );
  bar.addEventListener("click", ({ target }) => {
    const action = /** @type {HTMLElement} */ (target).closest("button")?.dataset.do;
    if (action) withCell((live) => live.do(/** @type {Action} */ (action)));
  });
  if (keptText(data.key, (code.textContent ?? "").replace(/\n$/, ""))) {
    const button = Object.assign(document.createElement("button"), {
      type: "button",
      textContent: "Bring back my code",
    });
    button.dataset.do = "restore";
    status.before(button);
    status.textContent = "You changed this cell before.";
  }
};

/** @type {NodeListOf<HTMLElement>} */
const cells = document.querySelectorAll(".d2l-live");
cells.forEach(prepare);
