"""Pictures of notebooks are part of the page, in its colours; so is the first one of a widget."""

from pathlib import Path
from typing import Any, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

from d2lbook.outputs import output_metadata
from d2lbook.tabs import cells_of
from d2lmini.explore import frame_html
from d2lmini.svg import inline_svg

LOGGER = logging.getLogger(__name__)

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


class StillBehindWidget(SphinxPostTransform):
    """Put the first picture of `explore` into the page, to be seen until its widget is drawn."""

    default_priority = 3  # before MyST-NB chooses among the forms of an output
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        for bundle, metadata, still in drawn_later(self.app, self.document, "controls"):
            view = forms_of(bundle)[WIDGET_VIEW].astext()
            markup = widget(still, metadata["controls"], view)
            bundle.replace_self(nodes.raw("", markup, format="html"))


def drawn_later(
    app: Sphinx, document: nodes.document, key: str
) -> list[tuple[nodes.Element, dict[str, Any], str]]:
    """Return the outputs that stored something under a key, with it and their first picture."""
    found = []
    for cell in cells_of(document):
        for metadata in output_metadata(app, app.env.docname, cell):
            if key in metadata:
                bundle = find_bundle(cell, WIDGET_VIEW)
                found.append((bundle, metadata, still_of(app, cell, bundle, metadata)))
    return found


def widget(still: str, controls: int, view: str) -> str:
    """Return the first picture, and the place where the widget will be drawn."""
    return (
        f'<div class="d2l-widget" style="--sliders:{controls}"><div class="d2l-still"><noscript>'
        "The sliders need JavaScript; this is one of their positions.</noscript>"
        f"{still}</div>{view}</div>"
    )


def still_of(
    app: Sphinx, cell: nodes.Element, bundle: nodes.Element, metadata: dict[str, Any]
) -> str:
    """Return the picture that is seen in the place of an output until it is drawn."""
    picture = Path(app.srcdir, forms_of(bundle)["image/svg+xml"]["uri"]).read_text("utf8")
    prefix = f"{id_prefix(app.env.docname)}-still{cell['cell_index']}"
    return frame_html(picture, metadata["description"], prefix)


def find_bundle(cell: nodes.Element, form: str) -> nodes.Element:
    """Return the output of a cell that has some form."""
    return next(
        node
        for node in cell.findall(nodes.container)
        if node.get("nb_element") == "mime_bundle" and form in forms_of(node)
    )


def has_explorer(app: Sphinx, docname: str, cell: nodes.Element) -> bool:
    """Return whether an output of a cell is one of `explore`."""
    return any("controls" in metadata for metadata in output_metadata(app, docname, cell))


class InlinePictures(SphinxPostTransform):
    """Put the notebooks' SVG pictures into the page itself, where they take its colours."""

    default_priority = 400
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        pictures = [node for node in self.document.findall(nodes.image) if is_output(node)]
        for number, image in enumerate(pictures):
            alt = image.get("alt", "").strip()
            if not alt:
                LOGGER.warning("a figure needs alt text", location=image, type="d2lbook")
            text = Path(self.app.srcdir, image["uri"]).read_text(encoding="utf8")
            markup = inline_svg(text, f"{id_prefix(self.env.docname)}-{number}", alt)
            image.replace_self(nodes.raw("", markup, format="html"))


def forms_of(bundle: nodes.Element) -> dict[str, nodes.Element]:
    """Return the forms of an output by their types."""
    children = [child for child in bundle.children if isinstance(child, nodes.Element)]
    return {child["mime_type"]: cast("nodes.Element", child[0]) for child in children}


def id_prefix(docname: str) -> str:
    """Return the prefix of the ids of a page's pictures."""
    return docname.replace("/", "-")


def is_output(image: nodes.image) -> bool:
    """Return whether a picture is an output of a notebook."""
    return "jupyter_execute" in image["uri"] and image["uri"].endswith(".svg")


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_post_transform(StillBehindWidget)
    app.add_post_transform(InlinePictures)
