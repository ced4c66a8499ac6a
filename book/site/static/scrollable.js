// Code and tables that scroll sideways have a stop of the Tab key, so that arrow keys can scroll them,
// and a faded edge while there is more of them. The theme gives such a stop only to what is visible
// when the page opens, not to what is in folds and behind the choice of a framework.
{
  /** @param {Element} box */
  const update = (box) => {
    const more = box.scrollWidth - box.clientWidth - box.scrollLeft;
    box.classList.toggle("d2l-more", more > 1);
  };
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const box = /** @type {HTMLElement} */ (target);
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      update(box);
    }
  });
  for (const box of document.querySelectorAll(
    "div.highlight pre, .cell_output .text_html, .pst-scrollable-table-container",
  )) {
    observer.observe(box);
    box.addEventListener("scroll", () => update(box), { passive: true });
  }
}
