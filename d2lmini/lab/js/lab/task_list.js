// The list of tasks, and the guesses that some of them ask for.

/** @import { LabSettings } from "./settings.js" */
/** @import { Task } from "./tasks.js" */
import { fromQuery } from "../parts/address.js";
import { button, element } from "../parts/elements.js";
import { LAB_DEFAULTS, LAB_TABLE } from "./settings.js";
import { TASKS } from "./tasks.js";

/**
 * @typedef {object} TaskHandlers
 * @property {(preset: LabSettings) => void} choose
 * @property {Record<"limit", number>} answers - The true values of what is to be guessed.
 * @property {() => void} changed - Called when `hidesAnswer` may have changed.
 */

const MAX_TRIES = 3; // after which the answer is said
const CLOSE = 0.02; // so near a guess counts as right

/** The tasks. While one that asks for a guess is open, the lab does not show the answer. */
export class TaskList {
  #handlers;
  /** @type {Set<Task>} */
  #unanswered = new Set();

  /** @param {TaskHandlers} handlers */
  constructor(handlers) {
    this.#handlers = handlers;
    this.section = element(
      "section",
      { class: "lab-tasks", "aria-label": "Tasks" },
      element("h2", {}, "Tasks"),
      ...TASKS.map((task) => this.#item(task)),
    );
  }

  /** Whether a task is open whose guess was not checked yet. */
  get hidesAnswer() {
    return this.#unanswered.size > 0;
  }

  /** @param {Task} task */
  #item(task) {
    let guessed = false;
    const update = () => {
      if (task.guess && item.open && !guessed) this.#unanswered.add(task);
      else this.#unanswered.delete(task);
      this.#handlers.changed();
    };
    const accept = () => {
      guessed = true;
      update();
    };
    const item = element(
      "details",
      { class: "lab-task", ontoggle: update },
      element("summary", {}, task.title),
      element("p", {}, element("strong", {}, "Predict, then try. "), task.question),
      ...(task.guess ? [guessField(this.#handlers.answers[task.guess], accept)] : []),
      element("p", { class: "lab-presets" }, ...this.#presets(task)),
      element(
        "details",
        {},
        element("summary", {}, "Explanation"),
        element("p", {}, task.explanation),
      ),
    );
    return item;
  }

  /** @param {Task} task */
  #presets({ presets }) {
    return presets.map(([label, query]) =>
      button(label, () => this.#handlers.choose(settingsOf(query))),
    );
  }
}

/**
 * An input for a guess, and a button that says how far off it is.
 *
 * @param {number} answer
 * @param {() => void} accept - Called when a guess was checked.
 */
function guessField(answer, accept) {
  const input = element("input", { type: "number", min: 0, step: 0.01 });
  const reply = element("output");
  let tries = 0;
  const check = () => {
    const guess = Number(input.value);
    if (!(guess > 0)) {
      reply.textContent = "Enter a number above 0 first.";
      return;
    }
    tries += 1;
    const error = guess / answer - 1;
    reply.textContent = describeError(error);
    if (tries < MAX_TRIES && Math.abs(error) > CLOSE) return;
    accept();
    reply.textContent += ` The limit is ${answer.toFixed(3)}.`;
  };
  return element(
    "p",
    { class: "lab-guess" },
    element("label", {}, "Your guess", input),
    button("Check", check),
    reply,
  );
}

/**
 * How far off a guess is.
 *
 * @param {number} relativeError
 */
export function describeError(relativeError) {
  const percent = Math.round(100 * Math.abs(relativeError));
  if (percent === 0) return "Your guess is right.";
  const size = percent <= 100 * CLOSE ? `only ${percent} %` : "";
  return `Your guess is ${size} too ${relativeError > 0 ? "high" : "low"}.`.replace("  ", " ");
}

/**
 * The settings of a preset, which stands as a query: the defaults for what it does not name.
 *
 * @param {string} query
 */
const settingsOf = (query) => ({ ...LAB_DEFAULTS, ...fromQuery(LAB_TABLE, query) });
