"""Scripts do not hold the pages up.

The theme's components that need another markup are overridden in `templates/`. What is checked here
is that each of them, and each file that is deferred or left out, is still what the theme and the
other extensions ask for: the build stops where one is gone.
"""

from typing import Any

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.errors import ExtensionError

DEFERRED = (
    "_static/doctools.js",
    "_static/sphinx_highlight.js",
    "_static/clipboard.min.js",
    "_static/copybutton.js",
    "_static/scripts/sphinx-book-theme.js",
)
"""Scripts that wait for the page anyway, and need not hold it up."""
UNUSED = ("_static/design-tabs.js",)
"""A script for tabs, which this book does not have."""
OVERRIDDEN = ("navbar-logo.html", "search-button-field.html")
"""Components of the theme with a template of ours."""


def choose_files(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Let a page load the scripts that it needs, without waiting for them."""
    scripts = named(context["script_files"], (*DEFERRED, *UNUSED), pagename)
    unneeded = [scripts[name] for name in UNUSED]
    # The script of the search page runs at once, and needs the others.
    waiting = [scripts[name] for name in DEFERRED] if pagename != "search" else []
    context["script_files"] = [
        deferred(one) if one in waiting else one
        for one in context["script_files"]
        if one not in unneeded
    ]


def deferred(script: Any) -> Any:
    """Return a copy that waits for the page; the script itself is shared by all pages."""
    attributes = {**script.attributes, "defer": "defer"}
    return type(script)(script.filename, priority=script.priority, **attributes)


def named(files: list[Any], names: tuple[str, ...], page: str) -> dict[str, Any]:
    """Return the files of a page that begin with some names, all of which must be there."""
    found = {name: file for name in names for file in files if str(file.filename).startswith(name)}
    missing = sorted(set(names) - set(found))
    if missing:
        raise ExtensionError(f"html_fixes: the page {page} loads no {', '.join(missing)}")
    return found


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
    app.connect("html-page-context", choose_files, priority=900)
