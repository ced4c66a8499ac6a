// The dots of the swarm and their trails, on canvases.

/** @typedef {CanvasRenderingContext2D} Context */
/** @typedef {[number, number][]} Places - In pixels of the page. */

const FADING = 0.1; // of the trails, at each frame

/**
 * The drawing of a canvas, in pixels of the page.
 *
 * @param {HTMLCanvasElement} canvas
 */
export function contextOf(canvas) {
  const context = /** @type {Context} */ (canvas.getContext("2d"));
  context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
  return context;
}

/**
 * Let what is drawn fade a little.
 *
 * @param {Context} context
 * @param {number} width
 * @param {number} height
 */
export function fade(context, width, height) {
  context.globalCompositeOperation = "destination-out";
  context.fillStyle = `rgb(0 0 0 / ${FADING})`;
  context.fillRect(0, 0, width, height);
  context.globalCompositeOperation = "source-over";
}

/**
 * The first dot is larger: it is the run of the curve.
 *
 * @param {Context} context
 * @param {Places} places
 * @param {string} color
 */
export function drawDots(context, places, color) {
  context.fillStyle = color;
  for (const [k, [x, y]] of places.entries()) {
    context.globalAlpha = k === 0 ? 1 : 0.55;
    context.beginPath();
    context.arc(x, y, k === 0 ? 3.5 : 2, 0, 7);
    context.fill();
  }
}

/**
 * @param {Context} context
 * @param {Places} from
 * @param {Places} to
 * @param {string} color
 */
export function drawSegments(context, from, to, color) {
  context.strokeStyle = color;
  context.globalAlpha = 0.25;
  context.beginPath();
  for (const [k, place] of from.entries()) {
    context.moveTo(...place);
    context.lineTo(...to[k]);
  }
  context.stroke();
  context.globalAlpha = 1;
}
