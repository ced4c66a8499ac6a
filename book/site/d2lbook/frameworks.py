"""Tabs: a cell of a page beside the cells of the other frameworks' notebooks.

A cell tagged ``tab-NAME`` in ``notebooks/PAGE`` stands beside the cells with the same tag in
``notebooks/FRAMEWORK/PAGE.ipynb``, with their code and the output of their last run. sphinx-design
draws the tabs and keeps the reader's choice.
"""

from pathlib import Path
from typing import Any

import nbformat
from docutils import nodes
from markdown_it import MarkdownIt
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx_design.shared import create_component

from d2lbook.pictures import id_prefix
from d2lmini.svg import inline_svg

LOGGER = logging.getLogger(__name__)

FRAMEWORKS = {"pytorch": "PyTorch", "tensorflow": "TensorFlow", "mxnet": "MXNet", "jax": "JAX"}
OTHERS = [name for name in FRAMEWORKS if name != "pytorch"]

CHOICE = Path(__file__).with_name("choose_framework.js")
"""Runs before the page is drawn, so that it does not show one framework and then another."""


def tab_of(metadata: Any) -> str | None:
    """Return the tag that a cell shares with cells of other notebooks, if it has one."""
    tags = metadata.get("tags", [])
    return next((tag for tag in tags if tag.startswith("tab-")), None)


def notebook_of(srcdir: str | Path, framework: str, docname: str) -> Path:
    """Return the path of another framework's notebook for a page."""
    return Path(srcdir, "notebooks", framework, f"{Path(docname).name}.ipynb")


def cells_of(srcdir: str | Path, framework: str, docname: str) -> dict[str, nbformat.NotebookNode]:
    """Return the cells that another framework's notebook has for a page, by the tag they share."""
    path = notebook_of(srcdir, framework, docname)
    if not path.exists():
        return {}
    cells = nbformat.read(path, as_version=4).cells
    return {tab: cell for cell in cells if (tab := tab_of(cell.metadata))}


class Tabs(SphinxPostTransform):
    """Put the other frameworks' cells beside the page's own."""

    default_priority = 100  # after the output to show was chosen, before tabs and folds are drawn
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        page = self.env.docname
        own = [node for node in self.document.findall(nodes.container) if is_tabbed(node)]
        if not own or Path(page).parent.as_posix() != "notebooks":
            return
        others = {name: cells_of(self.app.srcdir, name, page) for name in OTHERS}
        for number, cell in enumerate(own):
            tab = tab_of(cell["cell_metadata"]) or ""
            found = {name: cells.get(tab) for name, cells in others.items()}
            missing = [name for name, other in found.items() if other is None]
            if missing:
                LOGGER.warning("%s has no cell %s", missing, tab, location=cell, type="d2lbook")
                continue
            figure = take_figure(cell)
            prefix = f"{id_prefix(page)}-tab{number}"
            replacement = [tab_set(cell, found) if shows_code(cell) else variants(cell, found)]
            if figure is not None:
                replacement.append(with_variants(figure, found, prefix))
            cell.replace_self(replacement)


def is_tabbed(node: nodes.Element) -> bool:
    """Return whether a node is a code cell that other notebooks have too."""
    return node.get("nb_element") == "cell_code" and tab_of(node["cell_metadata"]) is not None


def shows_code(cell: nodes.Element) -> bool:
    """Return whether a cell shows its code, and not only its output."""
    sources = (child for child in cell.children if isinstance(child, nodes.Element))
    return any(child.get("nb_element") == "cell_code_source" for child in sources)


def tab_set(cell: nodes.container, found: dict[str, Any]) -> nodes.Element:
    """Return the tab set of one cell."""
    contents: dict[str, nodes.Element] = {"pytorch": cell.deepcopy()}
    contents |= {name: cell_nodes(other, cell) for name, other in found.items()}
    items = []
    for name, content in contents.items():
        label = nodes.rubric(FRAMEWORKS[name], FRAMEWORKS[name], classes=["sd-tab-label"])
        label["sync_group"], label["sync_id"] = "framework", name
        panel = create_component("tab-content", classes=["sd-tab-content"], children=[content])
        items.append(create_component("tab-item", classes=["sd-tab-item"], children=[label, panel]))
    return create_component("tab-set", classes=["sd-tab-set", "d2l-tabs"], children=items)


def variants(cell: nodes.container, found: dict[str, Any]) -> nodes.Element:
    """Return an output without code, once for each framework."""
    both = nodes.container()
    both += nodes.container("", cell.deepcopy(), classes=["d2l-for-pytorch"])
    for name, other in found.items():
        both += nodes.container("", cell_nodes(other, cell), classes=[f"d2l-for-{name}"])
    return both


