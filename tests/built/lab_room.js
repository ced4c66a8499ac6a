// Before a page of the lab is read: records the height that is kept for it, and what jumps.
(() => {
  /** @typedef {PerformanceEntry & { value: number, hadRecentInput: boolean }} Shift */

  const height = () =>
    /** @type {HTMLElement | null} */ (document.querySelector(".d2l-hosted"))?.offsetHeight;

  /** @type {number | undefined} */
  let kept;
  // The page's own scripts have run by then, but the lab's is not loaded yet.
  addEventListener("DOMContentLoaded", () => {
    kept = height();
  });

  /** @type {Shift[]} */
  const shifts = [];
  const record = (/** @type {PerformanceEntry[]} */ entries) =>
    shifts.push(.../** @type {Shift[]} */ (entries));
  const observer = new PerformanceObserver((list) => {
    record(list.getEntries());
  });
  observer.observe({ type: "layout-shift", buffered: true });

  /** The sum of all shifts that followed nothing a reader did: at least what browsers report. */
  const layoutShift = () => {
    record(observer.takeRecords());
    const sizes = shifts.filter((one) => !one.hadRecentInput).map(({ value }) => value);
    return sizes.reduce((sum, size) => sum + size, 0);
  };

  Object.assign(window, { keptHeight: () => kept, height, layoutShift });
})();
