"""Small repairs to the markup of the theme and other extensions, for access and for speed."""

import re
from pathlib import Path

from sphinx.application import Sphinx

REPAIRS = [
    # Scripts that wait for the page anyway need not hold it up.
    (
        r'<script( data-[^>]*)? src="([^"]*_static/(?:clipboard\.min|'
        r"copybutton|scripts/sphinx-book-theme|togglebutton|design-tabs)\.js)",
        r'<script defer\1 src="\2',
    ),
    # A name that differs from the visible text.
    (r' aria-label="Toggle hidden content"', ""),
    (r'(<button class="btn search-button-field[^>]*?) (?:title|aria-label)="Search"', r"\1"),
    # Roles that are deprecated, or hold children that they may not.
    (r' role="doc-biblioentry"', ""),
    (r'<div role="list" class="citation-list">', '<div class="citation-list">'),
    # Pictures without a size make the page jump when they arrive.
    (r'(<img src="[^"]*_static/logo\.svg")(?! width)', r'\1 width="42" height="42"'),
    # The logo stands outside of every landmark.
    (
        r'(?<!<nav aria-label="Front page">)(<a class="navbar-brand logo".*?</a>)',
        r'<nav aria-label="Front page">\1</nav>',
    ),
]


def repair_pages(app: Sphinx, exception: Exception | None) -> None:
    """Mend every page that was built."""
    if exception is not None or app.builder.format != "html":
        return
    for page in Path(app.outdir).rglob("*.html"):
        before = page.read_text(encoding="utf8")
        after = before
        for pattern, replacement in REPAIRS:
            while (mended := re.sub(pattern, replacement, after, flags=re.DOTALL)) != after:
                after = mended
        if after != before:
            page.write_text(after, encoding="utf8")


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("build-finished", repair_pages, priority=400)
