"""What this book adds to Sphinx, one idea a file."""

from typing import Any

from sphinx.application import Sphinx

from d2lbook import (
    below_title,
    downloads,
    figures,
    folds,
    formulas,
    front_page,
    glossary,
    guesses,
    hosted,
    html_fixes,
    links,
    live,
    outputs,
    references,
    search,
    switch,
    tabs,
    teaser,
    vendored,
    widget_states,
)

PARTS = (
    below_title,
    downloads,
    figures,
    folds,
    front_page,
    formulas,
    glossary,
    guesses,
    hosted,
    html_fixes,
    links,
    live,
    outputs,
    references,
    search,
    switch,
    tabs,
    teaser,
    vendored,
    widget_states,
)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register all parts with Sphinx."""
    for part in PARTS:
        part.setup(app)
    return {"version": "3", "parallel_read_safe": True, "parallel_write_safe": True}
