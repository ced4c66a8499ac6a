// How a run ended, in a sentence.

/** @import { Result } from "./engine_types.js" */
import { formatTime } from "../../../../d2lmini/lab/js/parts/format.js";

/**
 * @param {Result} result
 * @param {number} seconds
 * @param {string} verdict - That of a check, or nothing.
 */
export function describeResult({ status, line }, seconds, verdict) {
  if (status === "stopped") return "Stopped.";
  if (status === "too long") return "Stopped by itself after 10 s.";
  if (status === "failed") return line ? `Error in line ${line}, which is marked.` : "Error.";
  return verdict || `Finished in ${formatTime(seconds, 2)}.`;
}
