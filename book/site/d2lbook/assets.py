"""Files that pages load: copied from pinned npm packages, and kept small."""

import re
import shutil
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


def node_modules(app: Sphinx) -> Path:
    """Return the folder of npm packages."""
    folder = Path(app.confdir) / "node_modules"
    if not folder.is_dir():
        raise ExtensionError(f"{folder} is missing: run `make setup`")
    return folder


def copy_vendored(app: Sphinx, exception: Exception | None) -> None:
    """Copy the files that pages load from npm packages."""
    if exception is not None or app.builder.format != "html":
        return
    vendor = Path(app.outdir) / "_static" / "vendor"
    for source, target in VENDORED.items():
        copy(node_modules(app) / source, vendor / target)
    subset_icons(Path(app.outdir))


def copy(source: Path, target: Path) -> None:
    """Copy a file, or a folder without the old font formats."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        old_formats = shutil.ignore_patterns("*.ttf", "*.woff")
        shutil.copytree(source, target, dirs_exist_ok=True, ignore=old_formats)
    else:
        shutil.copy2(source, target)


def subset_icons(outdir: Path) -> None:
    """Reduce the theme's icon font to the icons that the pages use."""
    styles = outdir / "_static" / "styles"
    css = "".join(path.read_text(encoding="utf8") for path in sorted(styles.glob("*.css")))
    pages = "".join(path.read_text(encoding="utf8") for path in sorted(outdir.rglob("*.html")))
    used = set(re.findall(r"\bfa-[a-z0-9-]+", pages))
    needed = {ord(character) for character in re.findall("[\ue000-\uf8ff]", css)}
    for selectors, code in re.findall(r'([^{}]*)\{[^{}]*(?:content|--fa): ?"\\(f\w+)"', css):
        names = set(re.findall(r"\.(fa-[a-z0-9-]+)", selectors))
        if not names or names & used:
            needed.add(int(code, 16))
    fonts = Path("vendor", "fontawesome", "webfonts")
    for font in (THEME / fonts).glob("*.woff2"):
        options = Options(flavor="woff2", notdef_outline=True, layout_features=[])
        loaded = load_font(str(font), options)
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=needed)
        subsetter.subset(loaded)
        save_font(loaded, str(outdir / "_static" / fonts / font.name), options)


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("build-finished", copy_vendored)
