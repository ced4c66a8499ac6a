"""A reader's choice among the tabs of the frameworks."""

import time

from tests.built.checks.access import open_details
from tests.built.checks.frameworks import visible_cells

DEADLINE = 15  # seconds
CHOSEN = "document.documentElement.dataset.framework"


def open_with_choice(reader, name, framework):
    """Open a page that follows an earlier choice, again and again until it does or time is up.

    The browser passes on what a page stored after the page has stored it, so the next page may be
    too early to see it. No page stores a choice by being opened: what no click stored never shows.
    """
    deadline = time.monotonic() + DEADLINE
    page = reader.open(name)
    while page.evaluate(CHOSEN) != framework and time.monotonic() < deadline:
        page = reader.open(name)
    assert page.evaluate(CHOSEN) == framework
    return page


def test_a_choice_holds_everywhere_and_stays(new_reader):
    reader = new_reader()
    page = reader.open("notebooks/scratch.html")
    assert all(visible_cells(page, "pytorch"))
    page.locator(".d2l-switch label", has_text="TensorFlow").click()
    assert all(visible_cells(page, "tensorflow"))
    open_with_choice(reader, "notebooks/exercises.html", "tensorflow")
    for name in ("notebooks/concise.html", "notebooks/scratch.html"):
        page = open_with_choice(reader, name, "tensorflow")
        assert all(visible_cells(page, "tensorflow"))
        assert not any(visible_cells(page, "pytorch"))
    assert reader.errors == []


def test_a_link_can_choose(new_reader):
    reader = new_reader()
    reader.open("book/index.html?framework=mxnet")  # a page without tabs
    page = open_with_choice(reader, "notebooks/concise.html", "mxnet")
    assert all(visible_cells(page, "mxnet"))
    page = reader.open("notebooks/concise.html?framework=nonsense")
    assert all(visible_cells(page, "mxnet"))


def test_tabs_work_by_keyboard(new_reader):
    page = new_reader().open("notebooks/concise.html")
    page.locator(".d2l-switch input").first.focus()
    page.keyboard.press("ArrowRight")
    assert all(visible_cells(page, "tensorflow"))


def test_without_scripts_the_radio_buttons_choose(new_reader):
    page = new_reader(java_script_enabled=False).open("notebooks/concise.html")
    code = page.locator(".d2l-for-jax .cell_input")
    assert not code.first.is_visible()
    page.locator(".d2l-switch label", has_text="JAX").click()
    assert code.first.is_visible()
    assert not page.locator(".d2l-for-pytorch .cell_input").first.is_visible()


def test_what_pytorch_alone_has_computed_says_so_when_another_one_is_chosen(new_reader):
    page = new_reader().open("notebooks/scratch.html")
    open_details(page)
    notes = page.locator(".d2l-for-others")
    assert notes.count() > 4  # tables, sentences, pictures
    assert not any(note.is_visible() for note in notes.all())
    page.locator(".d2l-switch label", has_text="JAX").click()
    for note in notes.all():
        assert note.is_visible()
