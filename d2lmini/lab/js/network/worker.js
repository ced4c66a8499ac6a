// What runs in the background: it is sent a table and jobs, and sends back a cell for each job.

/** @import { Job } from "./sweep.js" */
import { splitRows } from "./run.js";
import { computeCell, countRuns } from "./sweep.js";

/** @typedef {{ table: Float64Array, columns: number, held: number, jobs: Job[] }} Request */

/**
 * @typedef {{ kind: "run", done: number, total: number }
 *   | { kind: "cell", cell: import("./sweep.js").Cell }
 *   | { kind: "end" }} Reply
 */

/** @param {Reply} message */
const reply = (message) => postMessage(message);

/** @param {Request} request */
function answer({ table, columns, held, jobs }) {
  const split = splitRows(table.length / columns, held);
  const total = jobs.reduce((sum, job) => sum + countRuns(job), 0);
  let done = 0;
  const count = () => reply({ kind: "run", done: ++done, total });
  for (const job of jobs) reply({ kind: "cell", cell: computeCell(table, split, job, count) });
  reply({ kind: "end" });
}

addEventListener("message", ({ data }) => answer(data));
