"""One style sheet for all pages, of those that the theme and the extensions bring and our own.

A page is not drawn before its style sheets are there, and a telephone waits longer for fourteen of
them, most of whose rules no page uses, than for the page.
"""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from d2lbook.esbuild import esbuild
from d2lbook.purgecss import purge
from d2lbook.written import when_written

JOINED = "_static/book.css"
SHEETS = (
    "styles/theme.css",
    "styles/pydata-sphinx-theme.css",
    "pygments.css",
    "styles/sphinx-book-theme.css",
    "copybutton.css",
    "mystnb.*.css",
    "sphinx-design.min.css",
    "vendor/katex/katex.min.css",
    "katex-math.css",
    "live.css",
    "guess.css",
    "page.css",
    "interactive.css",
    "front_page.css",
    "print.css",
)
"""What is joined, in this order, under _static; a star stands for a checksum."""
REDUCED = ("styles/pydata-sphinx-theme.css", "sphinx-design.min.css")
"""The large ones, of which most is for what this book does not have."""
OF_TEMPLATES = SHEETS[:2]
"""Those that the theme's layout names, and not Sphinx."""
LEFT_ALONE = ("png", "svg", "ttf", "woff", "woff2")
"""What style sheets load, and what is not put into them."""
PRINTED = {"print.css"}
"""Those that hold on paper only."""


def choose_sheet(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Let a page load the one style sheet in the place of all others."""
    asked = [Path(str(one.filename)).relative_to("_static") for one in context["css_files"]]
    others = [str(path) for path in asked if not any(path.match(name) for name in SHEETS)]
    gone = [
        name
        for name in SHEETS
        if name not in OF_TEMPLATES and not any(path.match(name) for path in asked)
    ]
    if others or gone:
        raise ExtensionError(
            f"style_sheets: the page {pagename} has {others or 'none'} beside those that are "
            f"joined, and lacks {gone or 'none'}"
        )
    # A text: Sphinx would add the checksum of what the build before left there.
    context["css_files"] = [JOINED]


def write_sheet(app: Sphinx) -> None:
    """Write the one style sheet."""
    join(Path(app.outdir))


def join(site: Path) -> None:
    """Join the style sheets of a written site, and leave out the rules that no page can use.

    Parameters
    ----------
    site : Path
        The folder of the pages.

    Raises
    ------
    ExtensionError
        If a style sheet is missing, or there is one more, or one cannot be reduced.
    """
    static = site / "_static"
    sheets = found(static)
    # Beside `styles`, so that the addresses in the theme's style sheet lead from there, too.
    with TemporaryDirectory(dir=static) as folder:
        sheets |= {name: Path(folder, sheets[name].name) for name in REDUCED}
        purge([f"_static/{name}" for name in REDUCED], site, Path(folder))
        entry = Path(folder, "entry.css")
        lines = [line_of(name, sheets[name]) for name in SHEETS]
        entry.write_text("".join(lines), encoding="utf8")
        others = [f"--external:{static}/*.{suffix}" for suffix in LEFT_ALONE]
        esbuild(entry, "--bundle", *others, f"--outfile={site / JOINED}")


def found(static: Path) -> dict[str, Path]:
    """Return the style sheets by their names in `SHEETS`, among them all of the themes."""
    files = {name: sorted(static.glob(name)) for name in SHEETS}
    missing = [name for name, paths in files.items() if len(paths) != 1]
    if missing:
        raise ExtensionError(f"style_sheets: not one file each: {', '.join(missing)}")
    sheets = {name: paths[0] for name, paths in files.items()}
    more = set(static.glob("styles/*.css")) - set(sheets.values())
    if more:
        names = ", ".join(sorted(path.name for path in more))
        raise ExtensionError(f"style_sheets: the theme has {names}, which no page would load")
    return sheets


def line_of(name: str, path: Path) -> str:
    """Return the line that imports a style sheet."""
    return f'@import "{path}"{" print" if name in PRINTED else ""};\n'


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("html-page-context", choose_sheet, priority=950)
    when_written(app, write_sheet, priority=600)  # after the files of npm packages are there
