// Cited sources: the addresses in a text become links.

import { element } from "../parts/elements.js";

const ADDRESS = /(https:\/\/[^\s,)]*[^\s,.)])/;

/**
 * The parts of a text. A page that is opened from here learns nothing of this one's window, as with
 * the other links of the book that lead to another site.
 *
 * @param {string} text
 * @returns {(Node | string)[]}
 */
export const linked = (text) =>
  text
    .split(ADDRESS)
    .map((part, k) => (k % 2 ? element("a", { href: part, rel: "noopener" }, part) : part));
