// The size of a picture that is drawn pixel by pixel, so that its text has one size everywhere.

/**
 * Call `draw` with the size of an element in pixels, now and whenever it changes.
 *
 * @param {HTMLElement} element
 * @param {(width: number, height: number) => void} draw
 * @returns {() => void} Stops it.
 */
export function followSize(element, draw) {
  const observer = new ResizeObserver(() => {
    const { clientWidth, clientHeight } = element;
    if (clientWidth > 0 && clientHeight > 0) draw(clientWidth, clientHeight);
  });
  observer.observe(element);
  return () => observer.disconnect();
}
