// Contrast of what the pieces draw: texts, and the marks that mean something.
(() => {
  /**
   * @typedef {object} Contrast
   * @property {(colour: string, background: string, opacity?: number) => number} contrast
   * @property {(element: Element) => string} backgroundOf
   * @property {(shape: Element | null, figure: Element) => number} opacityOf
   *
   * @typedef {SVGGeometryElement | SVGTextElement} Shape
   */
  const { contrast, backgroundOf, opacityOf } = /** @type {Contrast} */ (
    /** @type {unknown} */ (window)
  );

  const SHAPES = "path, rect, circle, ellipse, line, polygon, polyline, text";
  /** Help to read a value; areas around a line; what is half done, as opaque as it is done. */
  const BACKGROUND = ".lab-grid, .race-grid, .lab-band, .products-square > rect";
  const MARK = 3;
  const TEXT = 4.5;
  const PLACE = ["d", "x", "y", "width", "height", "cx", "cy", "r", "points"];
  const STEPS = [0.1, 0.3, 0.5, 0.7, 0.9];

  const isText = (/** @type {Element} */ shape) => shape.tagName === "text";

  /** Whether there is anything to fill: a line that no style keeps from it is filled with black. */
  const hasInside = (/** @type {Shape} */ shape) => {
    if (!(shape instanceof SVGGeometryElement)) return true;
    const { x, y, width, height } = shape.getBBox();
    const places = STEPS.flatMap((u) => STEPS.map((v) => [x + u * width, y + v * height]));
    return width * height > 0 && places.some(([u, v]) => shape.isPointInFill(new DOMPoint(u, v)));
  };

  /**
   * What a shape is painted on: the wider line below it that has its form, or the page.
   *
   * @param {Element} shape
   * @param {Element[]} before
   * @param {string} page
   */
  const groundOf = (shape, before, page) => {
    const form = (/** @type {Element} */ e) => PLACE.map((name) => e.getAttribute(name)).join();
    const width = (/** @type {Element} */ e) => Number.parseFloat(getComputedStyle(e).strokeWidth);
    const casing = before
      .filter((other) => other.tagName === shape.tagName && form(other) === form(shape))
      .findLast((other) => width(other) > width(shape));
    return casing ? getComputedStyle(casing).stroke : page;
  };

  /**
   * The contrast of the fill or the stroke of a shape, 0 where it has none.
   *
   * @param {Shape} shape
   * @param {"fill" | "stroke"} kind
   * @param {Element} svg
   * @param {string} ground
   */
  const contrastOf = (shape, kind, svg, ground) => {
    const style = getComputedStyle(shape);
    if (style[kind] === "none" || (kind === "stroke" && style.strokeWidth === "0px")) return 0;
    if (kind === "fill" && !hasInside(shape)) return 0;
    const opacity = opacityOf(shape, svg) * Number(style.getPropertyValue(`${kind}-opacity`));
    return contrast(style[kind], ground, opacity);
  };

  /** Whether a shape is there to be seen: not a place to grip, not an empty path. */
  const isDrawn = (/** @type {Shape} */ shape, /** @type {Element} */ svg) => {
    const { fill, stroke } = getComputedStyle(shape);
    const painted = [fill, stroke].some((colour) => !["none", "rgba(0, 0, 0, 0)"].includes(colour));
    const { width, height } = shape.getBBox();
    return painted && opacityOf(shape, svg) > 0 && width + height > 0 && shape.checkVisibility();
  };

  /**
   * A line on a wider one is seen on whatever they lie: with one of two colours a ground has at least
   * the root of their contrast.
   *
   * @param {number} found
   * @param {boolean} cased
   */
  const sure = (found, cased) => (cased ? Math.sqrt(found) : found);

  /** @param {SVGSVGElement} svg */
  const faintInPiece = (svg) => {
    const page = backgroundOf(svg);
    const shapes = /** @type {Shape[]} */ ([...svg.querySelectorAll(SHAPES)])
      .filter((shape) => !shape.closest(`defs, clipPath, ${BACKGROUND}`))
      .filter((shape) => isDrawn(shape, svg));
    const casings = new Set();
    const faint = shapes.flatMap((shape, k) => {
      const ground = groundOf(shape, shapes.slice(0, k), page);
      const fill = contrastOf(shape, "fill", svg, ground);
      const found = isText(shape) ? fill : Math.max(fill, contrastOf(shape, "stroke", svg, ground));
      const least = isText(shape) ? TEXT : MARK;
      if (sure(found, ground !== page) >= least) {
        if (ground !== page) casings.add(ground);
        return [];
      }
      const name = shape.getAttribute("class") ?? shape.textContent;
      return [{ shape, text: `${shape.tagName} ${name} on ${ground}: ${found.toFixed(2)}` }];
    });
    return faint
      .filter(({ shape }) => !casings.has(getComputedStyle(shape).stroke))
      .map(({ text }) => text);
  };

  /**
   * The most that a pixel of a canvas stands out from its ground; of an empty one it is endless.
   *
   * @param {HTMLCanvasElement} canvas
   */
  const strongest = (canvas) => {
    const { width, height } = canvas;
    const copy = Object.assign(document.createElement("canvas"), { width, height });
    const context = copy.getContext("2d", { willReadFrequently: true });
    context?.drawImage(canvas, 0, 0);
    const pixels = context?.getImageData(0, 0, width, height).data ?? [];
    const ground = backgroundOf(canvas);
    const colours = new Set();
    for (let k = 0; k < pixels.length; k += 4) {
      if (pixels[k + 3] === 0) continue;
      colours.add(`rgba(${pixels.slice(k, k + 3).join()}, ${pixels[k + 3] / 255})`);
    }
    if (!colours.size) return Number.POSITIVE_INFINITY;
    return Math.max(...[...colours].map((colour) => contrast(colour, ground)));
  };

  const DOTS = ".lab-swarm-plot > canvas:not(.lab-trails)";

  /** Canvases of dots that do not stand out; their trails fade, a map shows its values by shades. */
  const faintPoints = () =>
    /** @type {HTMLCanvasElement[]} */ ([...document.querySelectorAll(DOTS)])
      .filter((canvas) => strongest(canvas) < MARK)
      .map((canvas) => `dots: ${strongest(canvas).toFixed(2)}`);

  const faintLines = () =>
    /** @type {SVGSVGElement[]} */ ([
      ...document.querySelectorAll(".d2l-piece svg:not(.d2l-figure)"),
    ])
      .filter((svg) => svg.checkVisibility())
      .flatMap((svg) => {
        const name = svg.getAttribute("aria-label")?.slice(0, 30);
        return faintInPiece(svg).map((fault) => `${name}: ${fault}`);
      });

  const faintPieces = () => [...faintLines(), ...faintPoints()];

  Object.assign(window, { faintPieces });
})();
