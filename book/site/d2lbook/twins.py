"""Notebooks of the other frameworks: read for their cells, offered to download, pages of none.

Their cells stand on the chapter's pages (`tabs`). A page of their own would be one that no other
leads to.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from d2lbook.downloads import copy_notebook
from d2lbook.switch import OTHERS, twin_name
from d2lbook.written import when_written


def is_twin(name: str) -> bool:
    """Return whether a document is a notebook of another framework."""
    return Path(name).parent.name in OTHERS


def without_twins(names: Iterable[str]) -> list[str]:
    """Return the names of the other documents."""
    return [name for name in names if not is_twin(name)]


class Builder(StandaloneHTMLBuilder):
    """Sphinx's own, which would write a page for each document that it reads."""

    def write(
        self,
        build_docnames: Iterable[str] | None,
        updated_docnames: Iterable[str],
        method: Literal["all", "specific", "update"] = "update",
    ) -> None:
        """Write the pages of all documents but twins."""
        if build_docnames is None or list(build_docnames) == ["__all__"]:
            build_docnames = self.env.found_docs
        super().write(without_twins(build_docnames), without_twins(updated_docnames), method)

    def load_indexer(self, docnames: Iterable[str]) -> None:
        """Load the index of an earlier build if there are pages that are not written anew."""
        super().load_indexer({*docnames, *filter(is_twin, self.env.all_docs)})


def note_twins(app: Sphinx, doctree: nodes.document) -> None:
    """Make a page depend on its twins, and keep these out of contents and search."""
    name = app.env.docname
    if is_twin(name):
        app.env.metadata[name].update(orphan=True, nosearch=True)
    elif Path(name).parent == Path("notebooks"):
        names = {twin_name(framework, Path(name).name) for framework in OTHERS}
        for twin in names & app.env.found_docs:
            app.env.note_dependency(str(app.env.doc2path(twin)))


def copy_twins(app: Sphinx) -> None:
    """Put the notebooks where the switch of a page leads."""
    for name in filter(is_twin, app.env.found_docs):
        copy_notebook(app, name)


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_builder(Builder, override=True)
    app.connect("doctree-read", note_twins)
    when_written(app, copy_twins)
