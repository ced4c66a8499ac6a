"""With a repository address, each notebook begins with a cell that fetches the package."""

import copy
from pathlib import Path

import jupytext

from tools.sync import place_setup_cell

ROOT = Path(__file__).parents[2]


def test_the_setup_cell_comes_and_goes_with_the_address():
    notebook = jupytext.read(ROOT / "notebooks" / "dataset.md")
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
