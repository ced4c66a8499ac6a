// Answers questions about the network's numerics, one JSON a line, for the tests in Python.
import { readFileSync } from "node:fs";
import { computeGradient } from "../../d2lmini/lab/js/network/gradient.js";
import { makeNetwork, meanError } from "../../d2lmini/lab/js/network/model.js";
import { OPTIMIZERS } from "../../d2lmini/lab/js/network/optimizers.js";
import { splitRows, trainEpoch } from "../../d2lmini/lab/js/network/run.js";
import { computeCell } from "../../d2lmini/lab/js/network/sweep.js";

const { table: values, questions } = JSON.parse(readFileSync(0, "utf8"));
const table = Float64Array.from(values);

/** @type {Record<string, (question: any) => object>} */
const answers = {
  /** The gradient of a minibatch, and its error. */
  gradient: ({ parameters, rows }) => {
    const network = makeNetwork();
    network.parameters.set(parameters);
    const order = [0, ...rows, 0]; // it begins and ends within the order
    computeGradient(network, table, order, 1, rows.length + 1);
    return { gradient: [...network.gradient], error: meanError(network, table, rows) };
  },

  /** The parameters after each epoch, from given ones and orders of the rows. */
  path: ({ parameters, orders, optimizer, ...settings }) => {
    const network = makeNetwork();
    network.parameters.set(parameters);
    const update = OPTIMIZERS[optimizer](parameters.length);
    return orders.map((/** @type {number[]} */ order) => {
      trainEpoch(network, update, table, order, settings);
      return [...network.parameters];
    });
  },

  cell: ({ job, held }) => computeCell(table, splitRows(table.length / 6, held), job),
};

for (const { kind, ...question } of questions) {
  console.log(JSON.stringify(answers[kind](question)));
}
