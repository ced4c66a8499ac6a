// Animation frames, which a test can replace by its own.

/**
 * The browser's functions to request an animation frame and to cancel it.
 *
 * @typedef {object} Frames
 * @property {(draw: (milliseconds: number) => void) => number} request
 * @property {(id: number) => void} cancel
 */

/** @type {Frames} */
export const browserFrames = {
  request: (draw) => requestAnimationFrame(draw),
  cancel: (id) => cancelAnimationFrame(id),
};
