// Counts the misses of the simulated cache, one list a line, for the tests in Python.
import { readFileSync } from "node:fs";
import { countMisses, touchesOf } from "../../d2lmini/lab/js/cache/lru.js";
import { ORDERS } from "../../d2lmini/lab/js/cache/orders.js";

for (const [n, lineSize, lines, block] of JSON.parse(readFileSync(0, "utf8"))) {
  const misses = Object.keys(ORDERS).map((order) =>
    countMisses(touchesOf(order, n, block), n, lineSize, lines),
  );
  console.log(JSON.stringify(misses));
}
