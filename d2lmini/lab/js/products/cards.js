// The four squares, each with what it shows and how far it is.

/** @import { Way } from "./ways.js" */
import { element } from "../parts/elements.js";
import { formatInteger } from "../parts/format.js";
import { filledSvg } from "./pictures.js";
import { progressAt } from "./ways.js";
import { percent } from "./words.js";

/** @typedef {{ svg: SVGSVGElement, count: HTMLElement, figure: HTMLElement }} Card */

/**
 * @param {Way} way
 * @param {number} n
 * @param {number} k
 * @returns {Card}
 */
export function makeCard({ title }, n, k) {
  const svg = productsPicture(n, n);
  svg.setAttribute("class", `products-square products-${k + 1}`);
  const count = element("span", { class: "products-count" });
  const caption = element("figcaption", {}, element("b", {}, title), count);
  return { svg, count, figure: element("figure", { class: "products-card" }, svg, caption) };
}

/**
 * @param {Card} card
 * @param {Way} way
 * @param {number} n
 * @param {number} time - In seconds of the machine that was measured.
 */
export function showCard({ svg, count }, way, n, time) {
  const progress = progressAt(way, n, time);
  const [made, all] = [progress.calls, way.calls].map(formatInteger);
  const part = percent(progress.calls, way.calls);
  svg.innerHTML = filledSvg(way, n, progress);
  svg.setAttribute("aria-label", `${way.title}: ${part} of the matrix is filled`);
  count.textContent = `${made} of ${all} ${way.calls === 1 ? "call" : "calls"}`;
}

/**
 * @param {number} width
 * @param {number} height
 */
export function productsPicture(width, height) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("role", "img");
  return svg;
}
