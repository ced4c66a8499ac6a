"""Live cells with the engine: the page's loop, a check and a loop without end, from a disk."""

import re

import pytest
from d2lbook.live import cell_data
from d2lbook.live_engine import write_engine
from playwright.sync_api import expect

from tests.built.live_page import LiveCell, write_page
from tests.contents import ROOT

LOOP = """import numpy as np

from d2lmini.data import whitened_airfoil
from d2lmini.plotting import plot

X, y = (a.astype(float) for a in whitened_airfoil())
b, lr, losses, w = 100, 0.4, [], np.zeros(X.shape[1])
for rows in np.random.permutation(len(X)).reshape(-1, b):
    w = w - lr * X[rows].T @ (X[rows] @ w - y[rows]) / b
    losses.append(((X @ w - y) ** 2).mean() / 2)
print(losses[-1] < 0.3)
plot(np.arange(len(losses)), losses, "step", "loss")"""
CELLS = [(LOOP, {"key": "page 1"}), ("", cell_data({"exercise": "momentum"}, ""))]


@pytest.fixture(scope="session", autouse=True)
def book():
    """The page stands alone: no book need be built."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The folder of the page."""
    folder = tmp_path_factory.mktemp("live")
    write_page(folder, CELLS)
    write_engine(folder / "live", ROOT / "node_modules")
    return folder


@pytest.fixture
def cells(new_reader, folder):
    """The cells of the page; nothing goes wrong in it while the test lasts."""
    reader = new_reader(folder.as_uri())
    page = reader.open("page.html")
    yield LiveCell(page), LiveCell(page, 1)
    assert reader.errors == []
    assert reader.external_requests == []


def test_the_loop_of_the_page_runs_and_draws(cells):
    cell, _ = cells
    cell.press("Run")
    expect(cell.output.locator(".d2l-live-text")).to_have_text("True\n")
    expect(cell.curve).to_have_attribute("aria-label", re.compile("^Curve, loss over step"))
    expect(cell.status).to_contain_text("Finished in ")
    cell.write("1 / 0")
    cell.press("Run")
    expect(cell.output).to_contain_text("ZeroDivisionError")
    expect(cell.element.locator(".d2l-live-fault")).to_have_text("1 / 0")


def test_a_loop_without_end_leaves_the_page_alive_until_it_is_stopped(cells):
    cell, _ = cells
    cell.write("while True:\n    print(1)")
    cell.press("Run")
    expect(cell.output).to_contain_text("Only the beginning of the output is shown")
    cell.press("Stop")
    expect(cell.status).to_have_text("Stopped.")
    cell.write("print(2)")
    cell.press("Run")
    expect(cell.output).to_have_text("2\n")


def test_an_exercise_is_checked_and_its_solution_is_right(cells):
    _, exercise = cells
    exercise.write("print('mine')")
    exercise.press("Check")
    expect(exercise.verdict).to_contain_text("Not yet")
    expect(exercise.output).to_have_text("mine\n")
    exercise.press("Solution")
    exercise.press("Put it in the editor")
    exercise.press("Check")
    expect(exercise.verdict).to_contain_text("Right With m = 0.9")