def cell_nodes(cell: nbformat.NotebookNode, like: nodes.container) -> nodes.container:
    """Return another notebook's cell as nodes; it folds like the page's own."""
    attributes = {key: value for key, value in like.attributes.items() if key != "ids"}
    container = nodes.container(**attributes)
    if shows_code(like):
        source = nodes.container(nb_element="cell_code_source", classes=["cell_input"])
        source += nodes.literal_block(cell.source, cell.source, language="ipython3")
        container += source
    lexer = cell.metadata.get("mystnb", {}).get("text_lexer", "none")
    outputs = [node for output in cell.outputs for node in output_nodes(output, lexer)]
    if outputs:
        shown = nodes.container("", *outputs, classes=["cell_output"])
        shown["nb_element"] = "cell_code_output"
        container += shown
    return container


def output_nodes(output: nbformat.NotebookNode, lexer: str) -> list[nodes.Node]:
    """Return the text outputs of a cell; its picture is part of the figure."""
    data = output.get("data", {})
    if output.output_type == "stream":
        return [block(output.text.rstrip("\n"), "none", "stream")]
    if "image/svg+xml" in data:
        return []
    if "text/markdown" in data:
        return [nodes.raw("", MarkdownIt().render(data["text/markdown"]), format="html")]
    return [block(data["text/plain"], lexer, "text_plain")]


def block(text: str, language: str, kind: str) -> nodes.literal_block:
    """Return printed text as a literal block."""
    return nodes.literal_block(text, text, language=language, classes=["output", kind])


def take_figure(cell: nodes.container) -> nodes.Element | None:
    """Remove the numbered figure from a cell and return it: all frameworks share one figure."""
    figure = next(iter(cell.findall(nodes.figure)), None)
    if figure is not None:
        parent = figure.parent
        parent.remove(figure)
        if not parent.children and parent.parent is not None:
            parent.parent.remove(parent)
    return figure


def with_variants(figure: nodes.Element, found: dict[str, Any], prefix: str) -> nodes.Element:
    """Return a figure with the pictures of all frameworks above one caption."""
    own = next(iter(figure.findall(nodes.image)))
    pictures = [nodes.container("", own.deepcopy(), classes=["d2l-for-pytorch"])]
    for name, cell in found.items():
        pictures_of = (o.data for o in cell.outputs if "image/svg+xml" in o.get("data", {}))
        svg = next(pictures_of)["image/svg+xml"]
        alt = " ".join(cell.metadata.mystnb.image.alt.split())
        markup = inline_svg("".join(svg), f"{prefix}-{name}", alt)
        pictures.append(
            nodes.container("", nodes.raw("", markup, format="html"), classes=[f"d2l-for-{name}"])
        )
    own.replace_self(pictures)
    return figure


def note_sources(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Make a page depend on the notebooks of the other frameworks."""
    for framework in OTHERS:
        path = notebook_of(app.srcdir, framework, docname)
        if docname == f"notebooks/{path.stem}" and path.exists():
            env.dependencies[docname].add(str(path))


def add_note(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Say below the title which frameworks there are, and what only PyTorch measured."""
    if doctree is None or "d2l-tabs" not in context.get("body", ""):
        return
    page = Path(pagename).name
    rest = ""
    for name in OTHERS:
        address = context["pathto"](f"_sources/notebooks/{name}/{page}.ipynb", 1)
        rest += (
            f'<span class="d2l-for-{name}"> What stands outside of the tabs was measured with '
            f'PyTorch. <a href="{address}" download>The {FRAMEWORKS[name]} notebook of this page.'
            "</a></span>"
        )
    note = (
        f'<p class="d2l-frameworks">Code for {listing(list(FRAMEWORKS.values()))}: '
        f"choose in any of the tabs, and the choice stays.{rest}</p>"
    )
    context["body"] = context["body"].replace("</h1>", f"</h1>\n{note}", 1)


def listing(names: list[str]) -> str:
    """Return names as a sentence lists them."""
    return f"{', '.join(names[:-1])} and {names[-1]}"


def copy_notebooks(app: Sphinx, exception: Exception | None) -> None:
    """Copy the other frameworks' notebooks to the addresses in the notes."""
    if exception is not None or app.builder.format != "html":
        return
    for framework in OTHERS:
        target = Path(app.outdir, "_sources", "notebooks", framework)
        target.mkdir(parents=True, exist_ok=True)
        for path in Path(app.srcdir, "notebooks", framework).glob("*.ipynb"):
            (target / path.name).write_bytes(path.read_bytes())


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    names = {"data-frameworks": " ".join(FRAMEWORKS)}
    app.add_js_file(None, body=CHOICE.read_text(encoding="utf8"), priority=240, **names)
    app.add_post_transform(Tabs)
    app.connect("doctree-read", lambda app, tree: note_sources(app, app.env, app.env.docname))
    app.connect("html-page-context", add_note)
    app.connect("build-finished", copy_notebooks)
