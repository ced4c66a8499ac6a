// The cells of the map, a pixel each.

import { element } from "../parts/elements.js";
import { CELLS, COLUMNS_OF_MAP } from "./cells.js";
import { BEST, colorOf, cssColor, WORST } from "./colors.js";

const UNKNOWN = [140, 140, 140, 255]; // of a cell that is not trained yet
const NOTHING = [0, 0, 0, 0]; // the hatching below is seen where a run diverged

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Float64Array} excess - The loss above the floor at each cell.
 */
export function paintCells(canvas, excess) {
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const image = context.createImageData(canvas.width, canvas.height);
  for (let cell = 0; cell < CELLS; cell++) {
    const row = canvas.height - 1 - Math.floor(cell / COLUMNS_OF_MAP);
    const pixel = row * COLUMNS_OF_MAP + (cell % COLUMNS_OF_MAP);
    image.data.set(pixelOf(excess[cell]), 4 * pixel);
  }
  context.putImageData(image, 0, 0);
}

/** @param {number} excess */
function pixelOf(excess) {
  if (Number.isNaN(excess)) return UNKNOWN;
  return excess === Infinity ? NOTHING : [...colorOf(excess), 255];
}

/** The scale of the colours, from the loss at the beginning of a run to the least one. */
export function makeColorScale() {
  const shares = [0, 0.25, 0.5, 0.75, 1];
  const colors = shares.map((share) => cssColor(WORST * (BEST / WORST) ** share));
  const bar = element("span", { class: "lab-scale-bar", "aria-hidden": "true" });
  bar.style.background = `linear-gradient(to right, ${colors.join(", ")})`;
  return element("span", { class: "lab-scale" }, `${WORST}`, bar, `${BEST}`);
}
