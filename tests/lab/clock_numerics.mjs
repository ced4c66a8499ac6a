// Answers how many steps each batch size needs on the airfoil table, for the tests in Python.
import { readFileSync } from "node:fs";
import { measureSteps } from "../../d2lmini/lab/js/clock/steps.js";
import { makeProblem } from "../../d2lmini/lab/js/engine/problem.js";

const { table, constants, level } = JSON.parse(readFileSync(0, "utf8"));
const problem = makeProblem(Float32Array.from(table), constants);
/** @type {[number | string, number][]} */
const steps = [];
for (const _ of measureSteps(problem, level, (need) => {
  steps.push([need.b === Infinity ? "all" : need.b, need.steps]);
})) {
  // each piece of the work
}
console.log(JSON.stringify(steps));
