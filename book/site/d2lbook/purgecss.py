"""Runs PurgeCSS, the pinned npm package that leaves out of style sheets what no page uses."""

from pathlib import Path

from sphinx.errors import ExtensionError

from d2lbook.node import run_package

SCRIPTS = (
    "*.js",
    "hosted/*.js",
    "live/editor.js",
    "live/guess.js",
    "live/live.js",
    "widget_manager/*.js",
    "scripts/bootstrap.js",
    "scripts/pydata-sphinx-theme.js",
    "scripts/sphinx-book-theme.js",
)
"""Those that may give an element a class, under _static."""
KEPT = (":focus-visible",)
"""Selectors that name nothing, and that PurgeCSS would therefore leave out."""


def purge(sheets: list[str], site: Path, folder: Path) -> None:
    """Write what is left of style sheets without the rules that no page and no script names.

    Parameters
    ----------
    sheets : list of str
        The style sheets, from the folder of the pages.
    site : Path
        The folder of the pages.
    folder : Path
        Where the reduced style sheets are written, by their names.

    Raises
    ------
    ExtensionError
        If a style sheet has a form of selector that PurgeCSS gets wrong.
    subprocess.CalledProcessError
        If PurgeCSS finds a fault.
    """
    for sheet in sheets:
        text = (site / sheet).read_text(encoding="utf8")
        if ":is(" in text or ":where(" in text:
            raise ExtensionError(f"purgecss: {sheet} has :is() or :where(), and cannot be reduced")
    content = ["**/*.html", *(f"_static/{name}" for name in SCRIPTS)]
    options = ["--css", *sheets, "--content", *content, "--safelist", *KEPT]
    # From within the folder: what is special in patterns may be in the folder's own name.
    run_package("purgecss/bin/purgecss.js", *options, "--output", folder, folder=site)
