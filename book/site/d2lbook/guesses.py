"""A guess that the reader takes before looking; the page compares it with what a cell measured.

The cell that measures asks for the guess, by its metadata:

.. code-block:: yaml

    guess:
      name: best-batch
      question: How many rows should a minibatch have?
      after: "the best is b ="
      from: 1
      to: 1500
      log: true
      unit: rows

The measured value is the first number after some words of the output, as it was executed; ``log``
and ``unit`` can be left out. With ``hide: true`` the output is not shown before the guess.
"""

import json
import re
from html import escape
from pathlib import Path
from typing import Any, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.transforms.post_transforms import SphinxPostTransform

from d2lbook.esbuild import bundle_all
from d2lbook.live import SOURCES
from d2lbook.made_ahead import make_ahead
from d2lbook.tabs import cells_of

FILES = {"js/guess.js": "guess.js"}
"""Source -> the file that is made of it and of all that it imports."""

NUMBER = re.compile(r"[-−]?\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?")


class Guesses(SphinxPostTransform):
    """Put a guess before each cell that asks for one."""

    default_priority = 6  # after MyST-NB has chosen among the forms of an output
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        for cell in list(cells_of(self.document)):
            if "guess" in cell["cell_metadata"]:
                cell.parent.insert(cell.parent.index(cell), guess_before(cell))


def guess_before(cell: nodes.Element) -> nodes.Element:
    """Return the guess that a cell asks for; its output waits for it if the cell says so."""
    asked = cell["cell_metadata"]["guess"]
    data = guess_data(asked)
    output = cast("nodes.Element", cell[-1])
    data["measured"] = number_after(asked["after"], output.astext(), asked["name"])
    if asked.get("hide"):
        output["classes"] += ["d2l-awaits-guess", f"d2l-measures-{asked['name']}"]
    box = nodes.container(classes=["d2l-guess"])
    box += nodes.paragraph(asked["question"], asked["question"])
    box += nodes.raw("", controls(data), format="html")
    return box


def guess_data(asked: dict[str, Any]) -> dict[str, Any]:
    """Return what `guess.js` has to know, beside the measured value.

    Parameters
    ----------
    asked : dict
        The metadatum ``guess`` of a cell.
    """
    missing = {"name", "question", "after", "from", "to"} - asked.keys()
    if missing:
        raise ExtensionError(f"guess {asked}: needs {', '.join(sorted(missing))}")
    low, high, log = asked["from"], asked["to"], asked.get("log", False)
    if not low < high or (log and low <= 0):
        raise ExtensionError(
            f"guess {asked['name']!r}: from {low} to {high} must rise"
            f"{', from above zero' if log else ''}"
        )
    unit = asked.get("unit", "")
    return {"name": asked["name"], "low": low, "high": high, "log": log, "unit": unit}


def number_after(words: str, output: str, name: str) -> float:
    """Return the first number after some words in an output.

    Parameters
    ----------
    words : str
    output : str
    name : str
        That of the guess, for messages.
    """
    found = NUMBER.search(output.partition(words)[2])
    if found is None:
        raise ExtensionError(f"guess {name!r}: the output has no number after {words!r}")
    return float(found[0].replace(",", "").replace("−", "-"))


def controls(data: dict[str, Any]) -> str:
    """Return the controls of a guess, which `guess.js` makes work."""
    unit = f'<span class="d2l-guess-unit">{escape(data["unit"])}</span>' if data["unit"] else ""
    state = json.dumps(data).replace("<", "\\u003c")
    return (
        f'<script type="application/json">{state}</script><div class="d2l-guess-controls">'
        '<div class="d2l-guess-axis"><input type="range" min="0" max="1000" value="500" step="1" '
        'aria-label="Your guess, on an axis"><div class="d2l-guess-ends" aria-hidden="true">'
        f"<span>{data['low']:g}</span><span>{data['high']:g}</span></div></div>"
        f'<label>Your guess <input type="number" step="any">{unit}</label>'
        '<button type="button" data-do="compare" aria-disabled="true">Compare</button>'
        '<button type="button" data-do="forget" hidden>Forget</button><p role="status"></p></div>'
    )


def add_files(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Load the script where there is a guess; what is added now is for one page."""
    if 'class="d2l-guess-controls"' in context.get("body", ""):
        app.add_js_file("live/guess.js", loading_method="defer")


def write_files(app: Sphinx) -> None:
    """Write what guesses load."""
    write_scripts(Path(app.outdir) / "_static" / "live")


def write_scripts(folder: Path) -> None:
    """Write the script of guesses as one small file."""
    bundle_all(FILES, SOURCES, folder)


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_post_transform(Guesses)
    app.connect("html-page-context", add_files)
    make_ahead(app, write_files)
