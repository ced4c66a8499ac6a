// Contrast as WCAG 2 defines it, between colours as a browser computes them.
(() => {
  const SHAPES = "path, use, rect, circle, line, polygon, text";
  const GRID = "rgb(128, 128, 128)";
  const AREA_OPACITY = 0.25; // an area this faint lies behind the line that it belongs to

  /**
   * The colour of a shape's fill, stroke or hatch, and how much of it is opaque.
   *
   * @typedef {{ shape: Element, kind: string, colour: string, opacity: number }} Ink
   */

  /** @param {string} colour */
  const channels = (colour) => {
    const [red, green, blue, alpha = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number);
    const scale = colour.startsWith("color(srgb") ? 255 : 1;
    return { rgb: [red, green, blue].map((value) => scale * value), alpha };
  };

  /** @param {number[]} rgb */
  const luminance = (rgb) => {
    const [red, green, blue] = rgb
      .map((value) => value / 255)
      .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };

  /**
   * The contrast of a colour, with so much opacity, against an opaque background.
   *
   * @param {string} colour
   * @param {string} background
   * @param {number} [opacity]
   */
  const contrast = (colour, background, opacity = 1) => {
    const above = channels(colour);
    const below = channels(background).rgb;
    const alpha = opacity * above.alpha;
    const mixed = above.rgb.map((value, k) => alpha * value + (1 - alpha) * below[k]);
    const [dark, light] = [luminance(mixed), luminance(below)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };

  /**
   * The colour that is painted behind an element.
   *
   * @param {Element} element
   * @returns {string}
   */
  const backgroundOf = (element) => {
    const colour = getComputedStyle(element).backgroundColor;
    if (channels(colour).alpha === 1) return colour;
    return element.parentElement ? backgroundOf(element.parentElement) : "rgb(255, 255, 255)";
  };

  /**
   * @param {Element | null} shape
   * @param {Element} figure
   * @returns {number}
   */
  const opacityOf = (shape, figure) => {
    if (!shape || shape === figure) return 1;
    return Number(getComputedStyle(shape).opacity) * opacityOf(shape.parentElement, figure);
  };

  /**
   * Of the two colours of a hatched fill the one that has more contrast.
   *
   * @param {string} url
   * @param {string} page
   */
  const hatchColour = (url, page) => {
    const pattern = document.getElementById(url.slice(6, -2));
    if (!pattern) throw new Error(`${url}: there is no such pattern`);
    const [background, lines] = pattern.children;
    const colours = [getComputedStyle(background).fill, getComputedStyle(lines).stroke];
    return colours.sort((one, other) => contrast(other, page) - contrast(one, page))[0];
  };

  /**
   * Fill and stroke of a shape, where it has them.
   *
   * @param {Element} shape
   * @param {Element} figure
   * @returns {Ink[]}
   */
  const inksOf = (shape, figure) => {
    const style = getComputedStyle(shape);
    if (style.stroke === GRID) return [];
    return ["fill", "stroke"].flatMap((kind) => {
      const colour = style.getPropertyValue(kind);
      const opacity = opacityOf(shape, figure) * Number(style.getPropertyValue(`${kind}-opacity`));
      if (colour === "none" || opacity === 0) return [];
      if (kind === "stroke" && style.strokeWidth === "0px") return [];
      if (!colour.startsWith("url")) return [{ shape, kind, colour, opacity }];
      return [{ shape, kind: "hatch", colour: hatchColour(colour, backgroundOf(figure)), opacity }];
    });
  };

  /**
   * Whether an ink covers a point of the screen.
   *
   * @param {Ink} ink
   * @param {number} x
   * @param {number} y
   */
  const covers = ({ shape, kind, opacity }, x, y) => {
    const box = shape.getBoundingClientRect();
    const around = box.left <= x && x <= box.right && box.top <= y && y <= box.bottom;
    return around && kind === "fill" && opacity === 1 && shape.tagName === "path";
  };

  /**
   * What a text is painted on: the last of the inks before it that covers its middle, or the page.
   *
   * @param {Element} text
   * @param {Ink[]} before
   * @param {string} page
   */
  const colourBelow = (text, before, page) => {
    const box = text.getBoundingClientRect();
    const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    return before.filter((ink) => covers(ink, x, y)).at(-1)?.colour ?? page;
  };

  /**
   * What is too faint in a figure: 3 to 1 against the page, text 4.5 to 1 on what is below it.
   *
   * @param {Element} figure
   */
  const faintIn = (figure) => {
    const page = backgroundOf(figure);
    const shapes = [...figure.querySelectorAll(SHAPES)].filter((s) => !s.closest("defs, clipPath"));
    const inks = shapes.flatMap((shape) => inksOf(shape, figure));
    return inks.flatMap(({ shape, kind, colour, opacity }, k) => {
      const isText = shape.tagName === "text";
      const background = isText ? colourBelow(shape, inks.slice(0, k), page) : page;
      const found = contrast(colour, background, opacity);
      if (found >= (isText ? 4.5 : 3) || (kind === "fill" && opacity <= AREA_OPACITY)) return [];
      const name = isText ? `"${shape.textContent}"` : shape.tagName;
      return [`${name}, ${kind} ${colour} ${opacity} on ${background}: ${found.toFixed(2)}`];
    });
  };

  Object.assign(window, { contrast, backgroundOf, opacityOf, faintIn });
})();
