"""The notebooks of the book, as its table of contents names them."""

from pathlib import Path

import jupytext

from tests.contents import FILES, NOTEBOOKS, ROOT
from tools.sync import OTHER_FRAMEWORKS

CHAPTER = [Path(file).name for file in FILES if Path(file).parent.name == "notebooks"]
"""The pages of the chapter itself, by name."""


def code_cells(path):
    return [cell for cell in jupytext.read(path).cells if cell.cell_type == "code"]


def tab_of(cell):
    """Return the tag by which a cell belongs to a tab, or None."""
    return next((t for t in cell.metadata.get("tags", []) if t.startswith("tab-")), None)


def tabs(path):
    """Return the tabs of a notebook, in order."""
    return [tab_of(cell) for cell in code_cells(path) if tab_of(cell)]


WITH_TABS = [name for name in CHAPTER if tabs(NOTEBOOKS / f"{name}.md")]
"""The pages of the chapter that show cells of all frameworks."""

TEXTS = [
    *(ROOT / f"{file}.md" for file in FILES if file.startswith("notebooks/")),
    *(NOTEBOOKS / framework / f"{name}.md" for framework in OTHER_FRAMEWORKS for name in WITH_TABS),
]
"""The text half of every notebook of the book."""

START = NOTEBOOKS / "start.md"
"""The list of the notebooks, for JupyterLab; it is no page of the book."""
