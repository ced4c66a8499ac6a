"""Code, the source that is shown and printed text fit beside the margins of the page."""

import jupytext
import pytest

from tests.chapter.pages import NOTEBOOKS, TEXTS

WIDTH = 76


def lines(cell):
    """Yield the lines that a reader sees of a code cell and of its text outputs."""
    yield from cell.source.splitlines()
    for output in cell.outputs:
        yield from output.get("text", "").splitlines()
        data = output.get("data", {})
        if set(data) == {"text/plain"}:  # otherwise another form of the output is shown
            yield from data["text/plain"].splitlines()


@pytest.mark.parametrize(
    "text", TEXTS, ids=lambda path: str(path.relative_to(NOTEBOOKS).with_suffix(""))
)
def test_no_line_is_wider_than_the_page(text):
    cells = jupytext.read(text.with_suffix(".ipynb")).cells
    code = [cell for cell in cells if cell.cell_type == "code"]
    assert code
    assert not [line for cell in code for line in lines(cell) if len(line) > WIDTH]
