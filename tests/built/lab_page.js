// What the tests of the lab ask of its page, as functions of the window.
(() => {
  const CLOCK = 1;
  const PATH = 2;
  const HEADER = 70; // what covers the top of the page, in pixels

  /** @returns {Promise<number>} */
  const nextFrame = () => new Promise(requestAnimationFrame);

  /** @param {number} index */
  const chart = (index) => document.querySelectorAll(".lab-chart")[index];

  // --- What is drawn

  const pointsOfPath = () => {
    const line = chart(PATH).querySelector("svg > svg g[stroke] path");
    return line?.getAttribute("d")?.split("L").length ?? 0;
  };

  const labelsOfClock = () =>
    [...chart(CLOCK).querySelectorAll("svg > text")].map((text) => text.textContent);

  /** Two columns, or one. */
  const columnsOfPictures = () =>
    new Set(
      [...document.querySelectorAll(".lab-chart")].map((one) => one.getBoundingClientRect().x),
    ).size;

  // --- What changes in time

  /** @type {Set<number>} */
  const seen = new Set();

  /** Count the points of the path in every frame from now on. */
  const recordPath = () => {
    seen.add(pointsOfPath());
    requestAnimationFrame(recordPath);
  };

  let speed = 1;

  /** Let the time of the frames run faster or slower, so that a run of eight seconds ends sooner. */
  const controlTime = () => {
    const request = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (draw) => request((time) => draw(speed * time));
  };

  const setSpeed = (/** @type {number} */ factor) => {
    speed = factor;
  };

  const waitForFrames = async (/** @type {number} */ count) => {
    for (let frame = 0; frame < count; frame++) await nextFrame();
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
      ...document.querySelectorAll(".d2l-lab :is(a, button, input, select, summary)"),
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
    const lab = document.querySelector(".d2l-lab");
    const right = lab?.getBoundingClientRect().right ?? 0;
    return [...(lab?.querySelectorAll("*") ?? [])]
      .filter((part) => !part.closest("svg svg") && part.getBoundingClientRect().right > right + 1)
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
    pointsOfPath,
    labelsOfClock,
    columnsOfPictures,
    recordPath,
    recordedPoints: () => [...seen],
    controlTime,
    setSpeed,
    waitForFrames,
    nameOfFocus,
    smallTargets,
    widerThanTheLab,
    isAtSection,
  });
})();
