// The controls that are not sliders, the tasks, and the legend: plain elements with labels.
import { TASKS } from "./tasks.js";
import { NAMES } from "./pictures.js";

/** An element with attributes and children; `on…` attributes are listeners. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}

/** A labelled number that tells `change` its value. */
export function numberField(label, options, change) {
  const input = element("input", {
    type: "number", ...options, onchange: () => input.value !== "" && change(Number(input.value)),
  });
  return { label: element("label", {}, label, input), show: (value) => (input.value = value) };
}

export function checkField(label, change) {
  const input = element("input", { type: "checkbox", onchange: () => change(input.checked) });
  return { label: element("label", {}, input, label), show: (value) => (input.checked = value) };
}

/** A choice of one of the six weights. */
export function weightField(label, chosen, change) {
  const select = element("select", { onchange: () => change(select.selectedIndex) },
    ...NAMES.map((name, k) => element("option", { selected: k === chosen }, name)));
  return element("label", {}, label, select);
}

export const button = (label, press, more = {}) =>
  element("button", { type: "button", onclick: press, ...more }, label);

/** The list of tasks; `set` is told the settings of a try, as a query has them. */
export function taskList(set) {
  const items = TASKS.map(({ title, predict, tries, explain }) =>
    element("details", { class: "lab-task" },
      element("summary", {}, title),
      element("p", {}, element("strong", {}, "Predict, then try. "), predict),
      element("p", {}, ...tries.map(([name, part]) => button(name, () => set(part)))),
      element("details", {}, element("summary", {}, "Explanation"), element("p", {}, explain))));
  return element("section", { class: "lab-tasks", "aria-label": "Tasks" }, element("h3", {}, "Tasks"), ...items);
}

/** The legend: a line for each run, and for the pinned ones a way to drop them. */
export function legendList(list, shown, drop) {
  list.replaceChildren(...shown.map((one, k) => {
    const item = element("li", {}, "");
    item.innerHTML =
      `<svg viewBox="0 0 28 8" width="28" height="8" aria-hidden="true"><path d="M0 4H28" stroke="${one.color}" stroke-width="3" stroke-dasharray="${one.dash}"/></svg>`;
    item.append(one.name);
    if (one.pinned) item.append(button("✕", () => drop(k), { "aria-label": `Unpin ${one.name}` }));
    return item;
  }));
}
