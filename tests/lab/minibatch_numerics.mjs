// Answers questions about minibatch gradients, one JSON a line, for the tests in Python.
import { readFileSync } from "node:fs";
import { makeCloud, spreadOf } from "../../d2lmini/lab/js/minibatch/gradients.js";

const { table, questions } = JSON.parse(readFileSync(0, "utf8"));
const cloud = makeCloud(Float32Array.from(table));

for (const batchSize of questions) {
  const { full, along, across, covariance, variance } = cloud;
  const { distance } = spreadOf(cloud, batchSize);
  console.log(JSON.stringify({ full, along, across, covariance, variance, distance }));
}
