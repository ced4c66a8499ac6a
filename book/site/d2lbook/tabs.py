"""One choice of framework for a page: its cells stand beside those of the other frameworks.

A cell tagged ``tab-NAME`` in ``notebooks/PAGE`` stands beside the cell with the same tag in
``notebooks/FRAMEWORK/PAGE``, a document of the build that is not in the contents. The style sheet
shows the one that the reader has chosen with the switch.
"""

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

from d2lbook.below_title import add_below_title
from d2lbook.switch import OTHERS, switch, twin_name

LOGGER = logging.getLogger(__name__)

PYTORCH_ALONE = "pytorch-alone"
"""The tag of a cell outside of the tabs that shows what PyTorch has computed."""


class Tabs(SphinxPostTransform):
    """Put the other frameworks' cells beside the page's own."""

    default_priority = 2  # before MyST-NB chooses among the forms of an output
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        page = Path(self.env.docname)
        cells = cells_of(self.document) if page.parent == Path("notebooks") else []
        tabbed = [cell for cell in cells if tab_of(cell)]
        if not tabbed:
            return
        others = {name: twins(self.env, name, page.name) for name in OTHERS}
        for cell in tabbed:
            found = {name: cells.get(tab_of(cell)) for name, cells in others.items()}
            missing = [name for name, twin in found.items() if twin is None]
            if missing:
                LOGGER.warning("%s has no cell %s", missing, tab_of(cell), location=cell)
            else:
                put_beside(cell, found)
        for cell in cells:
            if PYTORCH_ALONE in cell["cell_metadata"].get("tags", []):
                name_pytorch(cell)
        add_below_title(self.document, switch(page.name))


def twins(env: BuildEnvironment, framework: str, page: str) -> dict[str | None, nodes.Element]:
    """Return the cells of another framework for a page, by the tag they share."""
    name = twin_name(framework, page)
    if name not in env.found_docs:
        return {}
    cells = cells_of(env.get_doctree(name))
    for cell in cells:
        cell["docname"] = name
    return {tab_of(cell): cell.deepcopy() for cell in cells}


def cells_of(document: nodes.document) -> list[nodes.Element]:
    """Return the code cells of a document."""
    return [node for node in document.findall(nodes.container) if "cell_metadata" in node]


def tab_of(cell: nodes.Element) -> str | None:
    """Return the tag that a cell shares with cells of other notebooks, if it has one."""
    tags = cell["cell_metadata"].get("tags", [])
    return next((tag for tag in tags if tag.startswith("tab-")), None)


def put_beside(cell: nodes.Element, others: dict[str, Any]) -> None:
    """Replace a cell by those of all frameworks, and below them the figure that they share."""
    parent, place = cell.parent, cell.parent.index(cell)
    parent.remove(cell)
    cells = {"pytorch": cell, **others}
    figure = take(cells["pytorch"], nodes.figure)
    if figure is not None:
        pictures: dict[str, Any] = {
            name: take(cell, nodes.container, is_picture) for name, cell in cells.items()
        }
        pictures["pytorch"] = figure[0]
        figure[0:1] = variants(pictures)
    shown = variants({name: cell for name, cell in cells.items() if cell.children})
    parent[place:place] = shown if figure is None else [*shown, figure]


def variants(contents: dict[str, Any]) -> list[nodes.Element]:
    """Return contents of which the reader sees the one of the chosen framework."""
    return [
        nodes.container("", content, classes=["d2l-variant", f"d2l-for-{name}"])
        for name, content in contents.items()
    ]


def take(
    cell: nodes.Element, kind: type[nodes.Element], matches: Any = None
) -> nodes.Element | None:
    """Remove the first such node from a cell, with what is empty without it, and return it."""
    found = next((node for node in cell.findall(kind) if not matches or matches(node)), None)
    node: Any = found
    while node is not None and node is not cell:
        parent = node.parent
        parent.remove(node)
        node = None if parent.children else parent
    return found


def is_picture(node: nodes.Element) -> bool:
    """Return whether a node holds the forms of an output, a picture among them."""
    kinds = {child.get("mime_type") for child in node.children if isinstance(child, nodes.Element)}
    return "image/svg+xml" in kinds


def name_pytorch(cell: nodes.Element) -> None:
    """Say below an output that PyTorch has computed it, when another framework is chosen."""
    note = nodes.inline("", " This was run with PyTorch.", classes=["d2l-for-others"])
    captions = list(cell.findall(nodes.caption))
    for caption in captions:
        caption += note.deepcopy()
    if not captions:
        cell += nodes.paragraph("", "", note, classes=["d2l-for-others", "d2l-run-with"])


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_post_transform(Tabs)
