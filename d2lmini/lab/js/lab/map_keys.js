// Keys walk in the map: along one axis, to the next value of the grid.

/** @import { LabSettings } from "./settings.js" */
import { positionIn } from "./cells.js";
import { BATCH_SIZES, RATES } from "./settings.js";

/** Steps in the map by keys beside the arrows: across, and up. */
export const MORE_KEYS = /** @type {Record<string, [number, number]>} */ ({
  PageDown: [0, -5],
  PageUp: [0, 5],
  Home: [-Infinity, 0],
  End: [Infinity, 0],
});

/**
 * What is chosen after some steps.
 *
 * @param {Pick<LabSettings, "batch_size" | "lr">} chosen
 * @param {number} right
 * @param {number} up
 */
export const walkFrom = ({ batch_size, lr }, right, up) => ({
  batch_size: valueAfter(BATCH_SIZES, batch_size, up),
  lr: valueAfter(RATES, lr, right),
});

/**
 * The value so many steps further; from a value between two others the first step leads to the next
 * of them, and at the end of the list there is none.
 *
 * @param {number[]} values - In ascending order.
 * @param {number} value
 * @param {number} steps
 */
function valueAfter(values, value, steps) {
  const position = positionIn(values, value);
  const from = steps > 0 ? Math.floor(position) : Math.ceil(position);
  const next = values[Math.max(0, Math.min(values.length - 1, from + steps))];
  return (next - value) * steps > 0 ? next : value;
}
