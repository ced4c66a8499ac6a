// Answers what the runners of the race do on the airfoil table, for the tests in Python.
import { readFileSync } from "node:fs";
import { makeProblem } from "../../d2lmini/lab/js/engine/problem.js";
import { LANES, trainRunner } from "../../d2lmini/lab/js/race/runners.js";

const { table, constants, rules } = JSON.parse(readFileSync(0, "utf8"));
const problem = makeProblem(Float32Array.from(table), constants);
const runners = LANES.map((lane) => trainRunner(problem, lane, rules));
console.log(JSON.stringify(runners));
