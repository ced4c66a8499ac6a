// The gradient of a minibatch.

/**
 * Write the mean gradient of the rows order[start … start+size-1] to `gradient`.
 *
 * The loop over the six weights is unrolled: this is where a run spends its time.
 *
 * @param {Float64Array} table - Rows of five features and the target.
 * @param {Float64Array} w
 * @param {ArrayLike<number>} order
 * @param {number} start
 * @param {number} size
 * @param {Float64Array} gradient
 */
export function minibatchGradient(table, w, order, start, size, gradient) {
  const w0 = w[0];
  const w1 = w[1];
  const w2 = w[2];
  const w3 = w[3];
  const w4 = w[4];
  const w5 = w[5];
  let g0 = 0;
  let g1 = 0;
  let g2 = 0;
  let g3 = 0;
  let g4 = 0;
  let g5 = 0;
  for (let k = start; k < start + size; k++) {
    const p = order[k] * 6;
    const a = table[p];
    const b = table[p + 1];
    const c = table[p + 2];
    const d = table[p + 3];
    const e = table[p + 4];
    const error = a * w0 + b * w1 + c * w2 + d * w3 + e * w4 + w5 - table[p + 5];
    g0 += error * a;
    g1 += error * b;
    g2 += error * c;
    g3 += error * d;
    g4 += error * e;
    g5 += error;
  }
  gradient[0] = g0 / size;
  gradient[1] = g1 / size;
  gradient[2] = g2 / size;
  gradient[3] = g3 / size;
  gradient[4] = g4 / size;
  gradient[5] = g5 / size;
}
