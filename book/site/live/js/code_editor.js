// The editor of a live cell: CodeMirror with Python, four spaces, and a marked line.

import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import {
  bracketMatching,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from "@codemirror/language";
import { EditorState, Prec, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, keymap } from "@codemirror/view";
import { builtins, highlighter } from "./highlight.js";

/** @type {import("@codemirror/state").StateEffectType<number>} */
const markLine = StateEffect.define();
const MARK = Decoration.line({ class: "d2l-live-fault" });

/** The marked line, until the text changes. */
const markedLine = StateField.define({
  create: () => Decoration.none,
  update(marks, transaction) {
    const effect = transaction.effects.find((one) => one.is(markLine));
    if (!effect) return transaction.docChanged ? Decoration.none : marks;
    const { doc } = transaction.state;
    if (effect.value < 1 || effect.value > doc.lines) return Decoration.none;
    return Decoration.set([MARK.range(doc.line(effect.value).from)]);
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** After Escape the Tab key leaves the editor, until another key is pressed. */
const leaveWithTab = [
  keymap.of([
    {
      key: "Escape",
      run: (view) => {
        view.setTabFocusMode(true);
        return false;
      },
    },
  ]),
  EditorView.domEventHandlers({
    keydown: (event, view) => {
      const { key } = event;
      event.stopPropagation(); // the page would take a slash for its own shortcut
      if (!["Escape", "Tab", "Shift"].includes(key)) view.setTabFocusMode(false);
    },
    blur: (_, view) => view.setTabFocusMode(false),
  }),
];

/**
 * @typedef {object} EditorOptions
 * @property {string} text
 * @property {HTMLElement} like - The static code, whose letters are to stay where they are.
 * @property {string} label
 * @property {string} description - Id of the element that says which keys there are.
 * @property {(text: string) => void} onChange
 * @property {() => void} onRun
 */

/** @param {EditorOptions} options */
const extensions = ({ label, description, onChange, onRun }) => {
  const run = () => {
    onRun();
    return true;
  };
  const keys = ["Ctrl-Enter", "Cmd-Enter", "Shift-Enter"].map((key) => ({ key, run }));
  return [
    Prec.highest(keymap.of(keys)),
    leaveWithTab,
    history(),
    indentUnit.of("    "),
    EditorState.tabSize.of(4),
    indentOnInput(),
    bracketMatching(),
    python(),
    syntaxHighlighting(highlighter),
    builtins,
    markedLine,
    keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
    EditorView.contentAttributes.of({
      "aria-label": label,
      "aria-describedby": description,
      tabindex: "0", // it scrolls, and has to be reached by keys
      spellcheck: "false",
      autocapitalize: "off",
    }),
    EditorView.updateListener.of(({ docChanged, state }) => {
      if (docChanged) onChange(state.doc.toString());
    }),
  ];
};

/** An editor in a page. */
export class CodeEditor {
  /** @param {EditorOptions} options */
  constructor(options) {
    this.view = new EditorView({ doc: options.text, extensions: extensions(options) });
    this.element = document.createElement("div");
    this.element.className = "d2l-live-editor";
    this.element.append(this.view.dom);
    const { fontSize, lineHeight, fontFamily } = getComputedStyle(options.like);
    Object.assign(this.view.scrollDOM.style, { fontSize, lineHeight, fontFamily });
  }

  get text() {
    return this.view.state.doc.toString();
  }

  /**
   * Replace the whole text; the reader can undo that.
   *
   * @param {string} text
   */
  setText(text) {
    this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: text } });
  }

  /**
   * Mark a line, counted from 1; 0 for none.
   *
   * @param {number} line
   */
  mark(line) {
    this.view.dispatch({ effects: markLine.of(line) });
  }

  /**
   * Take the focus, with the caret where the pointer is if it is known.
   *
   * @param {number} [x]
   * @param {number} [y]
   */
  focus(x, y) {
    this.view.focus();
    if (x === undefined || y === undefined) return;
    const anchor = this.view.posAtCoords({ x, y });
    if (anchor !== null) this.view.dispatch({ selection: { anchor } });
  }
}
