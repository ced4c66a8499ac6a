"""One design for what is folded: code cells look like the dropdowns of the text."""

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator


def visit_fold(self: HTML5Translator, node: nodes.Element) -> None:
    """Open a fold; its name is what a reader sees."""
    self.body.append(
        '<details class="d2l-fold"><summary><span class="d2l-show">Show the code</span>'
        '<span class="d2l-hide">Hide the code</span></summary>\n'
    )


def depart_fold(self: HTML5Translator, node: nodes.Element) -> None:
    """Close a fold."""
    self.body.append("</details>\n")


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_node(HideCodeCellNode, override=True, html=(visit_fold, depart_fold))
