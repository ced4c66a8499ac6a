"""References are ordinary links, which are read in the book, in JupyterLab and on code hosts."""

import functools
import re
from itertools import pairwise

import jupytext
import pytest
from pybtex.database import parse_file

from tests.chapter.markdown import MARKDOWN, links, roles
from tests.chapter.pages import FILES, NOTEBOOKS, ROOT, START, TEXTS
from tools.sync import OTHER_FRAMEWORKS

GLOSSARY = ROOT / "book" / "glossary.md"
REFERENCES = ROOT / "book" / "references.md"
BOOK = [ROOT / f"{file}.md" for file in FILES if file.startswith("book/")]

WITHOUT_YEAR = {
    "uci-airfoil": "a data set, called by the name of its archive",
    "d2l2021": "the original section, called by the name of the book or by its edition",
    "d2len2021": "an edition, called by its years",
    "d2len2024": "an edition, called by its years",
    "d2lneu2026": "an edition, called by its years",
}
"""Works that a sentence cites by another name than that of their authors and year."""

each_notebook = pytest.mark.parametrize(
    "text", [*TEXTS, START], ids=lambda path: str(path.relative_to(ROOT))
)
each_text = pytest.mark.parametrize(
    "text", [*TEXTS, START, *BOOK], ids=lambda path: str(path.relative_to(ROOT))
)


def links_within(text, source=None):
    """Yield page, anchor and words of each link of a text (or of a part of it) to our own files."""
    for address, words in links(source or text.read_text()):
        if not re.match(r"[a-z]+:", address):
            path, _, anchor = address.partition("#")
            yield (text.parent / path).resolve() if path else text, anchor, words


def links_to(page, text):
    """Return anchor and words of each link of a text that leads to a page."""
    return [(anchor, words) for target, anchor, words in links_within(text) if target == page]


def slug(heading):
    """Return the anchor that the book and JupyterLab give a heading or a term."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@functools.cache
def anchors(page):
    """Return the names that a page gives its headings, figures, equations and notes."""
    text = page.with_suffix(".md").read_text()
    tokens = MARKDOWN.parse(text)
    headings = [
        after.content for before, after in pairwise(tokens) if before.type == "heading_open"
    ]
    names = re.findall(r"^ +name: (\S+)$|^:name: (\S+)$|^\$\$ \((\S+)\)$", text, re.MULTILINE)
    return {*map(slug, headings), *(name for found in names for name in found if name)}


@functools.cache
def terms():
    """Return the anchors of the glossary."""
    body = GLOSSARY.read_text().partition("```{glossary}\n")[2].partition("```")[0]
    return {slug(line) for line in body.splitlines() if line and not line.startswith(" ")}


@functools.cache
def works():
    return parse_file(str(ROOT / "book" / "references.bib")).entries


@each_notebook
def test_a_notebook_has_no_role(text):
    assert not list(roles(text.read_text()))


@each_text
def test_every_link_has_words(text):
    assert all(words.strip() for _, words in links(text.read_text()))


@each_text
def test_every_link_leads_somewhere(text):
    for page, anchor, words in links_within(text):
        assert page.exists(), words
        if anchor and page not in (GLOSSARY, REFERENCES):
            assert anchor in anchors(page), words


@each_text
def test_every_citation_names_a_work_and_its_year(text):
    for key, words in links_to(REFERENCES, text):
        if not key:  # to the whole list
            continue
        assert key in works(), words
        if key not in WITHOUT_YEAR:
            assert works()[key].fields["year"] in words


def test_each_exception_is_cited():
    cited = {key for text in [*TEXTS, *BOOK] for key, _ in links_to(REFERENCES, text)}
    assert set(WITHOUT_YEAR) <= cited


@each_text
def test_every_link_to_the_glossary_finds_its_term(text):
    assert {anchor for anchor, _ in links_to(GLOSSARY, text) if anchor} <= terms()


@pytest.mark.parametrize("text", TEXTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_notebook_begins_by_saying_where_its_page_is(text):
    title, second = jupytext.read(text).cells[:2]
    assert title.source.startswith("# ")
    if text.parent.name in OTHER_FRAMEWORKS:
        expected, cell = NOTEBOOKS / f"{text.stem}.ipynb", title
    else:
        expected, cell = START.with_suffix(".ipynb"), second
        built = text.relative_to(ROOT).with_suffix(".html")
        assert f"`_build/html/{built}`" in second.source
        assert title.source.removeprefix("# ") in second.source
        assert "remove-cell" in second.metadata.tags
    assert expected in [page for page, _, _ in links_within(text, cell.source)]
