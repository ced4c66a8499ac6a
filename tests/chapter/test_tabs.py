"""The cells that meet in the tabs of a page: all notebooks have them, in the same order."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import jupytext
import pytest

ROOT = Path(__file__).parents[2]
NOTEBOOKS = ROOT / "notebooks"
PAGES = sorted(path.stem for path in (NOTEBOOKS / "tensorflow").glob("*.md"))
CHAPTER = sorted(path.stem for path in NOTEBOOKS.glob("*.md"))
OTHERS = ("tensorflow", "mxnet")


def cells(path):
    return [c for c in jupytext.read(path).cells if c.cell_type == "code"]


def tab(cell):
    return next((t for t in cell.metadata.get("tags", []) if t.startswith("tab-")), None)


def tabs(path):
    return [tab(cell) for cell in cells(path) if tab(cell)]


@pytest.mark.parametrize("page", CHAPTER)
def test_every_tab_has_its_cell_in_every_framework(page):
    own = tabs(NOTEBOOKS / f"{page}.md")
    assert len(own) == len(set(own))
    assert bool(own) == (page in PAGES)
    for framework in OTHERS if own else ():
        assert tabs(NOTEBOOKS / framework / f"{page}.md") == own


@pytest.mark.parametrize("page", CHAPTER)
def test_what_names_the_framework_is_in_tabs(page):
    for cell in cells(NOTEBOOKS / f"{page}.md"):
        if not tab(cell):
            assert "torch" not in cell.source, cell.source


@pytest.mark.parametrize("page", PAGES)
def test_shared_settings_agree(page):
    """A cell folds, hides its code and is compared in all notebooks alike."""
    expected = {}
    for folder in (".", *OTHERS):
        found = {
            tab(cell): set(cell.metadata.tags)
            for cell in cells(NOTEBOOKS / folder / f"{page}.md")
            if tab(cell)
        }
        expected = expected or found
        assert found == expected


@pytest.mark.parametrize("framework", OTHERS)
def test_a_notebook_speaks_of_its_own_framework_only(framework):
    for page in PAGES:
        source = (NOTEBOOKS / framework / f"{page}.md").read_text().lower()
        assert "torch" not in source
        other = "mxnet" if framework == "tensorflow" else "tensorflow"
        assert other not in source


def test_the_flavours_do_not_import_each_other():
    """Importing one needs none of the others; here, the one that is installed."""
    code = (
        "import sys, d2lmini.torch; "
        "sys.exit(any(name in sys.modules for name in ('tensorflow', 'mxnet')))"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def source_without_docstring(framework, name):
    """What `show_source` shows, read from the file: the framework need not be there."""
    text = (ROOT / "d2lmini" / f"{framework}.py").read_text()
    node = next(
        n for n in ast.parse(text).body if isinstance(n, ast.FunctionDef) and n.name == name
    )
    head, _, body = ast.get_source_segment(text, node).split('"""')
    return head.rstrip() + body.rstrip()


@pytest.mark.parametrize("framework", OTHERS)
@pytest.mark.parametrize("page", ["scratch", "concise"])
def test_shown_sources_are_those_of_the_package(framework, page):
    shown = 0
    for cell in cells(NOTEBOOKS / framework / f"{page}.ipynb"):
        for name in re.findall(r"^show_source\(d2l\.(\w+)\)", cell.source, re.M):
            text = cell.outputs[-1].data["text/plain"]
            assert text == source_without_docstring(framework, name), "run `make sync`"
            shown += 1
    assert shown
