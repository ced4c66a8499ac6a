// A slider over a list of values, with its label and the value beside it.

/** @import { Field } from "./elements.js" */
import { element } from "./elements.js";

/**
 * The position of the listed value that is nearest to the given one on a logarithmic scale.
 *
 * @param {number[]} values
 * @param {number} value
 */
export function nearestIndex(values, value) {
  const distances = values.map((one) => Math.abs(Math.log(one / value)));
  return distances.indexOf(Math.min(...distances));
}

/**
 * A labelled slider. It can show any value: the handle stands at the nearest one of the list.
 *
 * @param {string} label
 * @param {number[]} values - In ascending order.
 * @param {(value: number) => string} format
 * @param {(value: number) => void} onChange
 * @returns {Field}
 */
export function sliderField(label, values, format, onChange) {
  const range = { type: "range", min: 0, max: values.length - 1, step: 1 };
  const change = () => onChange(values[Number(input.value)]);
  const input = element("input", { ...range, oninput: change });
  const readout = element("span", { class: "lab-value", "aria-hidden": "true" });
  /** @param {number} value */
  const show = (value) => {
    input.value = String(nearestIndex(values, value));
    readout.textContent = format(value);
    input.setAttribute("aria-valuetext", `${label} ${format(value)}`);
  };
  const name = element("span", {}, label);
  return { label: element("label", { class: "lab-slider" }, name, input, readout), show };
}
