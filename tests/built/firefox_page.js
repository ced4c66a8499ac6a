// What the tests of pieces in Firefox ask of a page, as functions of the window.
(() => {
  const CONTROLS = "a[href], button, input, select, summary, [role=application], [tabindex='0']";

  /** What can be used, in the order of the page. */
  const controls = () =>
    /** @type {HTMLInputElement[]} */ ([
      ...document.querySelectorAll(`main :is(${CONTROLS})`),
    ]).filter((one) => !one.disabled && one.checkVisibility());

  /** What a control is called: by its label, or by what is written on it. */
  const nameOf = (/** @type {HTMLInputElement} */ control) =>
    control.getAttribute("aria-label") ?? (control.labels?.[0] ?? control).textContent ?? "";

  /** Give the focus to the first control whose name begins so. */
  const focusOn = (/** @type {string} */ name) => {
    const found = controls().find((one) => nameOf(one).startsWith(name));
    if (!found) throw new Error(`no control is called ${name}`);
    found.focus();
  };

  // --- The way of the Tab key

  /** @type {HTMLInputElement[]} */
  let stops = [];
  /** @type {HTMLInputElement[]} */
  const reached = [];
  const note = (/** @type {FocusEvent} */ event) =>
    reached.push(/** @type {HTMLInputElement} */ (event.target));

  /** Stand on the first stop; of radio buttons the chosen one is a stop. Return how many are. */
  const beginWalk = () => {
    stops = controls().filter(({ type, checked }) => type !== "radio" || checked);
    addEventListener("focusin", note);
    stops[0].focus();
    return stops.length;
  };

  /** The names of all stops, and of those that were reached. */
  const endWalk = () => {
    const names = stops.map((stop, k) => `${k}: ${nameOf(stop).slice(0, 40)}`);
    return [names, reached.map((one) => names[stops.indexOf(one)] ?? "else")];
  };

  // --- Pictures

  const all = (/** @type {string} */ selector) =>
    /** @type {SVGGraphicsElement[]} */ ([...document.querySelectorAll(selector)]);

  /**
   * Where the points of a path are on the screen.
   *
   * @param {SVGGraphicsElement} path
   */
  const pointsOn = (path) => {
    const found = (path.getAttribute("d") ?? "").matchAll(/[ML]([-\d.]+) ([-\d.]+)/g);
    return [...found].map(([, x, y]) => {
      const point = new DOMPoint(Number(x), Number(y)).matrixTransform(path.getScreenCTM() ?? {});
      return [point.x, point.y];
    });
  };

  /**
   * The edges of panels on the screen, from the lines of their axes: left, right, top, bottom.
   *
   * @param {string} selector
   */
  const framesOf = (selector) =>
    all(selector).map((axis) => {
      const numbers = (axis.getAttribute("d") ?? "").match(/[-\d.]+/g) ?? [];
      const [left, top, bottom, right] = numbers.map(Number);
      const matrix = axis.getScreenCTM() ?? {};
      const start = new DOMPoint(left, top).matrixTransform(matrix);
      const end = new DOMPoint(right, bottom).matrixTransform(matrix);
      return [start.x, end.x, start.y, end.y];
    });

  /** The lines with dots of the first chart: colour, and where the dots are on the screen. */
  const dottedLines = () =>
    [...(document.querySelector(".lab-chart")?.querySelectorAll("svg svg g") ?? [])]
      .filter((line) => line.children.length === 2)
      .map((line) => [
        line.getAttribute("stroke"),
        pointsOn(/** @type {SVGGraphicsElement} */ (line.children[1])),
      ]);

  /** The words in some elements. */
  const texts = (/** @type {string} */ selector) => all(selector).map((one) => one.textContent);

  /** The paths of some elements. */
  const paths = (/** @type {string} */ selector) =>
    all(selector).map((one) => one.getAttribute("d"));

  /** The rows of the tables that are open, as the texts of their cells. */
  const tableRows = () =>
    /** @type {HTMLTableRowElement[]} */ ([...document.querySelectorAll("tbody tr")])
      .filter((row) => row.checkVisibility())
      .map((row) => [...row.cells].map((cell) => cell.textContent));

  /** How high the part of the page is that some elements take together. */
  const heightOf = (/** @type {string} */ selector) => {
    const boxes = all(selector).map((one) => one.getBoundingClientRect());
    const tops = boxes.map(({ top }) => top);
    return Math.max(...boxes.map(({ bottom }) => bottom)) - Math.min(...tops);
  };

  Object.assign(window, {
    focusOn,
    beginWalk,
    endWalk,
    pointsOn,
    framesOf,
    dottedLines,
    texts,
    paths,
    tableRows,
    heightOf,
  });
})();
