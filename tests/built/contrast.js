// Contrast as WCAG 2 defines it, between colours as a browser computes them.
(() => {
  const SHAPES = "path, use, rect, circle, line, polygon, text";
  const GRID = "rgb(128, 128, 128)";
  const AREA = 0.25; // An area this faint lies behind the line that it belongs to.

  const channels = (colour) => {
    const [red, green, blue, alpha = 1] = colour.match(/[\d.]+/g).map(Number);
    return { rgb: [red, green, blue], alpha };
  };
  const linear = (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  const luminance = (rgb) => {
    const [red, green, blue] = rgb.map((value) => linear(value / 255));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };

  /** The contrast of a colour, `share` of it opaque, against an opaque ground. */
  window.contrast = (colour, ground, share = 1) => {
    const above = channels(colour);
    const below = channels(ground).rgb;
    const opacity = share * above.alpha;
    const mixed = above.rgb.map((value, k) => opacity * value + (1 - opacity) * below[k]);
    const [dark, light] = [luminance(mixed), luminance(below)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };

  /** The colour that is painted behind an element. */
  window.groundOf = (element) => {
    for (let place = element; place; place = place.parentElement) {
      const colour = getComputedStyle(place).backgroundColor;
      if (channels(colour).alpha === 1) return colour;
    }
    return "rgb(255, 255, 255)";
  };

  const opacityOf = (shape, figure) => {
    let opacity = 1;
    for (let place = shape; place !== figure; place = place.parentElement) {
      opacity *= getComputedStyle(place).opacity;
    }
    return opacity;
  };

  /** Of the two colours of a hatched fill the one that stands out more. */
  const hatchOf = (url, page) => {
    const [ground, lines] = document.getElementById(url.slice(6, -2)).children;
    const colours = [getComputedStyle(ground).fill, getComputedStyle(lines).stroke];
    return colours.sort((one, other) => contrast(other, page) - contrast(one, page))[0];
  };

  /** Fill and stroke of a shape, where it has them. */
  const inksOf = (shape, figure) => {
    const style = getComputedStyle(shape);
    if (style.stroke === GRID) return [];
    return ["fill", "stroke"].flatMap((kind) => {
      const share = opacityOf(shape, figure) * style[`${kind}-opacity`];
      if (style[kind] === "none" || share === 0) return [];
      if (kind === "stroke" && style.strokeWidth === "0px") return [];
      if (!style[kind].startsWith("url")) return [{ shape, kind, colour: style[kind], share }];
      return [{ shape, kind: "hatch", colour: hatchOf(style[kind], groundOf(figure)), share }];
    });
  };

  const isBelow = ({ shape, kind, share }, x, y) => {
    const box = shape.getBoundingClientRect();
    const around = box.left <= x && x <= box.right && box.top <= y && y <= box.bottom;
    return around && kind === "fill" && share === 1 && shape.tagName === "path";
  };

  /** What is too faint in a figure: 3 to 1 against the page, text 4.5 to 1 on what is below it. */
  window.faintIn = (figure) => {
    const page = groundOf(figure);
    const shapes = [...figure.querySelectorAll(SHAPES)].filter((s) => !s.closest("defs, clipPath"));
    const inks = shapes.flatMap((shape) => inksOf(shape, figure));
    return inks.flatMap(({ shape, kind, colour, share }, k) => {
      const isText = shape.tagName === "text";
      const box = shape.getBoundingClientRect();
      const middle = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
      const below = isText ? inks.slice(0, k).filter((ink) => isBelow(ink, ...middle)) : [];
      const ground = below.at(-1)?.colour ?? page;
      const found = contrast(colour, ground, share);
      if (found >= (isText ? 4.5 : 3) || (kind === "fill" && share <= AREA)) return [];
      const name = isText ? `"${shape.textContent}"` : shape.tagName;
      return [`${name}, ${kind} ${colour} ${share} on ${ground}: ${found.toFixed(2)}`];
    });
  };
})();
