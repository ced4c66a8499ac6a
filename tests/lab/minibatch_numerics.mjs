// Answers questions about minibatch gradients, one JSON a line, for the tests in Python.
import { readFileSync } from "node:fs";
import { seededRandom } from "../../d2lmini/lab/js/engine/random.js";
import { drawMinibatch, makeCloud, spreadOf } from "../../d2lmini/lab/js/minibatch/gradients.js";

const { table, directions, questions } = JSON.parse(readFileSync(0, "utf8"));
const cloud = makeCloud(Float32Array.from(table), directions);

for (const batchSize of questions) {
  const { arrows, length, along, across, covariance, variance } = cloud;
  const { distance } = spreadOf(cloud, batchSize);
  const { step } = drawMinibatch(cloud, batchSize, seededRandom(0));
  const answer = { arrows, length, along, across, covariance, variance, distance, step };
  console.log(JSON.stringify(answer));
}
