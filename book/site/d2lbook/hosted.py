"""Modules that the page hosts itself, by `host.js`: no widget manager is loaded for them.

The metadata of such an output name the module and hold its state, under ``d2lmini``.
"""

import html
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from myst_nb.sphinx_ import NbMetadataCollector  # type: ignore[import-untyped]
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from d2lbook.outputs import output_metadata
from d2lmini.explore import frame_html
from d2lmini.lab.standalone import script

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
SCRIPTS = {"lab": script}
"""Module -> what makes its script."""


class HostedOutputs(SphinxPostTransform):
    """Put an element for `host.js` in the place of each output that has a module."""

    default_priority = 2  # before the other widgets get their pictures
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        found = list(bundles(self.app, self.env.docname, self.document))
        for number, (bundle, hosted) in enumerate(found):
            if hosted is not None:
                prefix = f"{self.env.docname.replace('/', '-')}-hosted{number}"
                still = frame_html(svg_of(self.app, bundle), hosted["description"], prefix)
                bundle.replace_self(nodes.raw("", markup(hosted, still), format="html"))


def bundles(
    app: Sphinx, docname: str, document: nodes.document
) -> Iterator[tuple[nodes.container, dict[str, Any] | None]]:
    """Yield each output that is a MIME bundle, and what its metadata say of a module."""
    for cell in parts_of(document, "cell_code"):
        own = parts_of(cell, "mime_bundle")
        if own:
            every = output_metadata(app, docname, cell)
            for bundle, metadata in zip(own, every, strict=True):
                module = metadata.get("d2lmini", {})
                yield bundle, module if "module" in module else None


def parts_of(node: nodes.Element, kind: str) -> list[nodes.container]:
    """Return the nodes that myst-nb made for one kind of a notebook's parts."""
    return [part for part in node.findall(nodes.container) if part.get("nb_element") == kind]


def forms_of(bundle: nodes.container) -> dict[str, Any]:
    """Return the nodes of an output by their MIME types."""
    forms = (form for form in bundle.children if isinstance(form, nodes.Element))
    return {form["mime_type"]: form.children[0] for form in forms}


def svg_of(app: Sphinx, bundle: nodes.container) -> str:
    """Return the still of an output; myst-nb stores it in a file."""
    return (Path(app.srcdir) / forms_of(bundle)["image/svg+xml"]["uri"]).read_text("utf8")


def markup(hosted: dict[str, Any], still: str) -> str:
    """Return the element that `host.js` looks for."""
    state = json.dumps(hosted["state"]).replace("<", "\\u003c")
    return (
        f'<div class="d2l-hosted" data-module="{html.escape(hosted["module"])}">'
        f'<script type="application/json">{state}</script>'
        '<div class="d2l-still"><noscript>This needs JavaScript to run; a picture stands in for '
        f"it.</noscript>{still}</div></div>"
    )


def drop_manager(app: Sphinx, document: nodes.document) -> None:
    """Remove widget states and their script from a page that hosts all of its widgets."""
    docname = app.env.docname
    for bundle, hosted in bundles(app, docname, document):
        if hosted is None and WIDGET_VIEW in forms_of(bundle):
            return
    files = NbMetadataCollector.get_js_files(app.env, docname)
    for key in [key for key in files if key.startswith("ipywidgets")]:
        del files[key]


def add_host(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Load `host.js` where it has something to do; during this event a file is for one page."""
    if 'class="d2l-hosted"' in context.get("body", ""):
        app.add_js_file("host.js", loading_method="defer")


def write_scripts(app: Sphinx, exception: Exception | None) -> None:
    """Write the scripts that `host.js` loads."""
    if exception is not None or app.builder.format != "html":
        return
    folder = Path(app.outdir) / "_static" / "hosted"
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in SCRIPTS.items():
        (folder / f"{name}.js").write_text(make(name), encoding="utf8")


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_post_transform(HostedOutputs)
    app.connect("doctree-read", drop_manager)
    app.connect("html-page-context", add_host)
    app.connect("build-finished", write_scripts)
