"""With a repository address, each notebook begins with a cell that fetches the package."""

import copy

import jupytext

from tests.chapter.pages import NOTEBOOKS
from tools.sync import place_setup_cell


def test_the_setup_cell_is_there_only_with_an_address():
    notebook = jupytext.read(NOTEBOOKS / "dataset.md")
    plain = copy.deepcopy(notebook)
    place_setup_cell(plain, "")
    place_setup_cell(notebook, "https://example.org/someone/d2lmini")
    first = notebook.cells[0]
    assert (
        'pip install --quiet "d2lmini[torch] @ git+https://example.org/someone/d2lmini"'
        in first.source
    )
    assert "remove-cell" in first.metadata.tags
    place_setup_cell(notebook, "https://example.org/someone/else")
    assert len(notebook.cells) == len(plain.cells) + 1
    place_setup_cell(notebook, "")
    assert [c.source for c in notebook.cells] == [c.source for c in plain.cells]
