// Makes a page shorter for axe, whose time grows with the number of elements: of each kind of token
// in code one is left, of an inline formula its text, of a figure its place. `kinds.js` comes first.
(() => {
  const { kindOf } = /** @type {{ kindOf: (element: Element) => string }} */ (
    /** @type {unknown} */ (window)
  );

  const FORMULA = ".katex-html:not(.katex-display *)"; // one that is displayed alone may scroll
  const FIGURE = "svg.d2l-figure"; // an image to axe; `faintFigures` checks its colours
  const CODE = ".highlight pre";

  const all = (/** @type {string} */ selector) => [...document.querySelectorAll(selector)];

  const isNew = (/** @type {Element} */ token, /** @type {Set<string>} */ seen) => {
    const kind = kindOf(token);
    if (seen.has(kind) || !token.checkVisibility()) return false;
    seen.add(kind);
    return true;
  };

  /**
   * An element, and a copy of it with other content.
   *
   * @param {Element} element
   * @param {(string | Node)[]} content
   */
  const copyWith = (element, ...content) => {
    const copy = /** @type {Element} */ (element.cloneNode());
    copy.append(...content);
    return { element, copy };
  };

  /** @param {Set<string>} seen */
  const copyOfCode = (/** @type {Element} */ code, seen) =>
    copyWith(
      code,
      ...[...code.childNodes].map((part) =>
        part instanceof Element && !isNew(part, seen)
          ? (part.textContent ?? "")
          : part.cloneNode(true),
      ),
    );

  /** @type {{ element: Element, copy: Element }[]} */
  let copies = [];

  const shorten = () => {
    const seen = new Set();
    copies = [
      ...all(FIGURE).map((figure) => copyWith(figure)),
      ...all(FORMULA).map((formula) => copyWith(formula, formula.textContent ?? "")),
      ...all(CODE).map((code) => copyOfCode(code, seen)),
    ];
    for (const { element, copy } of copies) element.replaceWith(copy);
  };

  const putBack = () => {
    for (const { element, copy } of copies) copy.replaceWith(element);
  };

  Object.assign(window, { shorten, putBack });
})();
