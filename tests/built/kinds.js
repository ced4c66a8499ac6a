// Which elements of a page are of one kind: the same rules of a style sheet apply to them.
(() => {
  /**
   * The names and classes of an element and of all that it is in.
   *
   * @param {Element | null} element
   * @returns {string}
   */
  const kindOf = (element) =>
    element ? `${kindOf(element.parentElement)} > ${element.tagName}.${element.className}` : "";

  /**
   * The places, in a list of elements, of one that is seen of each kind, and of those around it.
   *
   * @param {string} selector
   */
  const oneOfEachKind = (selector) => {
    const elements = [...document.querySelectorAll(selector)];
    const seen = elements.filter((element) => element.checkVisibility());
    const ones = [...new Map(seen.map((element) => [kindOf(element), element])).values()];
    return elements.flatMap((element, place) =>
      ones.some((one) => element.contains(one)) ? [place] : [],
    );
  };

  Object.assign(window, { kindOf, oneOfEachKind });
})();
