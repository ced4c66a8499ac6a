"""Files that pages load: copied from pinned npm packages, and an icon font of the icons in use."""

import shutil
from html.parser import HTMLParser
from pathlib import Path

import pydata_sphinx_theme
from fontTools.subset import Options, Subsetter, load_font, save_font
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

VENDORED = {
    "katex/dist/katex.min.css": "katex/katex.min.css",
    "katex/dist/fonts": "katex/fonts",
    "@jupyter-widgets/html-manager/dist/embed.js": "html-manager/embed.js",
}
"""Path under node_modules -> path under _static/vendor."""

THEME = Path(pydata_sphinx_theme.__file__).parent / "theme" / "pydata_sphinx_theme" / "static"
FONTS = Path("vendor", "fontawesome", "webfonts")
NOT_ICONS = {"solid", "regular", "brands", "lg", "sm"}
"""Classes of the icon font that choose a style or a size."""
ICONS_OF_STYLES = {"angle-right", "circle-info", "lightbulb", "bell", "chevron-right", "link"}
"""Icons that the theme draws from its style sheets alone."""
ALIASES = {"file-lines": "file-lines"}


def node_modules(app: Sphinx) -> Path:
    """Return the folder of npm packages."""
    folder = Path(app.confdir) / "node_modules"
    if not folder.is_dir():
        raise ExtensionError(f"{folder} is missing: run `make setup`")
    return folder


def copy_vendored(app: Sphinx, exception: Exception | None) -> None:
    """Copy the files that pages load from npm packages, and make the icon font."""
    if exception is not None or app.builder.format != "html":
        return
    static = Path(app.outdir) / "_static"
    for source, target in VENDORED.items():
        copy(node_modules(app) / source, static / "vendor" / target)
    subset_icons(static / FONTS, icons_in(Path(app.outdir)) | ICONS_OF_STYLES)


def copy(source: Path, target: Path) -> None:
    """Copy a file, or a folder without the old font formats."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        old_formats = shutil.ignore_patterns("*.ttf", "*.woff")
        shutil.copytree(source, target, dirs_exist_ok=True, ignore=old_formats)
    else:
        shutil.copy2(source, target)


class IconClasses(HTMLParser):
    """Collects the names of the icons that a page shows."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the icons among the classes of an element."""
        classes = (dict(attrs).get("class") or "").split()
        names = {name.removeprefix("fa-") for name in classes if name.startswith("fa-")}
        self.names |= names - NOT_ICONS


def icons_in(folder: Path) -> set[str]:
    """Return the names of the icons that the pages show."""
    icons = IconClasses()
    for page in folder.rglob("*.html"):
        icons.feed(page.read_text(encoding="utf8"))
    return icons.names


def subset_icons(folder: Path, names: set[str]) -> None:
    """Reduce the theme's icon font to some icons; its glyphs have the names of the icons."""
    missing = set(names)
    for path in sorted((THEME / FONTS).glob("*.woff2")):
        options = Options(flavor="woff2", notdef_outline=True, layout_features=[])
        font = load_font(str(path), options)
        held = names & set(font.getGlyphOrder())
        missing -= held
        subsetter = Subsetter(options)
        subsetter.populate(glyphs=held)
        subsetter.subset(font)
        save_font(font, str(folder / path.name), options)
    if missing:
        raise ExtensionError(f"the theme's icon font has no icon {', '.join(sorted(missing))}")


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("build-finished", copy_vendored)
