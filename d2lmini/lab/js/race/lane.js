// One lane: the name of a runner, the reader's guess, the track, and the result.

/** @import { Lane } from "./runners.js" */
import { element } from "../parts/elements.js";

export const PLACES = ["–", "1st", "2nd", "3rd", "4th"];
const NO_GUESS = "your guess";
export const UNITS = 1000; // of a track's length

/**
 * @param {Lane} lane
 * @param {number} k
 * @param {(place: number) => void} onGuess
 */
export function makeLane({ name, lr }, k, onGuess) {
  const options = [NO_GUESS, ...PLACES.slice(1)].map((place) => element("option", {}, place));
  const label = `Your guess: the place of ${name}`;
  const change = () => onGuess(select.selectedIndex);
  const select = element("select", { "aria-label": label, onchange: change }, ...options);
  const rate = element("small", {}, `learning rate ${lr}`);
  const verdict = element("small", { class: "race-verdict" });
  const track = element("div", { class: "race-track", role: "img" });
  track.innerHTML =
    `<svg viewBox="0 0 ${UNITS} 10" preserveAspectRatio="none" aria-hidden="true">` +
    '<path class="race-grid"/><path class="race-dots"/></svg><span class="race-runner"></span>';
  const [grid, dots] = track.querySelectorAll("path");
  const runner = /** @type {HTMLElement} */ (track.lastElementChild);
  const result = element("span", { class: "race-result" });
  const head = element(
    "div",
    { class: "race-head" },
    element("b", {}, name),
    select,
    rate,
    verdict,
  );
  const row = element("div", { class: `race-lane race-lane-${k + 1}` }, head, track, result);
  const parts = { row, select, verdict, track, grid, dots, runner, result };
  return { name, ...parts, drawn: 0, path: "", last: -1 };
}
