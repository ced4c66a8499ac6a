// What the tests of the lab ask of its page, as functions of the window. It is loaded before the
// page, so that it can note what is drawn on canvases.
(() => {
  const HEADER = 70; // what covers the top of the page, in pixels

  /** @typedef {{ x: number, y: number, alpha: number, color: string }} Dot */

  /** @returns {Promise<number>} */
  const nextFrame = () => new Promise(requestAnimationFrame);

  /** @param {string} selector */
  const find = (selector) => {
    const found = document.querySelector(`.d2l-lab ${selector}`);
    if (!found) throw new Error(`${selector} is not in the page`);
    return found;
  };

  // --- Canvases

  /** @type {WeakMap<HTMLCanvasElement, Dot[]>} */
  const drawn = new WeakMap();
  let lines = 0;
  const { arc, clearRect, lineTo } = CanvasRenderingContext2D.prototype;
  Object.assign(CanvasRenderingContext2D.prototype, {
    /**
     * @this {CanvasRenderingContext2D}
     * @param {[number, number, number, number, number]} all
     */
    arc(...all) {
      const dot = { x: all[0], y: all[1], alpha: this.globalAlpha, color: String(this.fillStyle) };
      drawn.get(this.canvas)?.push(dot);
      arc.apply(this, all);
    },
    /**
     * @this {CanvasRenderingContext2D}
     * @param {[number, number, number, number]} all
     */
    clearRect(...all) {
      drawn.set(this.canvas, []);
      clearRect.apply(this, all);
    },
    /**
     * @this {CanvasRenderingContext2D}
     * @param {[number, number]} all
     */
    lineTo(...all) {
      lines += 1;
      lineTo.apply(this, all);
    },
  });

  /** The dots of the swarm, in pixels of its picture. */
  const dots = () =>
    [...document.querySelectorAll(".d2l-lab .lab-swarm-plot canvas")].flatMap(
      (canvas) => drawn.get(/** @type {HTMLCanvasElement} */ (canvas)) ?? [],
    );

  /** How many steps of dots were drawn as lines since this was asked last. */
  const trails = () => {
    const count = lines;
    lines = 0;
    return count;
  };

  /**
   * The pixels of a canvas, read off a copy: browsers warn of canvases that are read often.
   *
   * @param {HTMLCanvasElement} canvas
   */
  const pixelsOf = (canvas) => {
    const { width, height } = canvas;
    const copy = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
    copy?.drawImage(canvas, 0, 0);
    return [...(copy?.getImageData(0, 0, width, height).data ?? [])];
  };

  /** Red, green, blue and opacity of each cell of the map, row by row from the top. */
  const mapPixels = () => {
    const canvas = /** @type {HTMLCanvasElement} */ (find(".lab-map-plot canvas"));
    return { width: canvas.width, height: canvas.height, data: pixelsOf(canvas) };
  };

  /** How many pixels of the swarm's dots have the colour of the first line. */
  const pixelsOfDots = () => {
    const plot = find(".lab-swarm-plot");
    const probe = new OffscreenCanvas(1, 1).getContext("2d");
    if (!probe) return 0;
    probe.fillStyle = getComputedStyle(plot).getPropertyValue("--lab-1");
    probe.fillRect(0, 0, 1, 1);
    const wanted = probe.getImageData(0, 0, 1, 1).data;
    const data = pixelsOf(/** @type {HTMLCanvasElement} */ (plot.querySelectorAll("canvas")[1]));
    let count = 0;
    for (let k = 0; k < data.length; k += 4) {
      const isNear = [0, 1, 2].every((c) => Math.abs(data[k + c] - wanted[c]) <= 3);
      count += Number(data[k + 3] === 255 && isNear);
    }
    return count;
  };

  // --- Lines and marks, in pixels of the page

  /** @param {string} selector */
  const boxOf = (selector) => {
    const { x, y, width, height } = find(selector).getBoundingClientRect();
    return { x, y, width, height };
  };

  /**
   * The points of a path.
   *
   * @param {string} selector
   */
  const pointsOf = (selector) => {
    const path = /** @type {SVGPathElement | null} */ (
      document.querySelector(`.d2l-lab ${selector}`)
    );
    const matrix = path?.getScreenCTM();
    const d = path?.getAttribute("d")?.replace(/^M|Z$/g, "");
    if (!d || !matrix) return [];
    return d.split("L").map((point) => {
      const [x, y] = point.split(" ").map(Number);
      const place = new DOMPoint(x, y).matrixTransform(matrix);
      return [place.x, place.y];
    });
  };

  /** The lines of the curve: colour, dashes, and points from left to right. */
  const curveLines = () =>
    [...document.querySelectorAll(".lab-curve-plot svg svg g[stroke]")].map((group) => ({
      color: group.getAttribute("stroke"),
      dash: group.firstElementChild?.getAttribute("stroke-dasharray"),
      points: (group.firstElementChild?.getAttribute("d") ?? "")
        .slice(1)
        .split("L")
        .map((point) => point.split(" ").map(Number)),
    }));

  /** The numbers along the axes of the curve, with their places. */
  const curveAxes = () =>
    [...document.querySelectorAll(".lab-curve-plot > svg > :first-child > text")].map((text) =>
      [text.textContent, text.getAttribute("x"), text.getAttribute("y")].join(" "),
    );

  const PARTS =
    "map-plot swarm-plot curve-plot result actions pins code numbers controls tasks".split(" ");

  /** Where the pictures, the result and what follows stand in the page. */
  const places = () =>
    PARTS.map((name) => {
      const { x, y, width, height } = boxOf(`.lab-${name}`);
      return [name, x, y + scrollY, width, height].join(" ");
    });

  // --- Time

  const waitForFrames = async (/** @type {number} */ count) => {
    for (let frame = 0; frame < count; frame++) await nextFrame();
  };

  let speed = 1;

  /** Let the time of the frames run faster, so that a run of eight seconds ends sooner. */
  const setSpeed = (/** @type {number} */ factor) => {
    speed = factor;
  };
  const request = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (draw) => request((time) => draw(speed * time));

  /** @type {Set<string>} */
  const captions = new Set();

  /** Note the caption of the swarm in every frame from now on. */
  const recordCaptions = () => {
    captions.add(find(".lab-swarm figcaption").textContent ?? "");
    request(recordCaptions);
  };

  // --- What a reader reaches

  const nameOfFocus = () => {
    const focus = /** @type {HTMLInputElement} */ (document.activeElement);
    const name = focus.getAttribute("aria-label")?.split(".")[0];
    return name ?? (focus.labels?.[0] ?? focus).textContent;
  };

  /** Controls whose targets are less than 24 pixels wide or high; a label is part of the target. */
  const smallTargets = () =>
    /** @type {HTMLInputElement[]} */ ([
      ...document.querySelectorAll(".d2l-piece :is(a, button, input, select, summary)"),
    ])
      .filter((control) => control.checkVisibility())
      .flatMap((control) => {
        const target = control.labels?.[0] ?? control;
        const box = target.getBoundingClientRect();
        return Math.min(box.width, box.height) < 24
          ? [`${target.textContent}: ${box.width} x ${box.height}`]
          : [];
      });

  /** What reaches out of the lab to the right. */
  const widerThanTheLab = () => {
    const lab = document.querySelector(".d2l-piece");
    const right = lab?.getBoundingClientRect().right ?? 0;
    return [...(lab?.querySelectorAll("*") ?? [])]
      .filter((part) => !part.closest("svg, pre") && part.getBoundingClientRect().right > right + 1)
      .map((part) => part.outerHTML.slice(0, 80));
  };

  /** Whether a section is at the top, or the page cannot be scrolled further. */
  const isAtSection = (/** @type {string} */ section) => {
    const page = document.scrollingElement ?? document.body;
    const rest = page.scrollHeight - page.clientHeight - page.scrollTop;
    const top = document.getElementById(section)?.getBoundingClientRect().top ?? Infinity;
    return rest < 2 || Math.abs(top - HEADER) < 25;
  };

  Object.assign(window, {
    dots,
    trails,
    mapPixels,
    pixelsOfDots,
    boxOf,
    pointsOf,
    curveLines,
    curveAxes,
    places,
    waitForFrames,
    setSpeed,
    recordCaptions,
    recordedCaptions: () => [...captions],
    nameOfFocus,
    smallTargets,
    widerThanTheLab,
    isAtSection,
  });
})();
