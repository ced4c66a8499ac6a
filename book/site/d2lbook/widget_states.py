"""The states of a page's widgets are a file of their own, loaded with the widget manager.

They hold the pictures of all positions of the sliders, and are often larger than the page. A page
that is opened from a disk can load them as a script only.
"""

import json
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

TYPE = "application/vnd.jupyter.widget-state+json"


def move_states(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Take the states out of a page, and write them where `widgets.js` looks for them."""
    states = [one for one in context["script_files"] if one.attributes.get("type") == TYPE]
    if not states:
        return
    context["script_files"] = [one for one in context["script_files"] if one not in states]
    target = Path(app.outdir, "_static", "widget_states", f"{pagename}.js")
    target.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(without_pieces(states[0].attributes["body"]))
    target.write_text(f"addWidgetStates({text});\n", encoding="utf8")


def without_pieces(body: str) -> str:
    """Remove the widgets that the page hosts itself: the manager has no module for them."""
    states = json.loads(body)
    kept = {k: one for k, one in states["state"].items() if one["model_module"] != "anywidget"}
    return json.dumps({**states, "state": kept})


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("html-page-context", move_states, priority=950)
