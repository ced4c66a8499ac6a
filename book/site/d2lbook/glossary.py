"""Links into the glossary show the definition of their term."""

import functools
import html

from docutils import nodes
from sphinx.application import Sphinx


def add_definitions(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Give each link into the glossary the definition to show on hover and focus."""
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


@functools.cache
def definitions(app: Sphinx) -> dict[str, str]:
    """Return the text of each glossary entry by the id of its term."""
    glossary = app.env.get_doctree("book/glossary")
    return {
        name: " ".join(item.next_node(nodes.definition).astext().split())
        for item in glossary.findall(nodes.definition_list_item)
        for term in item.findall(nodes.term)
        for name in term["ids"]
    }


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("doctree-resolved", add_definitions)
