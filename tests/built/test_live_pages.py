"""Every live cell of the book runs in its page, and prints what the executed notebook shows."""

import jupytext
import pytest
from playwright.sync_api import expect

from tests.built.checks.access import axe_finds_no_violation, axe_finds_no_violation_of_colors
from tests.built.conftest import unavailable
from tests.built.firefox import Firefox
from tests.built.live_page import LiveCell
from tests.built.pages import HTML, NOTEBOOK_FILES
from tests.contents import NOTEBOOKS
from tools.find_browser import find

CELLS = {
    path.relative_to(NOTEBOOKS).with_suffix("").as_posix(): cells
    for path in NOTEBOOK_FILES
    if (
        cells := [
            cell for cell in jupytext.read(path).cells if "live" in cell.metadata.get("tags", [])
        ]
    )
}
"""Page -> its live cells, as they were executed."""

CLICK = "document.querySelector('.d2l-live [data-do=run]').click()"
PRINTED = "document.querySelector('.d2l-live .d2l-live-text')?.textContent"


def printed(cell):
    """Return what an executed cell printed."""
    return "".join(output.text for output in cell.outputs if output.output_type == "stream")


def test_there_are_live_cells():
    assert sum(map(len, CELLS.values())) == 12


@pytest.mark.parametrize(
    ("name", "place"), [*((name, "disk") for name in CELLS), ("scratch", "server")]
)
def test_cells_print_what_the_notebook_shows(new_reader, request, name, place):
    base = [request.getfixturevalue("server")] if place == "server" else []
    reader = new_reader(*base)
    page = reader.open(f"notebooks/{name}.html")
    expect(page.locator(".d2l-live")).to_have_count(len(CELLS[name]))
    for index, executed in enumerate(CELLS[name]):
        cell = LiveCell(page, index)
        cell.press("Run")
        expect(cell.status).to_contain_text("Finished in ", timeout=20_000)
        expect(cell.output.locator(".d2l-live-text")).to_have_text(printed(executed))
    assert reader.errors == []
    assert reader.external_requests == []


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_with_a_cell_in_use(new_reader, width):
    reader = new_reader(viewport={"width": width, "height": 844})
    page = reader.open("notebooks/scratch.html")
    loop, exercise = LiveCell(page), LiveCell(page, 1)
    loop.press("Run")
    expect(loop.curve).to_be_visible(timeout=20_000)
    exercise.press("Hint")
    exercise.press("Check")
    expect(exercise.verdict).to_contain_text("divides by b twice", timeout=20_000)
    axe_finds_no_violation(reader)
    reader.change_theme("dark")
    axe_finds_no_violation_of_colors(reader)
    assert reader.errors == []


def test_the_loop_runs_in_firefox():
    path = find("firefox")
    if path is None:
        unavailable("no Firefox was found: run `make test`, or name one in D2LMINI_FIREFOX")
    with Firefox(path) as firefox:
        firefox.open_window()
        firefox.open((HTML / "notebooks" / "scratch.html").as_uri())
        firefox.evaluate(CLICK)
        assert firefox.wait_for(PRINTED) == printed(CELLS["scratch"][0])
        assert firefox.errors == []
