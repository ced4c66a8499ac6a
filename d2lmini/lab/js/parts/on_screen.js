// Whether an element is on the screen: what is not seen need not move.

/**
 * Report when an element comes to the screen and when it leaves; return how to stop.
 *
 * @param {Element} watched
 * @param {(visible: boolean) => void} report
 */
export function watchOnScreen(watched, report) {
  let near = false;
  const tell = () => report(near && !document.hidden);
  const observer = new IntersectionObserver((entries) => {
    near = entries.some((entry) => entry.isIntersecting);
    tell();
  });
  observer.observe(watched);
  document.addEventListener("visibilitychange", tell);
  return () => {
    observer.disconnect();
    document.removeEventListener("visibilitychange", tell);
  };
}
