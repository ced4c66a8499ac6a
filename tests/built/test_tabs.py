"""A reader's choice among the tabs of the frameworks."""

import time

from tests.built.checks.frameworks import shown_panels

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
    assert all(shown_panels(page, "pytorch"))
    page.locator('.d2l-tabs label[data-sync-id="tensorflow"]').nth(2).click()
    assert all(shown_panels(page, "tensorflow"))
    open_with_choice(reader, "notebooks/exercises.html", "tensorflow")
    for name in ("notebooks/concise.html", "notebooks/scratch.html"):
        page = open_with_choice(reader, name, "tensorflow")
        assert all(shown_panels(page, "tensorflow"))
        assert not any(shown_panels(page, "pytorch"))
    assert reader.errors == []


def test_a_link_can_choose(new_reader):
    reader = new_reader()
    reader.open("book/index.html?framework=mxnet")  # a page without tabs
    page = open_with_choice(reader, "notebooks/concise.html", "mxnet")
    assert all(shown_panels(page, "mxnet"))
    page = reader.open("notebooks/concise.html?framework=nonsense")
    assert all(shown_panels(page, "mxnet"))


def test_tabs_work_by_keyboard(new_reader):
    page = new_reader().open("notebooks/concise.html")
    page.locator(".d2l-tabs > input").first.focus()
    page.keyboard.press("ArrowRight")
    assert all(shown_panels(page, "tensorflow"))
