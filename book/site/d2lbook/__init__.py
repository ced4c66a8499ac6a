"""What this book adds to Sphinx, one idea a file."""

import gc
from typing import Any

from sphinx.application import Sphinx

from d2lbook import (
    below_title,
    downloads,
    external_links,
    figures,
    folds,
    formulas,
    front_page,
    glossary,
    guesses,
    header_buttons,
    hosted,
    html_fixes,
    links,
    live,
    outputs,
    references,
    search,
    security_policy,
    style_sheets,
    switch,
    tabs,
    twins,
    vendored,
    widget_manager,
    widget_states,
    written,
)

PARTS = (
    below_title,
    downloads,
    external_links,
    figures,
    folds,
    front_page,
    formulas,
    glossary,
    guesses,
    header_buttons,
    hosted,
    html_fixes,
    links,
    live,
    outputs,
    references,
    search,
    security_policy,
    style_sheets,
    switch,
    tabs,
    twins,
    vendored,
    widget_manager,
    widget_states,
    written,
)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register all parts with Sphinx."""
    gc.set_threshold(50_000)  # documents are many small objects that stay until the end
    for part in PARTS:
        part.setup(app)
    return {"version": "3", "parallel_read_safe": True, "parallel_write_safe": True}
