// The Escape key dismisses the definition of a term, until the pointer or the focus comes back to it.
{
  const shown = ".d2l-term:is(:hover, :focus-within)";
  document.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    for (const term of document.querySelectorAll(shown)) term.classList.add("d2l-dismissed");
  });
  for (const type of ["pointerout", "focusout"]) {
    document.addEventListener(type, ({ target }) => {
      const term = /** @type {Element} */ (target).closest?.(".d2l-term");
      if (term && !term.matches(":hover")) term.classList.remove("d2l-dismissed");
    });
  }
}
