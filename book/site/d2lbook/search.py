"""Search results with excerpts also from a disk, and previews of links on other sites.

Sphinx would fetch each page that is found, which a page from a disk may not do, and show formulas
as they are written in LaTeX. The excerpts are of texts that the build makes.
"""

import json
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from d2lbook.below_title import is_prose
from d2lbook.plain_formulas import plain
from d2lbook.written import when_written

TEXTS = "search_texts.js"
"""The prose of all pages."""


def add_scripts(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Let the search page, and no other, load the scripts for excerpts."""
    if pagename == "search":
        app.add_js_file(TEXTS, defer="defer")
        app.add_js_file("search_excerpts.js", defer="defer")


def write_texts(app: Sphinx) -> None:
    """Write the prose of the pages that a search can find."""
    found = [name for name in app.env.found_docs if "nosearch" not in app.env.metadata[name]]
    texts = {name: prose(app.env.get_doctree(name)) for name in sorted(found)}
    script = f"globalThis.searchTexts = {json.dumps(texts, ensure_ascii=False)};\n"
    Path(app.outdir, "_static", TEXTS).write_text(script, encoding="utf8")


def prose(document: nodes.document) -> str:
    """Return the text of a page without code and pictures."""
    return " ".join(" ".join(text_of(node).split()) for node in document.findall(is_prose))


def text_of(node: nodes.Node) -> str:
    """Return the text of a node, its formulas in plain characters."""
    if isinstance(node, nodes.math):
        return plain(node.astext())
    return "".join(map(text_of, node.children)) if node.children else node.astext()


def configure(app: Sphinx, config: Any) -> None:
    """Let Sphinx fetch no pages; give link previews the address of the book in `_config.yml`."""
    config.html_show_search_summary = False
    config.ogp_site_url = config.ogp_site_url or config.html_baseurl


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("html-page-context", add_scripts)
    when_written(app, write_texts)
    app.connect("config-inited", configure, priority=100)
