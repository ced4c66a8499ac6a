"""A page opens with its main picture, small and without words, which leads to the figure itself."""

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform

from d2lbook.figures import id_prefix, is_output
from d2lbook.links import figure_number
from d2lbook.tabs import cells_of
from d2lmini.svg import decoration

TAG = "main-figure"
"""The tag of the cell that draws a page's main picture; by default it is the first one."""


class Teaser(SphinxPostTransform):
    """Put the main picture beside the box at the beginning of a notebook's page."""

    default_priority = 1  # while each figure has one picture
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        figure = main_figure(self.document)
        box = next(iter(self.document.findall(nodes.admonition)), None)
        if figure is None or box is None or not self.env.docname.startswith("notebooks/"):
            return
        opening = nodes.container(classes=["d2l-opening"])
        box.parent[box.parent.index(box)] = opening
        link = link_to(self.app, self.env.docname, figure)
        opening += [box, nodes.raw("", link, format="html")]


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
    return decoration(text, f"{prefix}-{id_prefix(docname)}")


def link_to(app: Sphinx, docname: str, figure: nodes.figure) -> str:
    """Return a picture that leads to its figure."""
    env: BuildEnvironment = app.env
    name = figure["ids"][0]
    number = figure_number(env, docname, name)
    return (
        f'<a class="d2l-teaser" href="#{name}" aria-label="To {number}">'
        f"{picture_of(app, docname, figure, 'teaser')}</a>"
    )


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_post_transform(Teaser)
