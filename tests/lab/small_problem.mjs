// A small problem for tests: 60 rows of made-up numbers.
import { makeProblem } from "../../d2lmini/lab/js/problem.js";
import { seededRandom, standardNormal } from "../../d2lmini/lab/js/random.js";

const random = seededRandom(8);
export const small = makeProblem(Float32Array.from({ length: 360 }, () => standardNormal(random)));
