"""The theme's buttons above a page name what they do; `header_buttons.js` does it.

The theme writes a handler into the markup of each, which the pages' policy forbids.
"""

from collections.abc import Iterator
from typing import Any

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

ACTIONS = {"window.print()": "print", "toggleFullScreen()": "full-screen"}
"""The theme's handlers, and their names in our script."""


def name_actions(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Replace the handlers of a page's buttons by names; fail at one that is not known."""
    for button in singles(context.get("header_buttons", [])):
        if button["type"] == "javascript":
            handler = button["javascript"]
            if handler not in ACTIONS:
                raise ExtensionError(f"header_buttons: the page {pagename} has {handler!r}")
            button["javascript"] = ACTIONS[handler]


def singles(buttons: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield all buttons, those of groups too."""
    for button in buttons:
        yield from singles(button["buttons"]) if button["type"] == "group" else [button]


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("html-page-context", name_actions, priority=900)
