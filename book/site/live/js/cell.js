// A live cell: its editor, what its buttons do, its runs and their output.

/** @import { Action, CellData } from "./cell_types.js" */
/** @import { Result } from "./engine_types.js" */
import { CodeEditor } from "./code_editor.js";
import { offerCopy } from "./copied.js";
import { Help } from "./help.js";
import { keepText, keptText } from "./kept_text.js";
import { describeResult } from "./messages.js";
import { Output } from "./output.js";
import { PageCurve } from "./page_curve.js";
import { Runs } from "./runs.js";
import { withCheck } from "./verdict.js";

const KEYS = "Ctrl+Enter runs. Esc, then Tab leaves.";

export class Cell {
  #runs = new Runs();

  /**
   * @param {HTMLElement} element
   * @param {HTMLElement} code - The static code, which stays for print and to be copied.
   * @param {CellData} data
   * @param {string} label
   */
  constructor(element, code, data, label) {
    this.element = element;
    this.data = data;
    this.code = (code.textContent ?? "").replace(/\n$/, "");
    this.status = /** @type {HTMLElement} */ (element.querySelector("[role=status]"));
    const idle = this.status.dataset.idle ?? "";
    const id = data.key.replaceAll(/\W/g, "-");
    const keys = document.createElement("p");
    Object.assign(keys, { id: `${id}-keys`, hidden: true, textContent: KEYS });
    this.editor = new CodeEditor({
      text: this.code,
      like: code,
      label: `Python code, ${label}`,
      description: keys.id,
      onChange: (text) => this.#changed(text),
      onRun: () => this.do(data.exercise ? "check" : "run"),
    });
    this.output = new Output();
    this.pageCurve = new PageCurve(this.code);
    this.copied = offerCopy(element, `${id}-copy`);
    this.help = new Help(data.hints ?? [], data.solution ?? "", (text) => this.#replace(text));
    code.before(this.editor.element);
    element.append(
      keys,
      this.help.hints,
      this.output.element,
      this.output.verdict.element,
      this.help.solution,
    );
    element.dataset.open = "true";
    this.#say(matchMedia("(hover: hover)").matches ? KEYS : idle);
  }

  /**
   * @param {number} [x] - Where the pointer is.
   * @param {number} [y]
   */
  focus(x, y) {
    this.editor.focus(x, y);
  }

  /** @param {Action} action */
  do(action) {
    const actions = {
      run: () => this.#run(false),
      check: () => this.#run(true),
      stop: () => this.#runs.stop(),
      reset: () => this.#reset(),
      restore: () => this.#restore(),
      hint: () => this.#say(this.help.showHint()),
      solution: () => this.#say(this.help.showSolution()),
    };
    actions[action]();
  }

  /** @param {string} text */
  #say(text) {
    this.status.textContent = text;
  }

  /** @param {boolean} running */
  #showRunning(running) {
    this.element.toggleAttribute("data-running", running);
    const stop = this.element.querySelector("[data-do=stop]");
    stop?.setAttribute("aria-disabled", String(!running));
  }

  /** @param {string} text */
  #changed(text) {
    keepText(this.data.key, this.code, text);
    this.copied.textContent = text;
    this.element.querySelector("[data-do=restore]")?.remove();
  }

  /** @param {string} text */
  #replace(text) {
    this.editor.setText(text);
    this.editor.focus();
  }

  #restore() {
    this.#replace(keptText(this.data.key, this.code) ?? this.editor.text);
    this.#say("Your code is back.");
  }

  #reset() {
    this.#runs.forget();
    this.#showRunning(false);
    this.editor.setText(this.code);
    this.output.clear();
    this.help.close();
    delete this.element.dataset.ran;
    this.#say("The page’s code is back; yours is forgotten.");
  }

  /** @param {boolean} checked */
  async #run(checked) {
    const { text } = this.editor;
    this.#showRunning(true);
    this.#say("Running…");
    this.output.clear();
    this.editor.mark(0);
    this.element.dataset.ran = "true";
    const code = checked ? withCheck(text, this.data.exercise ?? "") : text;
    const ended = await this.#runs.start(code, (event) => this.output.add(event));
    if (!ended) return;
    this.#showRunning(false);
    this.#show(ended.result, ended.seconds);
    if (!this.data.exercise) this.pageCurve.compare(text, this.output);
  }

  /**
   * @param {Result} result
   * @param {number} seconds
   */
  #show(result, seconds) {
    const verdict = this.output.end(result.message);
    this.editor.mark(result.line ?? 0);
    this.#say(describeResult(result, seconds, verdict));
  }
}
