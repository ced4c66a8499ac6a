"""A page that another site opens from here learns nothing of this one's window."""

from typing import Any
from urllib.parse import urlsplit

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform


class NoOpener(SphinxPostTransform):
    """Mark each link to another origin."""

    default_priority = 900  # when all links are resolved
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        for link in self.document.findall(nodes.reference):
            if urlsplit(link.get("refuri", "")).netloc:
                link["rel"] = "noopener"


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_post_transform(NoOpener)
