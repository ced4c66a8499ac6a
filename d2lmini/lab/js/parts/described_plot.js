// What a chart is asked to draw, and what it says about it.

/** @import { Point, Series } from "./plot.js" */
/** @import { Domain, Scale } from "./scale.js" */

/**
 * SVG made from the two scales.
 *
 * @typedef {(px: Scale, py: Scale) => string} MakeSvg
 */

/**
 * @typedef {object} Plot
 * @property {Domain} x
 * @property {Domain} y
 * @property {string} xlabel
 * @property {string} ylabel
 * @property {Series[]} series
 * @property {Point[]} [points] - Values are read off these; where left out, off the first line.
 * @property {number} [selected] - The point that is marked at first.
 * @property {(index: number) => void} [choose] - Called for a point that the reader selects, which
 *   then stays marked.
 * @property {number[]} [levels]
 * @property {MakeSvg} [behind] - More SVG behind the lines,
 * @property {MakeSvg} [above] - and in front of them.
 * @property {string} summary - The picture in words.
 * @property {(point: Point, index: number) => string} describe - A point in words.
 */

export {};
