// The gradient of the network's loss: the chain rule, layer by layer, from the last to the first.

/** @import { Layer, Network } from "./model.js" */
import { residual } from "./model.js";

/**
 * Add what one row contributes to the gradient of a layer; pass its derivative on to the layer
 * below, whose output was `input`.
 *
 * @param {Layer} layer
 * @param {Float64Array} input
 * @param {Float64Array} [below] - The delta of that layer.
 */
function backward(layer, input, below) {
  const { inputs, outputs, weights, weightGradient, biasGradient, delta } = layer;
  below?.fill(0);
  for (let j = 0, k = 0; j < outputs; j++) {
    const d = delta[j];
    biasGradient[j] += d;
    for (let i = 0; i < inputs; i++, k++) {
      weightGradient[k] += d * input[i];
      if (below) below[i] += d * weights[k];
    }
  }
  // The derivative of a = tanh(s) is 1 - a².
  if (below) for (let i = 0; i < inputs; i++) below[i] *= 1 - input[i] * input[i];
}

/**
 * Write the gradient of half the mean squared error of the rows order[start … end-1].
 *
 * @param {Network} network
 * @param {Float64Array} table
 * @param {ArrayLike<number>} order
 * @param {number} start
 * @param {number} end
 */
export function computeGradient(network, table, order, start, end) {
  const { layers, gradient, input } = network;
  const top = layers.length - 1;
  gradient.fill(0);
  for (let k = start; k < end; k++) {
    layers[top].delta[0] = residual(network, table, order[k]) / (end - start);
    for (let l = top; l > 0; l--) backward(layers[l], layers[l - 1].output, layers[l - 1].delta);
    backward(layers[0], input);
  }
}
