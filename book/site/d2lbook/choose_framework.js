(() => {
  // What the reader chose is known before the page is drawn, so that it does not change then.
  const frameworks = (document.currentScript?.dataset.frameworks ?? "").split(" ");
  const key = "d2lmini-framework";
  const root = document.documentElement;

  const storedChoice = () => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };

  /** @param {string} name */
  const choose = (name) => {
    root.dataset.framework = name;
    try {
      localStorage.setItem(key, name);
    } catch {
      // Without storage the choice holds for this page only.
    }
  };

  const requested = new URLSearchParams(location.search).get("framework") ?? "";
  const stored = storedChoice() ?? "";
  if (frameworks.includes(requested)) choose(requested);
  else root.dataset.framework = frameworks.includes(stored) ? stored : frameworks[0];

  document.addEventListener("DOMContentLoaded", () => {
    const choice = document.getElementById(`framework-${root.dataset.framework}`);
    if (choice) /** @type {HTMLInputElement} */ (choice).checked = true;
  });
  document.addEventListener("change", ({ target }) => {
    const input = /** @type {HTMLInputElement} */ (target);
    if (input.name === "framework") choose(input.value);
  });
})();
