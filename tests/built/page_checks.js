// What the tests of pages ask of a page, as functions of the window. `contrast.js` comes first.
(() => {
  /**
   * @typedef {object} Contrast
   * @property {(color: string, background: string) => number} contrast
   * @property {(element: Element) => string} backgroundOf
   * @property {(figure: Element) => string[]} faintIn
   */
  const { contrast, backgroundOf, faintIn } = /** @type {Contrast} */ (
    /** @type {unknown} */ (window)
  );

  /**
   * @template {Element} [Kind=HTMLElement]
   * @param {string} selector
   */
  const all = (selector) => /** @type {Kind[]} */ ([...document.querySelectorAll(selector)]);

  const begins = (/** @type {Element} */ element) => element.outerHTML.slice(0, 80);

  // --- Figures

  const faintFigures = () =>
    all("svg.d2l-figure:not([aria-hidden])").flatMap((figure) =>
      faintIn(figure).map((part) => `${figure.getAttribute("aria-label")?.slice(0, 30)}: ${part}`),
    );

  const labelsOutOfOrder = () =>
    /** @type {SVGTextElement[]} */ (all("svg.d2l-figure text"))
      .filter((text) => {
        const places = Array.from({ length: text.getNumberOfChars() }, (_, k) => k);
        const starts = places.map((k) => text.getStartPositionOfChar(k).x);
        return starts.some((x, k) => k > 0 && x < starts[k - 1] - 1);
      })
      .map((text) => text.textContent);

  /** Show the pictures of every position of the sliders; return how many. */
  const addAllFrames = () => {
    for (const frame of all(".d2l-frame")) frame.remove();
    const widget = document.querySelector(".d2l-widget") ?? document.querySelector(".d2l-hosted");
    const states = all("script[type$='widget-state+json']")
      .flatMap((data) => Object.values(JSON.parse(data.textContent ?? "").state))
      .filter(({ model_name }) => model_name === "HTMLModel");
    for (const { state } of states) widget?.insertAdjacentHTML("beforeend", state.value);
    return states.length;
  };

  const ink = () => {
    const text = document.querySelector("svg.d2l-figure:not([aria-hidden]) text");
    return text && getComputedStyle(text).fill;
  };

  // --- Text

  const cutFormulas = () =>
    all("div.math")
      .filter((formula) => {
        const parts = [...formula.querySelectorAll(".katex-html .base")];
        const lefts = parts.map((part) => part.getBoundingClientRect().left);
        return Math.min(...lefts) < formula.getBoundingClientRect().left - 1;
      })
      .map((formula) => formula.textContent?.slice(0, 60));

  const iconsDrawn = () =>
    all("i, .admonition-title, summary *")
      .flatMap((e) => ["::before", "::after"].map((part) => getComputedStyle(e, part)))
      .filter((style) => style.fontFamily.includes("Awesome") && style.content.startsWith('"'))
      .map((style) => style.content.replaceAll('"', ""))
      .join("");

  const overflows = (/** @type {Element} */ box) => box.scrollWidth > box.clientWidth + 1;

  /**
   * Boxes of code or output whose text goes on beyond their edge.
   *
   * @param {string} selector
   */
  const cutBoxes = (selector) => {
    const boxes = all(selector).filter((box) => box.checkVisibility());
    const cut = boxes.filter(overflows).map((box) => box.textContent?.trim().slice(0, 60));
    return { boxes: boxes.length, cut };
  };

  /** Code that scrolls without showing that it does. */
  const codeThatHidesItsRest = () =>
    all("div.cell_input pre, div.math .katex-html")
      .filter((box) => box.checkVisibility() && overflows(box))
      .filter((box) => getComputedStyle(box).maskImage === "none")
      .map((box) => box.textContent?.slice(0, 60));

  // --- Frameworks

  /** @param {string} framework */
  const chooseFramework = (framework) => {
    const choice = /** @type {HTMLInputElement | null} */ (
      document.getElementById(`framework-${framework}`)
    );
    if (choice) choice.click();
    else document.documentElement.dataset.framework = framework;
  };

  /** @param {string} framework */
  const cellsOf = (framework) =>
    all(`.d2l-for-${framework} > div.cell:has(.cell_input)`).map((cell) => ({
      visible: getComputedStyle(/** @type {Element} */ (cell.parentElement)).display !== "none",
      code: cell.querySelector(".cell_input pre")?.textContent,
      output: [...cell.querySelectorAll(".cell_output :is(pre, table)")]
        .map((e) => e.textContent)
        .join(""),
    }));

  // --- Access

  /** What has the focus, and the contrast of the ring around it or around what stands for it. */
  const ringOfFocus = () => {
    const focus = document.activeElement;
    if (!focus || focus === document.body) return null;
    const ground = backgroundOf(focus.parentElement ?? focus);
    const ring = (/** @type {Element} */ element) => {
      const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(element);
      const outlined = outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2;
      const shadow = boxShadow.match(/rgba?\([^)]*\)/)?.[0];
      return Math.max(
        outlined ? contrast(outlineColor, ground) : 0,
        shadow ? contrast(shadow, ground) : 0,
      );
    };
    const { labels } = /** @type {HTMLInputElement} */ (focus);
    const rings = [focus, ...focus.children, ...(labels ?? []), focus.closest("form")];
    const found = rings.filter((element) => element !== null).map(ring);
    return [begins(focus), Math.max(...found)];
  };

  /** Start at the top with the Tab key: the browser goes on from what had the focus last. */
  const startAtTheTop = () => {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
    scrollTo(0, 0);
  };

  const namelessStops = () =>
    all(".d2l-widget *, .d2l-hosted *")
      .filter((e) => (e.tabIndex >= 0 || e.isContentEditable) && e.checkVisibility())
      .filter((e) => {
        const { labels } = /** @type {HTMLInputElement} */ (e);
        const named = e.getAttribute("aria-label") || labels?.length || e.textContent?.trim();
        return !named || !e.matches("a, button, input, select, summary, [role]");
      })
      .map(begins);

  /**
   * @param {string} selector
   * @param {number[]} places
   */
  const textsUnderThePointer = (selector, places) =>
    all(selector)
      .filter((e, place) => places.includes(place) && e.checkVisibility())
      .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent?.trim()))
      .map((e) => [e.textContent?.trim(), contrast(getComputedStyle(e).color, backgroundOf(e))]);

  Object.assign(window, {
    faintFigures,
    labelsOutOfOrder,
    addAllFrames,
    ink,
    cutFormulas,
    iconsDrawn,
    cutBoxes,
    codeThatHidesItsRest,
    chooseFramework,
    cellsOf,
    ringOfFocus,
    startAtTheTop,
    namelessStops,
    textsUnderThePointer,
  });
})();
