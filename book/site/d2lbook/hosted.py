"""Modules that the page hosts itself, by `host.js`: no widget manager is loaded for them.

The metadata of such an output name the module and hold its state.
"""

import html
import json
from pathlib import Path
from typing import Any

from docutils import nodes
from myst_nb.sphinx_ import NbMetadataCollector
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from d2lbook.esbuild import esbuild
from d2lbook.figures import drawn_later, has_explorer, id_prefix
from d2lbook.made_ahead import make_ahead
from d2lbook.tabs import cells_of
from d2lmini.explore import frame_html
from d2lmini.lab import PIECES
from d2lmini.lab.standalone import script


class HostedOutputs(SphinxPostTransform):
    """Put an element for `host.js` in the place of each output that has a module."""

    default_priority = 3  # before MyST-NB chooses among the forms of an output
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        for bundle, metadata, still in drawn_later(self.app, self.document, "module"):
            bundle.replace_self(nodes.raw("", markup(metadata, still), format="html"))


class PieceDirective(SphinxDirective):
    """A piece in a page that is no notebook: ``:::{piece} minibatch``."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        names = {piece.module: piece for piece in PIECES}
        if self.arguments[0] not in names:
            raise self.error(f"{self.arguments[0]}: must be one of {', '.join(names)}")
        forms, metadata = names[self.arguments[0]]()._repr_mimebundle_()
        hosted = metadata["d2lmini"]
        prefix = f"{id_prefix(self.env.docname)}-{hosted['module']}"
        still = frame_html(forms["image/svg+xml"], hosted["description"], prefix)
        return [nodes.raw("", markup(hosted, still), format="html")]


def markup(hosted: dict[str, Any], still: str) -> str:
    """Return the element that `host.js` looks for."""
    state = json.dumps(hosted["state"]).replace("<", "\\u003c")
    return (
        f'<div class="d2l-hosted" data-module="{html.escape(hosted["module"])}" '
        f'data-parameters="{html.escape(" ".join(hosted["parameters"]))}">'
        f'<script type="application/json">{state}</script>'
        '<div class="d2l-still"><noscript>This needs JavaScript to run; a picture stands in for '
        f"it.</noscript>{still}</div></div>"
    )


def drop_manager(app: Sphinx, document: nodes.document) -> None:
    """Remove widget states and their script from a page that hosts all of its widgets."""
    docname = app.env.docname
    if any(has_explorer(app, docname, cell) for cell in cells_of(document)):
        return
    files = NbMetadataCollector.get_js_files(app.env, docname)
    for key in [key for key in files if key.startswith("ipywidgets")]:
        del files[key]


def add_scripts(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Load the scripts that a page needs; during this event a file is for one page."""
    body = context.get("body", "")
    is_hosted, has_widget = 'class="d2l-hosted"' in body, 'class="d2l-widget"' in body
    if is_hosted:
        app.add_js_file("host.js", loading_method="defer")
    if is_hosted or has_widget:
        app.add_js_file("hold_target.js", loading_method="defer")


def write_scripts(app: Sphinx) -> None:
    """Write the scripts that `host.js` loads."""
    folder = Path(app.outdir) / "_static" / "hosted"
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"{piece.module}.js" for piece in PIECES]
    for piece, file in zip(PIECES, files, strict=True):
        file.write_text(script(piece), encoding="utf8")
    minify(files)


def minify(files: list[Path]) -> None:
    """Make the scripts of a folder smaller, in place."""
    esbuild(*files, "--allow-overwrite", f"--outdir={files[0].parent}")


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_post_transform(HostedOutputs)
    app.add_directive("piece", PieceDirective)
    app.connect("doctree-read", drop_manager)
    app.connect("html-page-context", add_scripts)
    make_ahead(app, write_scripts)
