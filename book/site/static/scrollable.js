// Code and tables that scroll sideways have a stop of the Tab key, so that arrow keys can scroll
// them; these and formulas have a faded edge while there is more of them. The theme gives such a stop
// only to what is visible when the page opens, not to what is in folds and behind the choice of a
// framework.
{
  /** @param {HTMLElement} box */
  const measure = (box) => {
    const hidden = box.scrollWidth - box.clientWidth;
    return { box, scrolls: hidden > 0, hasMore: hidden - box.scrollLeft > 1 };
  };
  /** @param {ReturnType<typeof measure>} measured */
  const mark = ({ box, scrolls, hasMore }) => {
    if (scrolls && !box.ariaHidden) box.tabIndex = 0; // a formula's drawing is hidden from readers
    box.classList.toggle("d2l-more", hasMore);
  };
  // All are measured before any is changed: a change between two would lay the page out anew.
  const observer = new ResizeObserver((entries) => {
    const boxes = entries.map(({ target }) => /** @type {HTMLElement} */ (target));
    for (const measured of boxes.map(measure)) mark(measured);
  });
  /** @type {NodeListOf<HTMLElement>} */
  const boxes = document.querySelectorAll(
    "div.highlight pre, .cell_output .text_html, .pst-scrollable-table-container, " +
      "div.math .katex-html",
  );
  for (const box of boxes) {
    observer.observe(box);
    box.addEventListener("scroll", () => mark(measure(box)), { passive: true });
  }
}
