// What the tests of notebooks ask of JupyterLab, as functions of the window.
(() => {
  const PATIENCE = 20_000; // milliseconds

  /**
   * What is used of JupyterLab's application, which it exposes where a setting says so.
   *
   * @typedef {object} Notebook
   * @property {{ ready: Promise<void> }} context
   * @property {HTMLElement} node
   * @property {() => void} dispose
   */

  /**
   * @typedef {{ commands: { execute: (id: string, options: object) => Promise<Notebook> } }} App
   */

  /**
   * Open a notebook, wait until so many pictures are drawn in it, and close it.
   *
   * @param {string} path
   * @param {number} expected
   */
  const openNotebook = async (path, expected) => {
    const { jupyterapp } = /** @type {{ jupyterapp: App }} */ (/** @type {unknown} */ (window));
    const widget = await jupyterapp.commands.execute("docmanager:open", { path });
    await widget.context.ready;
    const images = () =>
      /** @type {HTMLImageElement[]} */ ([
        ...widget.node.querySelectorAll(".jp-OutputArea-output img"),
      ]);
    const drawn = () =>
      images().filter((image) => image.complete && image.naturalWidth > 100).length;
    const until = performance.now() + PATIENCE;
    while (drawn() < expected && performance.now() < until) {
      await new Promise(requestAnimationFrame);
    }
    const seen = { drawn: drawn(), bare: widget.node.textContent.includes("<Figure size") };
    widget.dispose();
    return seen;
  };

  Object.assign(window, { openNotebook });
})();
