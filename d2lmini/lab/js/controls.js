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

/** A labelled number; `change` is called with its value. */
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

/**
 * The list of tasks. `set` gets the settings of a try, as a query has them; `answers` are the true
 * values of what a task asks to guess. While such a task is open and no guess was checked,
 * `hidden()` is true: the lab does not show the answer then. `changed` is called when that changes.
 */
export function taskList(set, answers, changed) {
  const waiting = new Set(); // tasks that are open, without a guess
  const items = TASKS.map((task) => {
    let guessed = false;
    const check = () => {
      guessed = true;
      follow();
    };
    const follow = () => {
      if (task.asks && item.open && !guessed) waiting.add(task);
      else waiting.delete(task);
      changed();
    };
    const item = element("details", { class: "lab-task", ontoggle: follow },
      element("summary", {}, task.title),
      element("p", {}, element("strong", {}, "Predict, then try. "), task.predict),
      ...(task.asks ? [guessField(answers[task.asks], check)] : []),
      element("p", {}, ...task.tries.map(([name, part]) => button(name, () => set(part)))),
      element("details", {}, element("summary", {}, "Explanation"), element("p", {}, task.explain)));
    return item;
  });
  const section = element("section", { class: "lab-tasks", "aria-label": "Tasks" },
    element("h3", {}, "Tasks"), ...items);
  return { section, hidden: () => waiting.size > 0 };
}

/** A place for a guess, and a button that says how far off it is. */
function guessField(truth, check) {
  const input = element("input", { type: "number", min: 0, step: 0.01 });
  const reply = element("output", {});
  const compare = () => {
    const guess = Number(input.value);
    if (!(guess > 0)) {
      reply.textContent = "Enter a number above 0 first.";
      return;
    }
    check();
    reply.textContent = `The limit is ${truth.toFixed(3)}. ${misfit(guess / truth - 1)}`;
  };
  return element("p", { class: "lab-guess" },
    element("label", {}, "Your guess", input), button("Check", compare), reply);
}

export function misfit(share) {
  const percent = Math.round(100 * Math.abs(share));
  if (percent === 0) return "Your guess is right.";
  return `Your guess is ${percent} % too ${share > 0 ? "high" : "low"}.`;
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
