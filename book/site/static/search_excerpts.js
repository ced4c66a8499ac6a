// Excerpts of search results, of the texts that the build made: pages cannot be fetched from a disk.
{
  /**
   * @typedef {object} Globals
   * @property {Record<string, string>} searchTexts - The prose of each page.
   * @property {{ makeSearchSummary: (html: string, words: string[], anchor: string) => Node }} Search
   */
  const { searchTexts } = /** @type {Globals} */ (/** @type {unknown} */ (globalThis));
  const words = (new URLSearchParams(location.search).get("q") ?? "").split(/\s+/);

  /** @param {HTMLElement} result */
  const addExcerpt = (result) => {
    const address = result.querySelector("a")?.getAttribute("href") ?? "";
    const text = searchTexts[address.split(".html")[0]];
    if (!text) return;
    const page = document.createElement("div");
    page.setAttribute("role", "main"); // where Sphinx looks for the text
    page.textContent = text;
    // @ts-expect-error Sphinx defines Search as a constant of its script.
    result.append(Search.makeSearchSummary(page.outerHTML, words, ""));
  };

  const results = document.getElementById("search-results");
  if (results) {
    new MutationObserver((changes) => {
      for (const node of changes.flatMap(({ addedNodes }) => [...addedNodes])) {
        if (node instanceof HTMLLIElement) addExcerpt(node);
      }
    }).observe(results, { childList: true, subtree: true });
  }
}
