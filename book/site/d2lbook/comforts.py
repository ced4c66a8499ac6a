"""Comforts: notebooks to download, launch buttons that work, reading time, terms that explain."""

import html
import re
import shutil
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

WORDS_PER_MINUTE = 200

NO_SUMMARIES_FROM_FILES = (
    'if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;'
)
"""A page opened from a disk may not fetch the pages that a search would summarize."""


def hide_dead_launch_buttons(app: Sphinx, config: Any) -> None:
    """Show launch buttons only when there is a repository for them to launch."""
    options = config.html_theme_options
    if not options.get("repository_url"):
        options.pop("launch_buttons", None)


def address_previews(app: Sphinx, config: Any) -> None:
    """Give link previews the address that `_config.yml` gives the book."""
    config.ogp_site_url = config.ogp_site_url or config.html_baseurl


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
        context["meta"] = {
            k: v for k, v in (context.get("meta") or {}).items() if k != "kernelspec"
        }


def tell_reading_time(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Say below the title how long the prose takes to read; code and pictures come on top."""
    if doctree is None or not pagename.startswith("notebooks/"):
        return
    words = sum(len(p.astext().split()) for p in doctree.findall(is_prose))
    minutes = max(1, round(words / WORDS_PER_MINUTE))
    note = f'<p class="d2l-reading">{minutes} min of prose, and the code</p>'
    context["body"] = context["body"].replace("</h1>", f"</h1>\n{note}", 1)


def is_prose(node: nodes.Node) -> bool:
    """Tell whether a node is text to be read."""
    return isinstance(node, nodes.paragraph | nodes.title | nodes.caption)


def explain_terms(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Let a link into the glossary show its definition on hover and focus."""
    for link in list(doctree.findall(nodes.reference)):
        if not any("std-term" in child.get("classes", []) for child in link.findall(nodes.inline)):
            continue
        definition = definitions(app).get(link.get("refid") or link["refuri"].partition("#")[2])
        if definition and app.builder.format == "html":
            target = link.get("refuri") or f"#{link['refid']}"
            link.replace_self(
                nodes.raw(
                    "",
                    f'<a class="d2l-term" href="{html.escape(target)}" '
                    f'data-definition="{html.escape(definition)}">{html.escape(link.astext())}</a>',
                    format="html",
                )
            )


def definitions(app: Sphinx) -> dict[str, str]:
    """Return the text of each glossary entry by the id of its term."""
    if not hasattr(app, "d2l_definitions"):
        glossary = app.env.get_doctree("book/glossary")
        app.d2l_definitions = {
            name: re.sub(r"\s+", " ", item.next_node(nodes.definition).astext())
            for item in glossary.findall(nodes.definition_list_item)
            for term in item.findall(nodes.term)
            for name in term["ids"]
        }
    return app.d2l_definitions


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_js_file(None, body=NO_SUMMARIES_FROM_FILES, priority=250)
    app.connect("config-inited", hide_dead_launch_buttons, priority=100)
    app.connect("config-inited", address_previews, priority=100)
    app.connect("html-page-context", offer_notebook, priority=100)
    app.connect("html-page-context", tell_reading_time)
    app.connect("doctree-resolved", explain_terms)
