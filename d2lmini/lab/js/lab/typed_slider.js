// A slider over the values of the map, and beside it a number for all the values between.

/** @import { Field } from "../parts/elements.js" */
/** @import { Setting } from "../parts/settings.js" */
import { element, numberInput } from "../parts/elements.js";
import { formatNumber } from "../parts/format.js";
import { sliderField } from "../parts/slider.js";

const STEP = 0.01; // of the arrow keys, for a number that is not whole

/**
 * @param {Setting} setting - A number with choices.
 * @param {(value: number) => void} onChange
 * @returns {Field}
 */
export function typedSlider({ label, choices = [], range = [], whole }, onChange) {
  const slider = sliderField(label, choices, formatNumber, onChange);
  const steps = { min: whole ? range[0] : 0, max: range[1], step: whole ? 1 : STEP };
  const { input, show } = numberInput(steps, onChange);
  input.setAttribute("aria-label", `${label}, typed`);
  return {
    label: element("div", { class: "lab-typed" }, slider.label, input),
    show: (value) => {
      slider.show(value);
      show(value);
    },
  };
}
