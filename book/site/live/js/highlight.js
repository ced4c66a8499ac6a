// The colours of Python code in the editor: those of the page's static code.

import { pythonLanguage } from "@codemirror/lang-python";
import { syntaxTree } from "@codemirror/language";
import { Decoration, ViewPlugin } from "@codemirror/view";
import { highlightCode, tagHighlighter, tags } from "@lezer/highlight";

/** What the style sheet colours. */
export const highlighter = tagHighlighter([
  { tag: [tags.keyword, tags.operatorKeyword, tags.bool, tags.null], class: "d2l-code-keyword" },
  { tag: [tags.string, tags.special(tags.string)], class: "d2l-code-string" },
  { tag: tags.comment, class: "d2l-code-comment" },
  { tag: tags.number, class: "d2l-code-number" },
  { tag: tags.operator, class: "d2l-code-operator" },
  {
    tag: [tags.function(tags.definition(tags.variableName)), tags.definition(tags.className)],
    class: "d2l-code-definition",
  },
  { tag: tags.meta, class: "d2l-code-number" },
]);

const BUILTINS = new Set(
  `abs all any bool dict enumerate filter float int isinstance len list map max min next pow print
  range repr reversed round set sorted str sum tuple type zip`.split(/\s+/),
);
const BUILTIN = Decoration.mark({ class: "d2l-code-number" });

/** @param {import("@codemirror/view").EditorView} view */
const findBuiltins = (view) => {
  /** @type {import("@codemirror/state").Range<Decoration>[]} */
  const found = [];
  const enter = (/** @type {{ name: string, from: number, to: number }} */ { name, from, to }) => {
    const named = name === "VariableName" && BUILTINS.has(view.state.sliceDoc(from, to));
    if (named) found.push(BUILTIN.range(from, to));
  };
  for (const { from, to } of view.visibleRanges) {
    syntaxTree(view.state).iterate({ from, to, enter });
  }
  return Decoration.set(found);
};

/** Python's own functions, for which the parser has no tag. */
export const builtins = ViewPlugin.define(
  (view) => {
    const plugin = {
      decorations: findBuiltins(view),
      update(/** @type {import("@codemirror/view").ViewUpdate} */ update) {
        const parsed = syntaxTree(update.startState) !== syntaxTree(update.state);
        if (update.docChanged || update.viewportChanged || parsed) {
          plugin.decorations = findBuiltins(update.view);
        }
      },
    };
    return plugin;
  },
  { decorations: (plugin) => plugin.decorations },
);

/**
 * Code in colours, to be read only.
 *
 * @param {string} text
 */
export function staticCode(text) {
  const code = document.createElement("code");
  const put = (/** @type {string} */ part, /** @type {string} */ classes) => {
    const span = document.createElement("span");
    span.className = classes;
    span.textContent = part;
    code.append(span);
  };
  const tree = pythonLanguage.parser.parse(text);
  highlightCode(text, tree, highlighter, put, () => code.append("\n"));
  return code;
}
