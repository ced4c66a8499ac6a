"""One design for what is folded: code cells look like the dropdowns of the text."""

from html import escape

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator


def visit_fold(self: HTML5Translator, node: nodes.Element) -> None:
    """Open a fold; its name is what the cell, or `_config.yml` for all, says."""
    show, hide = escape(node["prompt_show"]), escape(node["prompt_hide"])
    self.body.append(
        f'<details class="d2l-fold"><summary><span class="d2l-show">{show}</span>'
        f'<span class="d2l-hide">{hide}</span></summary>\n'
    )


def depart_fold(self: HTML5Translator, node: nodes.Element) -> None:
    """Close a fold."""
    self.body.append("</details>\n")


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_node(HideCodeCellNode, override=True, html=(visit_fold, depart_fold))
