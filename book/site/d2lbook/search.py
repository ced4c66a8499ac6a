"""Search, and previews of links on other sites."""

from typing import Any

from sphinx.application import Sphinx

NO_SUMMARIES_FROM_FILES = (
    'if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;'
)
"""A page opened from a disk may not fetch the pages that a search would summarize."""


def address_previews(app: Sphinx, config: Any) -> None:
    """Give link previews the address of the book in `_config.yml`."""
    config.ogp_site_url = config.ogp_site_url or config.html_baseurl


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_js_file(None, body=NO_SUMMARIES_FROM_FILES, priority=250)
    app.connect("config-inited", address_previews, priority=100)
