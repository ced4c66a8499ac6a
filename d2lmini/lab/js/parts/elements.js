// Plain elements with labels: numbers, switches, choices, buttons.

/**
 * A control, its label, and a way to show a value in it.
 *
 * @typedef {{ label: HTMLElement, show: (value: any) => void }} Field
 */

/**
 * An element with attributes and children; `on…` attributes are listeners.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, any>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
  const created = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) created.addEventListener(name.slice(2), value);
    else if (value !== false) created.setAttribute(name, value === true ? "" : value);
  }
  created.append(...children);
  return created;
}

/**
 * @param {string} label
 * @param {() => void} onClick
 * @param {Record<string, any>} [attributes]
 */
export const button = (label, onClick, attributes = {}) =>
  element("button", { type: "button", onclick: onClick, ...attributes }, label);

/**
 * A number; a field that was emptied, or holds no number, shows the last one again.
 *
 * @param {{ min: number, max: number, step: number }} range
 * @param {(value: number) => void} onChange
 */
export function numberInput(range, onChange) {
  let shown = "";
  const change = () => {
    if (input.value === "") input.value = shown;
    else onChange(Number(input.value));
  };
  const input = element("input", { type: "number", ...range, onchange: change });
  /** @param {number} value */
  const show = (value) => {
    shown = String(value);
    input.value = shown;
  };
  return { input, show };
}

/**
 * A labelled number.
 *
 * @param {string} label
 * @param {{ min: number, max: number, step: number }} range
 * @param {(value: number) => void} onChange
 * @returns {Field}
 */
export function numberField(label, range, onChange) {
  const { input, show } = numberInput(range, onChange);
  return { label: element("label", {}, label, input), show };
}

/**
 * A labelled switch.
 *
 * @param {string} label
 * @param {(value: boolean) => void} onChange
 * @returns {Field}
 */
export function checkField(label, onChange) {
  const input = element("input", { type: "checkbox", onchange: () => onChange(input.checked) });
  /** @param {boolean} value */
  const show = (value) => {
    input.checked = value;
  };
  return { label: element("label", {}, input, label), show };
}

/**
 * A labelled choice of a text.
 *
 * @param {string} label
 * @param {string[]} options
 * @param {(index: number) => void} onChange
 * @returns {Field}
 */
export function choiceField(label, options, onChange) {
  const items = options.map((name) => element("option", { value: name }, name));
  const select = element("select", { onchange: () => onChange(select.selectedIndex) }, ...items);
  /** @param {string} value */
  const show = (value) => {
    select.value = value;
  };
  return { label: element("label", {}, label, select), show };
}

/**
 * Show a table, unless it is shown already: what a reader has selected in it stays selected.
 *
 * @param {Element} region
 * @param {string} html
 */
export function showTable(region, html) {
  if (region.innerHTML !== html) region.innerHTML = html;
}
