"""The main picture of a page, small and without words and scales, for the list of the pages."""

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from d2lbook.bare_plot import bare_plot
from d2lbook.figures import id_prefix, is_output
from d2lbook.tabs import cells_of
from d2lmini.svg import decoration

TAG = "main-figure"
"""The tag of the cell that draws a page's main picture; by default it is the first one."""


def main_figure(document: nodes.document) -> nodes.figure | None:
    """Return the figure of the cell that is tagged for it, or else the first one."""
    cells = cells_of(document)
    tagged = [cell for cell in cells if TAG in cell["cell_metadata"].get("tags", [])]
    figures = [figure for cell in tagged or cells for figure in cell.findall(nodes.figure)]
    return figures[0] if figures else None


def picture_of(app: Sphinx, docname: str, node: nodes.Element, prefix: str) -> str:
    """Return the first picture of a notebook within a node, as a decoration."""
    image = next((image for image in node.findall(nodes.image) if is_output(image)), None)
    if image is None:
        return ""
    text = Path(app.srcdir, image["uri"]).read_text(encoding="utf8")
    return decoration(bare_plot(text), f"{prefix}-{id_prefix(docname)}")
