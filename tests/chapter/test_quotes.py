"""Every number a notebook records is quoted on a page, and every quoted number is recorded."""

import ast
import functools

import pytest

from tests.chapter.markdown import roles
from tests.chapter.pages import FILES, ROOT, TEXTS, code_cells

PAGES = {*TEXTS, *(ROOT / f"{file}.md" for file in FILES)}


def recorded(notebook):
    """Yield the names of the keywords of each call of `record` in the notebook's code."""
    for cell in code_cells(notebook):
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record":
                yield from (keyword.arg for keyword in node.keywords)


def glue_roles(text):
    """Yield the contents of the `glue:` roles of a text."""
    return (content for name, content in roles(text) if name.startswith("glue:"))


def quoted(page):
    """Yield the notebook and the name of each number that a page quotes."""
    for content in glue_roles(page.read_text()):
        path, _, name = content.rpartition("::") if "::" in content else (page.name, "", content)
        yield (page.parent / path).resolve().with_suffix(".md"), name.partition(":")[0]


@functools.cache
def all_quoted():
    return {quote for page in PAGES for quote in quoted(page)}


@pytest.mark.parametrize("notebook", TEXTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_what_is_recorded_is_quoted(notebook):
    names = list(recorded(notebook))
    assert None not in names, "write the names out, so that they can be found: record(name=value)"
    assert len(names) == len(set(names))
    assert set(names) == {name for path, name in all_quoted() if path == notebook}


def test_what_is_quoted_is_recorded_in_a_notebook():
    assert all_quoted()
    assert {path for path, _ in all_quoted()} <= set(TEXTS)


def test_quotes_are_found_in_tables_and_directives():
    text = """
| a | b |
|---|---|
| {glue:text}`n.md::x:.1f` | $\\sqrt b$ |

:::{admonition} Title
Here {glue:text}`y`, and not `{glue:text}` alone.
:::
"""
    assert list(glue_roles(text)) == ["n.md::x:.1f", "y"]
