"""Fixes of what themes and extensions put into pages, for access and for speed.

The theme's components that need another markup are overridden in `templates/`; what is checked here
is that each of them, and each script that is deferred, is still what the theme asks for.
"""

from typing import Any

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.errors import ExtensionError

DEFERRED = {
    "_static/clipboard.min.js",
    "_static/copybutton.js",
    "_static/scripts/sphinx-book-theme.js",
}
"""Scripts that wait for the page anyway, and need not hold it up."""
UNUSED = {"_static/design-tabs.js", "_static/togglebutton.js"}
"""Scripts for tabs and folds that this book does not have."""
OVERRIDDEN = ("navbar-logo.html", "search-button-field.html")
"""Components of the theme with a template of ours."""


def fix_scripts(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Defer the scripts that can wait, and leave out those without use."""
    scripts = context["script_files"]
    missing = (DEFERRED | UNUSED) - {str(script.filename) for script in scripts}
    if missing:
        raise ExtensionError(f"html_fixes: {pagename} loads no {', '.join(sorted(missing))}")
    context["script_files"] = [one for one in scripts if one.filename not in UNUSED]
    for script in context["script_files"]:
        if script.filename in DEFERRED:
            script.attributes["defer"] = "defer"


def check_components(app: Sphinx) -> None:
    """Fail if the theme no longer shows a component that a template of ours overrides."""
    if not isinstance(app.builder, StandaloneHTMLBuilder):
        return
    missing = set(OVERRIDDEN) - set(app.builder.theme.sidebar_templates or ())
    if missing:
        raise ExtensionError(f"html_fixes: the theme's sidebar has no {', '.join(sorted(missing))}")


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("builder-inited", check_components, priority=900)
    app.connect("html-page-context", fix_scripts, priority=900)
