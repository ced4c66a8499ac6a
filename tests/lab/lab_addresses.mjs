// Prints as many made addresses of the lab as the command line asks for.
import { LAB_TABLE } from "../../d2lmini/lab/js/lab/settings.js";
import { madeQuery, seeded } from "./made_addresses.mjs";

const random = seeded(60);
const queries = Array.from({ length: Number(process.argv[2]) }, () =>
  madeQuery(random, LAB_TABLE)
    .replace(/\p{Surrogate}/gu, "")
    .replace(/^(?!\?)/, "?"),
);
console.log(JSON.stringify(queries));
