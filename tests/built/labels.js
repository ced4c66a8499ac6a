// How large the labels of figures are drawn, and whether they are cut or lie on each other.
(() => {
  const TOUCH = 0.5; // pixels of ink that no reader sees

  /**
   * The box of a label's ink on the screen.
   *
   * @typedef {{ text: string, size: number, xs: number[], ys: number[] }} Label
   */

  const brush = /** @type {CanvasRenderingContext2D} */ (
    document.createElement("canvas").getContext("2d")
  );

  const sizeOf = (/** @type {Element} */ part) =>
    Number.parseFloat(getComputedStyle(part).fontSize);

  /**
   * The corners of what is drawn of a part: a line of a font is higher than its letters.
   *
   * @param {SVGTextContentElement} part
   * @param {SVGTextElement} text
   */
  const corners = (part, text) => {
    const { fontSize, fontFamily } = getComputedStyle(part);
    brush.font = `${fontSize} ${fontFamily}`;
    const ink = brush.measureText((part.textContent ?? "").trim());
    const place = /** @type {SVGTSpanElement} */ (part);
    const start =
      part === text
        ? text.getStartPositionOfChar(0)
        : { x: place.x.baseVal[0].value, y: place.y.baseVal[0].value };
    const xs = [start.x - ink.actualBoundingBoxLeft, start.x + ink.actualBoundingBoxRight];
    const ys = [start.y - ink.actualBoundingBoxAscent, start.y + ink.actualBoundingBoxDescent];
    return xs.flatMap((x) => ys.map((y) => new DOMPoint(x, y)));
  };

  /**
   * @param {SVGTextElement} text
   * @returns {Label}
   */
  const labelOf = (text) => {
    const matrix = text.getScreenCTM();
    if (!matrix) throw new Error(`${text.textContent}: is not drawn`);
    const parts = text.children.length ? [...text.children] : [text];
    const points = parts
      .flatMap((part) => corners(/** @type {SVGTextContentElement} */ (part), text))
      .map((point) => point.matrixTransform(matrix));
    const scale = Math.hypot(matrix.a, matrix.b);
    return {
      text: parts.map((part) => part.textContent?.trim()).join(""),
      size: scale * Math.max(...parts.map(sizeOf)),
      xs: [Math.min(...points.map(({ x }) => x)), Math.max(...points.map(({ x }) => x))],
      ys: [Math.min(...points.map(({ y }) => y)), Math.max(...points.map(({ y }) => y))],
    };
  };

  const overlap = (/** @type {number[]} */ one, /** @type {number[]} */ other) =>
    Math.min(one[1], other[1]) - Math.max(one[0], other[0]);

  const lieOnEachOther = (/** @type {Label} */ one, /** @type {Label} */ other) =>
    overlap(one.xs, other.xs) > TOUCH && overlap(one.ys, other.ys) > TOUCH;

  /**
   * What is wrong with the labels of a figure.
   *
   * @param {Element} figure
   * @param {number} least The smallest size [px].
   */
  const faultsIn = (figure, least) => {
    const texts = [...figure.querySelectorAll("text")].filter((text) => text.textContent?.trim());
    const labels = texts.map(labelOf);
    const { left, right, top, bottom } = figure.getBoundingClientRect();
    return labels.flatMap((label, k) => {
      const { text, size, xs, ys } = label;
      const inside =
        overlap(xs, [left, right]) > xs[1] - xs[0] - TOUCH &&
        overlap(ys, [top, bottom]) > ys[1] - ys[0] - TOUCH;
      return [
        ...(size < least ? [`${text}: ${size.toFixed(1)} px`] : []),
        ...(inside ? [] : [`${text}: cut`]),
        ...labels
          .slice(k + 1)
          .filter((other) => lieOnEachOther(label, other))
          .map((other) => `${text}: on ${other.text}`),
      ];
    });
  };

  /**
   * What is wrong with the labels of all figures that are seen.
   *
   * @param {number} least The smallest size [px].
   */
  const badLabels = (least) =>
    [...document.querySelectorAll("svg.d2l-figure:not([aria-hidden])")]
      .filter((figure) => figure.checkVisibility())
      .flatMap((figure) =>
        faultsIn(figure, least).map(
          (fault) => `${figure.getAttribute("aria-label")?.slice(0, 30)}: ${fault}`,
        ),
      );

  Object.assign(window, { badLabels });
})();
