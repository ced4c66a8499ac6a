"""Live cells: code cells tagged ``live``, which the reader changes and runs in the page.

In the page they are static cells with their output as it was executed; `live.js` makes editors of
them. With the metadatum ``exercise: NAME`` a cell is a checked exercise: its hints and its solution
are those of `d2lmini.exercises.NAME`.
"""

import json
from importlib import import_module
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.transforms.post_transforms import SphinxPostTransform

from d2lbook.esbuild import bundle_all
from d2lbook.live_engine import write_engine
from d2lbook.made_ahead import make_ahead
from d2lbook.tabs import cells_of
from d2lbook.vendored import node_modules

SOURCES = Path(__file__).parents[1] / "live"
TAG = "live"
FILES = {
    "js/live.js": "live.js",  # all that a page loads before a cell is touched
    "js/editor.js": "editor.js",
}
"""Source -> the file that is made of it and of all that it imports."""

BUTTONS = {"run": "Run", "stop": "Stop", "reset": "Reset"}
BUTTONS_OF_EXERCISES = {"check": "Check", **BUTTONS, "hint": "Hint", "solution": "Solution"}


class LiveCells(SphinxPostTransform):
    """Put buttons and a place for messages below the code of live cells."""

    default_priority = 6
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        cells = [cell for cell in cells_of(self.document) if is_live(cell)]
        for number, cell in enumerate(cells, 1):
            data = cell_data(cell["cell_metadata"], f"{self.env.docname} {number}")
            cell["classes"].append("d2l-live")
            cell.insert(1, nodes.raw("", controls(data), format="html"))


def is_live(cell: nodes.Element) -> bool:
    """Return whether a code cell is tagged as live."""
    return TAG in cell["cell_metadata"].get("tags", [])


def cell_data(metadata: dict[str, Any], key: str) -> dict[str, Any]:
    """Return what the page has to know of a live cell.

    Parameters
    ----------
    metadata : dict
        That of the cell.
    key : str
        The name under which a browser keeps what the reader wrote.
    """
    if "exercise" not in metadata:
        return {"key": key}
    name = metadata["exercise"]
    exercise = find_exercise(name)
    return {
        "key": f"exercise {name}",
        "exercise": name,
        "task": (exercise.__doc__ or "").strip().partition("\n")[0],
        "hints": list(exercise.HINTS),
        "solution": exercise.SOLUTION.strip("\n"),
    }


def find_exercise(name: str) -> Any:
    """Return the module of an exercise."""
    names = import_module("d2lmini.exercises").NAMES
    if name not in names:
        raise ExtensionError(f"exercise {name!r}: must be one of {', '.join(names)}")
    return import_module(f"d2lmini.exercises.{name}")


def controls(data: dict[str, Any]) -> str:
    """Return the buttons of a cell, its place for messages, and its data for `live.js`."""
    names = BUTTONS_OF_EXERCISES if "exercise" in data else BUTTONS
    buttons = "".join(button(action, title) for action, title in names.items())
    verb = "check" if "exercise" in data else "run"
    state = json.dumps(data).replace("<", "\\u003c")
    return (
        f'<div class="d2l-live-bar">{buttons}<p role="status">'
        f"Change the code and {verb} it.</p></div>"
        f'<script type="application/json">{state}</script>'
    )


def button(action: str, title: str) -> str:
    """Return a button; what cannot be used yet is marked so, and keeps its place."""
    disabled = ' aria-disabled="true"' if action == "stop" else ""
    return f'<button type="button" data-do="{action}"{disabled}>{title}</button>'


def add_files(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Load the script where there is a live cell; what is added now is for one page."""
    if 'class="d2l-live-bar"' in context.get("body", ""):
        app.add_js_file("live/live.js", loading_method="defer")


def write_files(app: Sphinx) -> None:
    """Write what live cells load."""
    folder = Path(app.outdir) / "_static" / "live"
    write_page_side(folder)
    write_engine(folder, node_modules(app))


def write_page_side(folder: Path) -> None:
    """Write the scripts of the page's side, each as one small file."""
    bundle_all(FILES, SOURCES, folder)


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_post_transform(LiveCells)
    app.connect("html-page-context", add_files)
    make_ahead(app, write_files)
