"""Pictures of notebooks are part of the page, in its colours; so is the first one of a widget."""

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

from d2lmini.explore import frame_html
from d2lmini.svg import inline_svg

LOGGER = logging.getLogger(__name__)

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
SVG = "{http://www.w3.org/2000/svg}"


class StillBehindWidget(SphinxPostTransform):
    """Put a widget's picture into the page, to be seen until the widget is drawn."""

    default_priority = 3  # before myst-nb keeps only one of the mime types
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        for number, bundle in enumerate(list(self.document.findall(is_widget))):
            children = {child["mime_type"]: child.children[0] for child in bundle.children}
            picture = (Path(self.app.srcdir) / children["image/svg+xml"]["uri"]).read_text("utf8")
            svg = ElementTree.fromstring(picture)
            sentence = svg.findtext(f"{SVG}title", "")
            still = frame_html(picture, sentence, f"{id_prefix(self.env.docname)}-still{number}")
            markup = (
                f'<div class="d2l-widget" style="--sliders:{svg.get("data-sliders", 0)}">'
                f'<div class="d2l-still"><noscript>The sliders need JavaScript; '
                f"this is one of their positions.</noscript>{still}</div>"
                f"{children[WIDGET_VIEW].astext()}</div>"
            )
            bundle.replace_self(nodes.raw("", markup, format="html"))


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
            text = (Path(self.app.srcdir) / image["uri"]).read_text(encoding="utf8")
            page = id_prefix(self.env.docname)
            image.replace_self(
                nodes.raw("", inline_svg(text, f"{page}-{number}", alt), format="html")
            )


def id_prefix(docname: str) -> str:
    """Return the prefix of the ids of a page's pictures."""
    return docname.replace("/", "-")


def is_widget(node: nodes.Node) -> bool:
    """Return whether a node holds a widget and its picture."""
    if not isinstance(node, nodes.container) or node.get("nb_element") != "mime_bundle":
        return False
    children = [child for child in node.children if isinstance(child, nodes.Element)]
    return {WIDGET_VIEW, "image/svg+xml"} <= {child["mime_type"] for child in children}


def is_output(image: nodes.image) -> bool:
    """Return whether a picture is an output of a notebook."""
    return "jupyter_execute" in image["uri"] and image["uri"].endswith(".svg")


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_post_transform(StillBehindWidget)
    app.add_post_transform(InlinePictures)
