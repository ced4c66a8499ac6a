"""The script and the style that draw a page's widgets, made of the packages of ipywidgets.

The packages have a bundle of their own; it needs `eval`, which the pages' policy forbids, and is
more than twice as large.
"""

from pathlib import Path

from sphinx.application import Sphinx

from d2lbook.esbuild import bundle_all
from d2lbook.made_ahead import make_ahead

SOURCES = Path(__file__).parents[1] / "widgets"
FILES = {"manager.js": "manager.js", "manager.css": "manager.css"}
"""Source -> the file that is made of it and of all that it imports."""


def write_files(app: Sphinx) -> None:
    """Write what `widgets.js` loads when a widget nears the screen."""
    bundle_all(FILES, SOURCES, Path(app.outdir) / "_static" / "widget_manager")


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    make_ahead(app, write_files)
