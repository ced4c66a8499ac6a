"""What stands below the title of a page: how long it takes to read, and the choice of framework."""

from typing import Any, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

WORDS_PER_MINUTE = 200


def add_below_title(document: nodes.document, content: list[nodes.Node]) -> None:
    """Add to the block below the title, which is made if it is not there."""
    section = next(iter(document.findall(nodes.section)))
    title = section.first_child_matching_class(nodes.title) or 0
    block = cast("nodes.Element", section[title + 1])
    if "d2l-below-title" not in block.get("classes", []):
        block = nodes.container(classes=["d2l-below-title"])
        section.insert(title + 1, block)
    block.extend(content)


def reading_minutes(document: nodes.document) -> int:
    """Return how long the prose takes to read, without code and pictures."""
    words = sum(len(node.astext().split()) for node in document.findall(is_prose))
    return max(1, round(words / WORDS_PER_MINUTE))


def is_prose(node: nodes.Node) -> bool:
    """Return whether a node is text to be read."""
    return isinstance(node, nodes.paragraph | nodes.title | nodes.caption)


class ReadingTime(SphinxPostTransform):
    """Say below the title of a notebook how long its prose takes to read."""

    default_priority = 1  # before the choice of framework, which stands to the right of it
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        if self.env.docname.startswith("notebooks/"):
            text = f"{reading_minutes(self.document)} min read"
            note = nodes.paragraph("", text, classes=["d2l-reading"])
            add_below_title(self.document, [note])


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_post_transform(ReadingTime)
