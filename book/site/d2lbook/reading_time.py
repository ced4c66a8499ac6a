"""How long the prose of a page takes to read."""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

WORDS_PER_MINUTE = 200


def add_reading_time(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Add below the title how long the prose takes to read, without code and pictures."""
    if doctree is None or not pagename.startswith("notebooks/"):
        return
    words = sum(len(p.astext().split()) for p in doctree.findall(is_prose))
    minutes = max(1, round(words / WORDS_PER_MINUTE))
    note = f'<p class="d2l-reading">{minutes} min of prose, and the code</p>'
    context["body"] = context["body"].replace("</h1>", f"</h1>\n{note}", 1)


def is_prose(node: nodes.Node) -> bool:
    """Return whether a node is text to be read."""
    return isinstance(node, nodes.paragraph | nodes.title | nodes.caption)


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("html-page-context", add_reading_time)
