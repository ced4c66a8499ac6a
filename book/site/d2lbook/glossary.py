"""Links into the glossary show the definition of their term.

It stands in the margin of a wide screen; elsewhere it appears under the pointer or with the focus.
"""

import functools
import html

from docutils import nodes
from sphinx.application import Sphinx


def add_definitions(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the definition of its term behind each link into the glossary."""
    if app.builder.format != "html":
        return
    links = [link for link in doctree.findall(nodes.reference) if is_term(link)]
    for number, link in enumerate(links):
        target = link.get("refid") or link["refuri"].partition("#")[2]
        definition = definitions(app).get(target)
        if definition:
            link.replace_self(
                nodes.raw("", with_definition(link, *definition, number), format="html")
            )


def is_term(link: nodes.reference) -> bool:
    """Return whether a link leads into the glossary."""
    return any("std-term" in child["classes"] for child in link.findall(nodes.inline))


def with_definition(link: nodes.Element, term: str, definition: str, number: int) -> str:
    """Return a link and its definition; the style sheet shows it, `glossary.js` dismisses it."""
    address = html.escape(link.get("refuri") or f"#{link['refid']}")
    note = f"<b>{html.escape(term)}:</b> {html.escape(definition)}"
    return (
        f'<span class="d2l-term"><a href="{address}" aria-describedby="definition-{number}">'
        f'{html.escape(link.astext())}</a><span class="d2l-definition" role="tooltip" '
        f'id="definition-{number}">{note}</span></span>'
    )


@functools.cache
def definitions(app: Sphinx) -> dict[str, tuple[str, str]]:
    """Return the term and the text of each glossary entry by the id of the term."""
    glossary = app.env.get_doctree("book/glossary")
    return {
        name: (term.astext(), " ".join(item.next_node(nodes.definition).astext().split()))
        for item in glossary.findall(nodes.definition_list_item)
        for term in item.findall(nodes.term)
        for name in term["ids"]
    }


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("doctree-resolved", add_definitions)
