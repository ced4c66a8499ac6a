// A picture as a control: it is dragged over, or walked with the arrow keys.

/** Steps by keys: to the right, and up. */
const ARROWS = /** @type {Record<string, [number, number]>} */ ({
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowDown: [0, -1],
  ArrowUp: [0, 1],
});

/**
 * Call `point` with the place where a pressed pointer is, in pixels of the picture.
 *
 * @param {SVGElement} picture
 * @param {(x: number, y: number) => void} point
 */
export function followDragging(picture, point) {
  const locate = (/** @type {PointerEvent} */ event) => {
    const { left, top } = picture.getBoundingClientRect();
    point(event.clientX - left, event.clientY - top);
  };
  picture.addEventListener("pointerdown", (event) => {
    picture.setPointerCapture(event.pointerId);
    locate(event);
  });
  picture.addEventListener("pointermove", (event) => {
    if (picture.hasPointerCapture(event.pointerId)) locate(event);
  });
}

/**
 * Call `move` with the steps of a key: to the right, and up.
 *
 * @param {SVGElement} picture
 * @param {(right: number, up: number) => void} move
 * @param {Record<string, [number, number]>} [more] - Steps of more keys.
 */
export function followKeys(picture, move, more = {}) {
  picture.addEventListener("keydown", (event) => {
    const steps = ARROWS[event.key] ?? more[event.key];
    if (!steps || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    move(...steps);
  });
}
