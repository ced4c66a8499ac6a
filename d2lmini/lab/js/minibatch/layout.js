// The elements of the piece: two pictures, a slider, two buttons, the result in words.

/** @import { Field } from "../parts/elements.js" */
/** @import { Pair } from "./gradients.js" */
import { button, element } from "../parts/elements.js";
import { ARROWS_BOX, frameSvg } from "./arrows_picture.js";
import { ROWS_BOX, rowsSvg } from "./rows_picture.js";

const KEYS = [
  ["single", "a drawn row’s arrow: its negative gradient"],
  ["step", "the step: the mean of these arrows"],
  ["full", "the full step: the mean of all rows’ arrows"],
  ["ring", "one standard deviation of such steps, exact"],
  ["ends", "where earlier steps ended"],
  ["none", "Drawn: two of the six directions."],
];

/**
 * @param {HTMLElement} el
 * @param {object} options
 * @param {Record<string, Field>} options.fields
 * @param {Pair[]} options.points
 * @param {number} options.mean
 * @param {() => void} options.play
 * @param {() => void} options.draw
 */
export function makeMinibatchLayout(el, { fields, points, mean, play, draw }) {
  const rows = picture(ROWS_BOX, rowsSvg(points, mean));
  const arrows = picture(ARROWS_BOX, frameSvg());
  const playButton = button("Play", play, { class: "minibatch-play" });
  const step = element("output", { class: "minibatch-words" });
  const spread = element("p", { class: "minibatch-spread" });
  const name = "Numbers of the last draws";
  const region = { class: "lab-table", tabindex: "0", role: "region", "aria-label": name };
  const table = element("div", region);
  const keys = KEYS.map(([key, text]) => element("li", { class: `minibatch-key-${key}` }, text));
  el.append(
    element(
      "div",
      { class: "minibatch-grid" },
      element("div", { class: "minibatch-left" }, rows),
      element("div", { class: "minibatch-right" }, arrows),
      element(
        "div",
        { class: "minibatch-controls" },
        fields.batch_size.label,
        element("div", { class: "minibatch-buttons" }, playButton, button("Draw once", draw)),
      ),
      step,
      spread,
      element("ul", { class: "minibatch-keys" }, ...keys),
    ),
    element("details", {}, element("summary", {}, name), table),
  );
  return {
    ...{ fields, rows, arrows, step, spread, table, play: playButton },
    drawn: inside(rows, ".minibatch-drawn"),
    plane: inside(arrows, ".minibatch-plane"),
  };
}

/**
 * @param {{ width: number, height: number }} box
 * @param {string} content
 */
function picture({ width, height }, content) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("role", "img");
  svg.innerHTML = content;
  return svg;
}

/**
 * @param {Element} parent
 * @param {string} selector
 */
const inside = (parent, selector) => /** @type {Element} */ (parent.querySelector(selector));
