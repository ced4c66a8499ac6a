// The matrix as a square that fills, and the four times as bars on a logarithmic axis.

/** @import { Progress, Way } from "./ways.js" */
import { formatTime } from "../parts/format.js";
import { makeScale } from "../parts/scale.js";

export const BARS_BOX = { width: 340, height: 128 };
const BARS = { left: 140, right: 286, top: 4, pitch: 25 };
const STARTED = 0.6; // the opacity of a call that is about to end
const SMALL = 8; // pixels of a matrix of 256: what is smaller gets a ring around it

/**
 * What is filled, what is being filled, and where that is if it is too small to be seen.
 *
 * @param {Way} way
 * @param {number} n
 * @param {Progress} progress
 */
export function filledSvg({ width, height }, n, { row, column, part }) {
  const above = row ? `M0 0H${n}V${row}H0Z` : "";
  const beside = column ? `M0 ${row}H${column}V${row + height}H0Z` : "";
  const size = `width="${Math.min(width, n - column)}" height="${height}"`;
  const place = `x="${column}" y="${row}" ${size} opacity="${(STARTED * part).toFixed(3)}"`;
  const isSmall = row < n && Math.max(width, height) < (SMALL * n) / 256;
  const [x, y] = [column + width / 2, row + height / 2];
  const ring = `<circle class="products-place" cx="${x}" cy="${y}" r="${n / 28}"/>`;
  return `<path d="${above}${beside}"/><rect ${place}/>${isSmall ? ring : ""}`;
}

/**
 * The times as bars; a logarithmic axis has no zero, so they begin at a power of ten.
 *
 * @param {Way[]} ways
 */
export function barsSvg(ways) {
  const { left, right, top, pitch } = BARS;
  const seconds = ways.map((way) => way.seconds);
  const low = 10 ** Math.floor(Math.log10(Math.min(...seconds)) - 0.3);
  const high = 10 ** Math.ceil(Math.log10(Math.max(...seconds)));
  const px = makeScale({ low, high, log: true }, left, right);
  const bottom = top + pitch * ways.length;
  const ticks = px.ticks.filter((tick) => /^1(e|0*$|$)/.test(tick.toExponential(0)));
  const every = Math.ceil(ticks.length / 4);
  const grid = ticks.map((tick, k) => {
    const x = px(tick).toFixed(1);
    const place = `x="${x}" y="${bottom + 15}" text-anchor="middle"`;
    const label = `<text ${place}>${formatTime(tick)}</text>`;
    const line = `<path class="lab-grid" d="M${x} ${top}V${bottom}"/>`;
    return line + (k % every ? "" : label);
  });
  const bars = ways.map(({ title, seconds: time }, k) => {
    const y = top + pitch * k;
    const end = px(time);
    return (
      `<text x="${left - 6}" y="${y + 17}" text-anchor="end">${title}</text>` +
      `<rect class="products-bar products-${k + 1}" x="${left}" y="${y + 5}" ` +
      `width="${(end - left).toFixed(1)}" height="${pitch - 10}"/>` +
      `<text class="lab-note" x="${(end + 5).toFixed(1)}" y="${y + 17}">${formatTime(time)}</text>`
    );
  });
  return [...grid, ...bars].join("");
}
