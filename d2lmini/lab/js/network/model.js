// A small network: two hidden layers with tanh, one output.

/** @import { Random } from "../engine/random.js" */
import { standardNormal } from "../engine/random.js";

const SIZES = [5, 16, 16, 1]; // inputs, two hidden layers, the output
const INPUTS = SIZES[0];
const COLUMNS = INPUTS + 1; // of the table: the features and the target

/**
 * One layer: output j is biases[j] + sum over i of weights[j * inputs + i] * input[i].
 *
 * @typedef {object} Layer
 * @property {number} inputs
 * @property {number} outputs
 * @property {boolean} last - The last layer has no tanh.
 * @property {Float64Array} weights
 * @property {Float64Array} biases
 * @property {Float64Array} weightGradient
 * @property {Float64Array} biasGradient
 * @property {Float64Array} output - For the row that was read last,
 * @property {Float64Array} delta - and the derivative by the sums that tanh was taken of.
 */

/**
 * @typedef {object} Network
 * @property {Float64Array} parameters - Those of all layers, one after the other,
 * @property {Float64Array} gradient - and the derivative of the loss by each.
 * @property {Layer[]} layers - Each is a view of these two arrays.
 * @property {Float64Array} input
 */

/** @returns {Network} */
export function makeNetwork() {
  const total = SIZES.slice(1).reduce((sum, outputs, l) => sum + outputs * (SIZES[l] + 1), 0);
  const parameters = new Float64Array(total);
  const gradient = new Float64Array(total);
  let start = 0;
  const layers = SIZES.slice(1).map((outputs, l) => {
    const inputs = SIZES[l];
    const middle = start + inputs * outputs;
    const end = middle + outputs;
    const layer = {
      inputs,
      outputs,
      last: l === SIZES.length - 2,
      weights: parameters.subarray(start, middle),
      biases: parameters.subarray(middle, end),
      weightGradient: gradient.subarray(start, middle),
      biasGradient: gradient.subarray(middle, end),
      output: new Float64Array(outputs),
      delta: new Float64Array(outputs),
    };
    start = end;
    return layer;
  });
  return { parameters, gradient, layers, input: new Float64Array(INPUTS) };
}

/**
 * Draw the weights from N(0, 1 / inputs); biases are 0.
 *
 * @param {Network} network
 * @param {Random} random
 */
export function initialize({ layers }, random) {
  for (const { weights, biases, inputs } of layers) {
    for (let k = 0; k < weights.length; k++)
      weights[k] = standardNormal(random) / Math.sqrt(inputs);
    biases.fill(0);
  }
}

/**
 * The output of the network for a row of the table, minus the target.
 *
 * @param {Network} network
 * @param {Float64Array} table
 * @param {number} row
 */
export function residual({ layers, input }, table, row) {
  const start = row * COLUMNS;
  for (let i = 0; i < INPUTS; i++) input[i] = table[start + i];
  let values = input;
  for (const layer of layers) values = forward(layer, values);
  return values[0] - table[start + INPUTS];
}

/**
 * @param {Layer} layer
 * @param {Float64Array} input
 */
function forward({ inputs, outputs, last, weights, biases, output }, input) {
  for (let j = 0, k = 0; j < outputs; j++) {
    let sum = biases[j];
    for (let i = 0; i < inputs; i++, k++) sum += weights[k] * input[i];
    output[j] = last ? sum : Math.tanh(sum);
  }
  return output;
}

/**
 * Half the mean squared error over some rows.
 *
 * @param {Network} network
 * @param {Float64Array} table
 * @param {ArrayLike<number>} rows
 */
export function meanError(network, table, rows) {
  let total = 0;
  for (let k = 0; k < rows.length; k++) total += residual(network, table, rows[k]) ** 2;
  return total / (2 * rows.length);
}
