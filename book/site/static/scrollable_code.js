// The Tab key reaches code that scrolls sideways, so that arrow keys can scroll it. The theme does
// this for the code that is visible when the page opens, but not for code in folds and tabs.
{
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const box = /** @type {HTMLElement} */ (target);
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    }
  });
  for (const box of document.querySelectorAll("div.highlight pre")) observer.observe(box);
}
