// All that `numpy` in the interpreter calls. Numbers stay in the interpreter's memory.

import { arrayText } from "./array_text.js";
import { elementwise } from "./elementwise.js";
import { linear } from "./linear.js";
import { moving } from "./moving.js";
import { random } from "./random.js";
import { reductions } from "./reductions.js";

/** @param {import("./heap.js").Heap} heap */
export const arrays = (heap) => ({
  ...elementwise(heap),
  ...moving(heap),
  ...linear(heap),
  ...reductions(heap),
  ...random(heap),

  /**
   * The text of an array; `prefix` is how far lines after the first are moved to the right.
   * @type {(a: number, ndim: number, m: number, n: number, sm: number, sn: number, kind: number,
   *   separator: string, prefix: number) => string}
   */
  array_text(a, ndim, m, n, sm, sn, kind, separator, prefix) {
    const d = heap.doubles;
    const at = (/** @type {number} */ i, /** @type {number} */ j) => d[(a >>> 3) + i * sm + j * sn];
    return arrayText(at, { ndim, m, n, kind }, separator, prefix);
  },
});
