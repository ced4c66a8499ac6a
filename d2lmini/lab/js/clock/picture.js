// Three panels over the batch size: steps to the level, seconds a step, and their product.

/** @import { StepCost } from "../engine/timing.js" */
/** @import { Domain, Scale } from "../parts/scale.js" */
/** @import { Curves } from "./curves.js" */
/** @import { Panel } from "./panel.js" */
import { formatShort, stepSeconds } from "../clocks/clocks.js";
import { formatInteger } from "../parts/format.js";
import { noteSvg } from "../parts/plot.js";
import { makeScale } from "../parts/scale.js";
import { decadesAround } from "./curves.js";
import { panelSvg, WIDEST } from "./panel.js";

const LEFT = 54;
const RIGHT = 14;
const GAP = 28; // above a panel, for its title
const FOOT = 42; // below the last one, for its axis
const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** @type {Panel[]} */
const PANELS = [
  { quantity: "steps", title: "steps", share: 0.26, color: "var(--lab-1)", format: formatInteger },
  {
    quantity: "cost",
    title: "× time of a step, α + βb (drag the ring)",
    share: 0.26,
    color: "var(--lab-2)",
    format: formatShort,
  },
  {
    quantity: "time",
    title: "= time to the loss",
    share: 0.48,
    color: "var(--lab-3)",
    format: formatShort,
  },
];

/**
 * The domains of the three panels.
 *
 * @param {Curves} curves
 * @param {StepCost} cost
 * @returns {Domain[]}
 */
export function domainsOf({ minibatches, all }, cost) {
  const entries = all ? [...minibatches, all] : minibatches;
  const costs = [1, WIDEST].map((rows) => stepSeconds(cost, rows));
  const times = entries.map(({ time }) => time);
  return [
    decadesAround([1, ...entries.map(({ steps }) => steps)]),
    decadesAround(costs),
    decadesAround(all ? [...times, all.steps * costs[1]] : costs),
  ];
}

/**
 * The domains while the ring is dragged. The one of the ring stays, so that it follows the pointer;
 * that of the times grows, so that its curve remains in sight.
 *
 * @param {Domain[]} before
 * @param {Domain[]} now
 * @returns {Domain[]}
 */
export function widened([steps, cost, time], [, , next]) {
  const low = Math.min(time.low, next.low);
  return [steps, cost, { low, high: Math.max(time.high, next.high), log: true }];
}

/**
 * The panels as SVG text, and the scales of the one with the cost.
 *
 * @param {Curves} curves
 * @param {StepCost} cost
 * @param {Domain[]} domains
 * @param {{ width: number, height: number }} size
 */
export function drawPanels(curves, cost, domains, { width, height }) {
  const px = makeScale({ low: 1, high: WIDEST, log: true }, LEFT, width - RIGHT);
  const room = height - 3 * GAP - FOOT;
  let bottom = 0;
  const panels = PANELS.map((panel, k) => {
    const top = bottom + GAP;
    bottom = top + panel.share * room;
    const py = makeScale(domains[k], bottom, top);
    return { py, svg: panelSvg(panel, curves, cost, px, py, [top, bottom]) };
  });
  const labels = px.ticks.map((tick) =>
    noteSvg(px(tick).toFixed(1), bottom + 16, power(tick), "middle"),
  );
  const axis = noteSvg((LEFT + width - RIGHT) / 2, bottom + 35, "batch size b", "middle");
  const svg = [...panels.map((panel) => panel.svg), ...labels, axis].join("");
  return { svg, px, py: panels[1].py };
}

/** @param {number} tick */
const power = (tick) =>
  tick < 1000 ? String(tick) : `10${SUPERSCRIPTS[Math.round(Math.log10(tick))]}`;

/**
 * From a position on a logarithmic scale back to the value.
 *
 * @param {Scale} scale
 * @param {number} position
 */
export function valueAt(scale, position) {
  const [one, ten] = [scale(1), scale(10)];
  return 10 ** ((position - one) / (ten - one));
}
