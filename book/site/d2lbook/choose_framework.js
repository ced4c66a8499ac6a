(() => {
  // What the reader chose is known before the page is drawn, so that it does not change then.
  const frameworks = (document.currentScript?.dataset.frameworks ?? "").split(" ");
  const key = "sphinx-design-tab-id-framework";
  const root = document.documentElement;
  const requested = new URLSearchParams(location.search).get("framework");

  /** @param {string} name */
  const choose = (name) => {
    root.dataset.framework = name;
    try {
      localStorage.setItem(key, name);
    } catch {
      // Without storage the choice holds for this page only.
    }
  };

  const storedChoice = () => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };

  const checkTabs = () => {
    const name = root.dataset.framework;
    choose(name ?? frameworks[0]);
    for (const label of document.querySelectorAll(`label[data-sync-id="${name}"]`)) {
      const { control } = /** @type {HTMLLabelElement} */ (label);
      /** @type {HTMLInputElement} */ (control).checked = true;
    }
  };

  const stored = storedChoice();
  root.dataset.framework = stored && frameworks.includes(stored) ? stored : frameworks[0];
  if (requested && frameworks.includes(requested)) choose(requested);
  else if (requested) addEventListener("load", checkTabs); // sphinx-design stores any name

  document.addEventListener("change", ({ target }) => {
    const input = /** @type {HTMLElement} */ (target);
    if (!input.matches?.(".sd-tab-set > input")) return;
    const label = /** @type {HTMLElement} */ (input.nextElementSibling);
    if (label.dataset.syncGroup === "framework") choose(label.dataset.syncId ?? frameworks[0]);
  });
})();
