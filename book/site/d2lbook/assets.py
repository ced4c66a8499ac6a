"""What the pages load comes from pinned npm packages, is copied beside them, and is kept small."""

import re
import shutil
from pathlib import Path

import anywidget
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

MANAGER = "html-manager/embed.js"
ONLY_ITS_OWN = "void 0!==this.loader?n(this.loader(i,r)):"
ALSO_OTHERS = "window.loadWidgetModule?n(window.loadWidgetModule(this,i)):"
"""The small widget manager (half of the one for AMD) asks nobody for modules it does not hold."""

THEME = Path(pydata_sphinx_theme.__file__).parent / "theme" / "pydata_sphinx_theme" / "static"


def node_modules(app: Sphinx) -> Path:
    """Return the folder of npm packages, or say how to make it."""
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
        origin, place = node_modules(app) / source, vendor / target
        place.parent.mkdir(parents=True, exist_ok=True)
        if origin.is_dir():
            older = shutil.ignore_patterns("*.ttf", "*.woff")
            shutil.copytree(origin, place, dirs_exist_ok=True, ignore=older)
        else:
            shutil.copy2(origin, place)
    let_manager_ask(vendor / MANAGER)
    target = vendor / "anywidget" / "index.js"
    target.parent.mkdir(exist_ok=True)
    shutil.copy2(Path(anywidget.__file__).parent / "nbextension" / "index.js", target)
    subset_icons(Path(app.outdir))


def let_manager_ask(manager: Path) -> None:
    """Let the widget manager ask the page, in `widgets.js`, for modules it does not hold."""
    text = manager.read_text(encoding="utf8")
    if text.count(ONLY_ITS_OWN) != 1:
        raise ExtensionError(f"{manager} is not the release that this was written for")
    manager.write_text(text.replace(ONLY_ITS_OWN, ALSO_OTHERS), encoding="utf8")


def subset_icons(outdir: Path) -> None:
    """Cut the theme's icon font down to the icons that the pages draw."""
    styles = outdir / "_static" / "styles"
    css = "".join(path.read_text(encoding="utf8") for path in sorted(styles.glob("*.css")))
    pages = "".join(path.read_text(encoding="utf8") for path in sorted(outdir.rglob("*.html")))
    used = set(re.findall(r"\bfa-[a-z0-9-]+", pages))
    wanted = {ord(character) for character in re.findall("[\ue000-\uf8ff]", css)}
    for selectors, code in re.findall(r'([^{}]*)\{[^{}]*(?:content|--fa): ?"\\(f\w+)"', css):
        names = set(re.findall(r"\.(fa-[a-z0-9-]+)", selectors))
        if not names or names & used:
            wanted.add(int(code, 16))
    fonts = Path("vendor", "fontawesome", "webfonts")
    for font in (THEME / fonts).glob("*.woff2"):
        options = Options(flavor="woff2", notdef_outline=True, layout_features=[])
        loaded = load_font(str(font), options)
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=wanted)
        subsetter.subset(loaded)
        save_font(loaded, str(outdir / "_static" / fonts / font.name), options)


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("build-finished", copy_vendored)
