"""Files that pages load: copied from pinned npm packages, and an icon font of the icons in use."""

import shutil
from pathlib import Path
from typing import Any

import pydata_sphinx_theme
import tinycss2
from fontTools.subset import Options, Subsetter, load_font, save_font
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from d2lbook.written import read, when_written

VENDORED = {
    "katex/dist/katex.min.css": "katex/katex.min.css",
    "katex/dist/fonts": "katex/fonts",
}
"""Path under node_modules -> path under _static/vendor."""

THEME = Path(pydata_sphinx_theme.__file__).parent / "theme" / "pydata_sphinx_theme" / "static"
FONTS = Path("vendor", "fontawesome", "webfonts")


def node_modules(app: Sphinx) -> Path:
    """Return the folder of npm packages."""
    folder = Path(app.confdir) / "node_modules"
    if not folder.is_dir():
        raise ExtensionError(f"{folder} is missing: run `make setup`")
    return folder


def copy_vendored(app: Sphinx) -> None:
    """Copy the files that pages load from npm packages, and make the icon font."""
    static = Path(app.outdir) / "_static"
    for source, target in VENDORED.items():
        copy(node_modules(app) / source, static / "vendor" / target)
    codes = icon_codes(static / "styles", classes_in(Path(app.outdir)))
    subset_icons(static / FONTS, codes)


def copy(source: Path, target: Path) -> None:
    """Copy a file, or a folder without the old font formats."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        old_formats = shutil.ignore_patterns("*.ttf", "*.woff")
        shutil.copytree(source, target, dirs_exist_ok=True, ignore=old_formats)
    else:
        shutil.copy2(source, target)


def classes_in(folder: Path) -> set[str]:
    """Return all classes of the pages."""
    words = set().union(*(read(page).words for page in folder.rglob("*.html")))
    return {word for attribute, word in words if attribute == "class"}


def icon_codes(styles: Path, classes: set[str]) -> set[int]:
    """Return the characters that the style sheets draw for elements of these classes."""
    codes = set()
    for path in styles.glob("*.css"):
        sheet = tinycss2.parse_stylesheet(path.read_text(encoding="utf8"), True, True)
        for rule in sheet:
            if rule.type == "qualified-rule":
                needed = icon_classes(rule.prelude)
                if not needed or needed & classes:
                    codes |= private_characters(rule.content)
    return codes


def icon_classes(selector: list[Any]) -> set[str]:
    """Return the classes of icons in a selector."""
    names = {token.value for token in selector if token.type == "ident"}
    return {name for name in names if name.startswith("fa-")}


def private_characters(declarations: list[Any]) -> set[int]:
    """Return the characters of an icon font in the strings of some declarations."""
    strings = "".join(token.value for token in declarations if token.type == "string")
    return {ord(character) for character in strings if "\ue000" <= character <= "\uf8ff"}


def subset_icons(folder: Path, codes: set[int]) -> None:
    """Reduce the theme's icon font to some characters."""
    missing = set(codes)
    for path in sorted((THEME / FONTS).glob("*.woff2")):
        options = Options(flavor="woff2", notdef_outline=True, layout_features=[])
        font = load_font(str(path), options)
        missing -= set(font.getBestCmap())
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=codes)
        subsetter.subset(font)
        save_font(font, str(folder / path.name), options)
    if missing or not codes:
        raise ExtensionError(f"the theme's icon fonts lack {sorted(map(hex, missing)) or 'all'}")


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    when_written(app, copy_vendored)
