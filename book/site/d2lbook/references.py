"""References are listed under what the text cites them by: names and year."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from docutils import nodes
from pybtex.database import Entry, Person
from pybtex.plugin import register_plugin
from pybtex.style.formatting.alpha import Style as AlphaStyle
from pybtex.style.labels import BaseLabelStyle
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

STYLE = "names_and_year"


class NamesAndYear(BaseLabelStyle):
    """Labels such as "Polyak and Juditsky, 1992", or "Goyal et al., 2017" from three names on."""

    def format_labels(self, sorted_entries: list[Entry]) -> Iterator[str]:
        """Yield each entry's label; those of one year and the same names get a letter."""
        labels = [f"{names_of(entry)}, {entry.fields['year']}" for entry in sorted_entries]
        seen: Counter[str] = Counter()
        for label in labels:
            letter = chr(ord("a") + seen[label]) if labels.count(label) > 1 else ""
            seen[label] += 1
            yield label + letter


class Style(AlphaStyle):
    """Sorted and written as in the style `alpha`, with these labels."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.format_labels = NamesAndYear().format_labels


def names_of(entry: Entry) -> str:
    """Return the last names of one or two authors; of more, the first and "et al."."""
    names = [last_name(person) for person in entry.persons["author"]]
    return " and ".join(names) if len(names) < 3 else f"{names[0]} et al."


def last_name(person: Person) -> str:
    """Return a last name without the marks of LaTeX."""
    return " ".join(str(part) for part in (*person.rich_prelast_names, *person.rich_last_names))


def choose_style(app: Sphinx, config: Any) -> None:
    """Let every bibliography use this style, and give each entry its key as its id."""
    config.bibtex_default_style = STYLE
    config.bibtex_cite_id = "{key}"


def visit_citation(self: HTML5Translator, node: nodes.Element) -> None:
    """Open an entry; the role that docutils gives it is deprecated."""
    self.body.append(self.starttag(node, "div", classes=["citation"]))


def depart_citation(self: HTML5Translator, node: nodes.Element) -> None:
    """Close an entry."""
    self.body.append("</div>\n")


def visit_label(self: HTML5Translator, node: nodes.Element) -> None:
    """Open the names and the year above an entry."""
    self.body.append('<span class="label">')


def depart_label(self: HTML5Translator, node: nodes.Element) -> None:
    """Close the names and the year."""
    self.body.append("</span>\n")


def setup(app: Sphinx) -> None:
    """Register with pybtex and Sphinx."""
    app.add_node(nodes.citation, override=True, html=(visit_citation, depart_citation))
    app.add_node(nodes.label, override=True, html=(visit_label, depart_label))
    register_plugin("pybtex.style.formatting", STYLE, Style)
    app.connect("config-inited", choose_style, priority=100)
