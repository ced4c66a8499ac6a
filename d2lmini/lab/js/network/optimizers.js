// The three update rules: SGD, momentum, Adam.

const MOMENTUM = 0.9;
const [BETA_1, BETA_2, EPSILON] = [0.9, 0.999, 1e-8]; // the defaults of Adam's authors

/** @typedef {(parameters: Float64Array, gradient: Float64Array, lr: number) => void} Update */

/**
 * Each function makes an update rule that keeps what it has to remember.
 *
 * @type {Record<string, (size: number) => Update>}
 */
export const OPTIMIZERS = { sgd: makeSgd, momentum: makeMomentum, adam: makeAdam };

/** @returns {Update} */
function makeSgd() {
  return (parameters, gradient, lr) => {
    for (let k = 0; k < parameters.length; k++) parameters[k] -= lr * gradient[k];
  };
}

/**
 * @param {number} size
 * @returns {Update}
 */
function makeMomentum(size) {
  const velocity = new Float64Array(size);
  return (parameters, gradient, lr) => {
    for (let k = 0; k < size; k++) {
      velocity[k] = MOMENTUM * velocity[k] + gradient[k];
      parameters[k] -= lr * velocity[k];
    }
  };
}

/**
 * @param {number} size
 * @returns {Update}
 */
function makeAdam(size) {
  const mean = new Float64Array(size);
  const square = new Float64Array(size);
  let steps = 0;
  return (parameters, gradient, lr) => {
    steps++;
    // Both averages began at 0; these factors make up for it.
    const step = lr / (1 - BETA_1 ** steps);
    const correction = 1 / Math.sqrt(1 - BETA_2 ** steps);
    for (let k = 0; k < size; k++) {
      const g = gradient[k];
      mean[k] += (1 - BETA_1) * (g - mean[k]);
      square[k] = BETA_2 * square[k] + (1 - BETA_2) * g * g;
      parameters[k] -= (step * mean[k]) / (Math.sqrt(square[k]) * correction + EPSILON);
    }
  };
}
