// Answers how many steps each batch size needs on the airfoil table, for the tests in Python.
import { readFileSync } from "node:fs";
import { measureSteps } from "../../d2lmini/lab/js/clock/steps.js";
import { makeProblem } from "../../d2lmini/lab/js/engine/problem.js";

const { table, constants, level, copies } = JSON.parse(readFileSync(0, "utf8"));
const problem = makeProblem(Float32Array.from(table), constants);
/** @type {import("../../d2lmini/lab/js/clock/steps.js").Need[]} */
const needs = [];
for (const _ of measureSteps(problem, level, needs, copies)) {
  // each piece of the work
}
const answers = needs.map(({ b, steps, lr }) => [b === Infinity ? "all" : b, [steps, lr]]);
console.log(JSON.stringify(answers));
