// What `benchmarks.dragging` measures in the lab's page. All times are milliseconds.

/** @typedef {{ batchSize: number, milliseconds: number }} Painted */

/** @type {Painted[]} */
const painted = [];

/** The batch size that the lab shows. */
const shownBatchSize = () => {
  const text = document.querySelector(".lab-result")?.textContent ?? "";
  return Number(/^b = (\d+)/.exec(text)?.[1]);
};

/** Record from now on how long each move of the pointer takes until its frame is painted. */
export function record() {
  const channel = new MessageChannel();
  /** @type {number[]} */
  const begun = [];
  channel.port1.onmessage = () => {
    const now = performance.now();
    const batchSize = shownBatchSize();
    for (const start of begun.splice(0)) painted.push({ batchSize, milliseconds: now - start });
  };
  addEventListener(
    "pointermove",
    () => {
      // The moves of a frame come together, right before it; the message comes after it.
      if (begun.length === 0) requestAnimationFrame(() => channel.port2.postMessage(null));
      begun.push(performance.now());
    },
    { capture: true },
  );
}

/** What was recorded since it was asked for last. */
export const recorded = () => painted.splice(0);

/**
 * Recolour the map by another seed: how long it takes, and the longest time in which the page
 * could not have answered.
 */
export async function recolour() {
  const seed = /** @type {HTMLInputElement} */ (
    [...document.querySelectorAll("label")].find((label) => label.textContent === "seed")?.control
  );
  const caption = /** @type {Element} */ (document.querySelector(".lab-map figcaption"));
  let longest = 0;
  let last = performance.now();
  let running = true;
  const channel = new MessageChannel();
  channel.port1.onmessage = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (running) setTimeout(() => channel.port2.postMessage(null));
  };
  const began = performance.now();
  seed.value = String(Number(seed.value) + 1);
  seed.dispatchEvent(new Event("change", { bubbles: true }));
  channel.port2.postMessage(null);
  await new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (!caption.textContent?.includes("trained here")) return;
      observer.disconnect();
      resolve(null);
    });
    observer.observe(caption, { childList: true, characterData: true, subtree: true });
  });
  running = false;
  return { milliseconds: performance.now() - began, longest };
}
