"""What this book adds to Sphinx, one idea a file."""

from typing import Any

from sphinx.application import Sphinx

from d2lbook import (
    assets,
    formulas,
    frameworks,
    glossary,
    hosted,
    notebooks,
    pictures,
    reading_time,
    references,
    repairs,
    search,
)

PARTS = (
    assets,
    formulas,
    frameworks,
    glossary,
    hosted,
    notebooks,
    pictures,
    reading_time,
    references,
    repairs,
    search,
)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register all parts with Sphinx."""
    for part in PARTS:
        part.setup(app)
    return {"version": "2", "parallel_read_safe": True, "parallel_write_safe": True}
