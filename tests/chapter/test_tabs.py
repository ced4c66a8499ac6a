"""The cells of a page's tabs: the notebooks of all frameworks have them, in the same order."""

import ast
import re

import pytest

from tests.chapter.data_flow import cells_after_tabs
from tests.chapter.pages import CHAPTER, NOTEBOOKS, ROOT, WITH_TABS, code_cells, tab_of, tabs
from tools.sync import OTHER_FRAMEWORKS


def test_some_pages_have_tabs():
    assert WITH_TABS


@pytest.mark.parametrize("framework", OTHER_FRAMEWORKS)
def test_every_page_with_tabs_has_its_notebook_in_every_framework(framework):
    found = {path.stem for path in (NOTEBOOKS / framework).glob("*.md")}
    assert found == set(WITH_TABS)


@pytest.mark.parametrize("page", WITH_TABS)
def test_every_tab_has_its_cell_in_every_framework(page):
    own = tabs(NOTEBOOKS / f"{page}.md")
    assert len(own) == len(set(own))
    for framework in OTHER_FRAMEWORKS:
        assert tabs(NOTEBOOKS / framework / f"{page}.md") == own


@pytest.mark.parametrize("page", CHAPTER)
def test_what_names_the_framework_is_in_tabs(page):
    for cell in code_cells(NOTEBOOKS / f"{page}.md"):
        if not tab_of(cell):
            assert "torch" not in cell.source, cell.source


@pytest.mark.parametrize("page", WITH_TABS)
def test_the_cells_of_a_tab_have_the_same_tags(page):
    """A cell folds, hides its code and is compared in all notebooks alike."""
    expected = {}
    for folder in (".", *OTHER_FRAMEWORKS):
        found = {
            tab_of(cell): set(cell.metadata.tags)
            for cell in code_cells(NOTEBOOKS / folder / f"{page}.md")
            if tab_of(cell)
        }
        expected = expected or found
        assert found == expected


@pytest.mark.parametrize("page", WITH_TABS)
def test_what_pytorch_alone_has_computed_is_marked(page):
    """The page says so below it when another framework is chosen."""
    cells = code_cells(NOTEBOOKS / f"{page}.ipynb")
    expected = [
        cell.source
        for cell in cells_after_tabs(cells)
        if cell.outputs and "remove-cell" not in cell.metadata.get("tags", [])
    ]
    marked = [cell.source for cell in cells if "pytorch-alone" in cell.metadata.get("tags", [])]
    assert marked == expected


@pytest.mark.parametrize("framework", OTHER_FRAMEWORKS)
@pytest.mark.parametrize("page", WITH_TABS)
def test_a_notebook_names_its_own_framework_only(framework, page):
    source = (NOTEBOOKS / framework / f"{page}.md").read_text().lower()
    for other in {"torch", *OTHER_FRAMEWORKS} - {framework}:
        assert other not in source


def source_without_docstring(framework, name):
    """Return what `show_source` shows, read from the file: the framework need not be there."""
    text = (ROOT / "d2lmini" / f"{framework}.py").read_text()
    functions = [node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)]
    node = next(node for node in functions if node.name == name)
    first = min(part.lineno for part in (node, *node.decorator_list))
    source = "\n".join(text.splitlines()[first - 1 : node.end_lineno])
    head, _, body = source.split('"""')
    return head.rstrip() + body.rstrip()


@pytest.mark.parametrize("framework", OTHER_FRAMEWORKS)
@pytest.mark.parametrize("page", ["scratch", "concise"])
def test_shown_sources_are_those_of_the_package(framework, page):
    shown = 0
    for cell in code_cells(NOTEBOOKS / framework / f"{page}.ipynb"):
        for name in re.findall(r"^show_source\(d2l\.(\w+)\)", cell.source, re.M):
            text = cell.outputs[-1].data["text/plain"]
            assert text == source_without_docstring(framework, name), "run `make sync`"
            shown += 1
    assert shown
