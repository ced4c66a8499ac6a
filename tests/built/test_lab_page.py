"""The lab in its page: the room it takes, and what it is without a kernel."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.built.lab_page import FLOOR, MEASURED, QUESTIONS, Lab
from tests.built.pages import HTML, LAB
from tests.built.reader import draw_widgets

SECTIONS = ["what-you-see", "the-numbers-are-real", "summary"]
ROOM = Path(__file__).with_name("lab_room.js")


@pytest.fixture
def open_at(new_reader):
    """Open the lab's page in a window of some width, and wait until the lab has been drawn."""

    def open_page(width, place=""):
        reader = new_reader(viewport={"width": width, "height": 844})
        reader.page.add_init_script(path=ROOM)
        page = reader.open(f"{LAB}{place}")
        draw_widgets(page)
        page.add_script_tag(path=QUESTIONS)
        page.wait_for_function(MEASURED)
        reader.wait_until_at_rest()
        return page

    return open_page


@pytest.mark.parametrize("width", [1920, 1280, 768, 390])
@pytest.mark.parametrize("place", ["", "?b=10&lr=0.05", "#what-you-see"])
def test_room_is_kept_and_nothing_jumps(open_at, width, place):
    page = open_at(width, place)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    assert page.evaluate("height()") == pytest.approx(page.evaluate("keptHeight()"), abs=30)
    assert page.evaluate("layoutShift()") <= 0.01


@pytest.mark.parametrize("width", [1280, 768, 390])
def test_links_below_the_lab_lead_there(new_reader, width, subtests):
    reader = new_reader(viewport={"width": width, "height": 844})
    for section in SECTIONS:
        with subtests.test(section):
            reader.page.goto("about:blank")  # else the link leads within the open page
            page = reader.open(f"{LAB}#{section}")
            page.add_script_tag(path=QUESTIONS)
            page.wait_for_function("isAtSection", arg=section)
            if section == "what-you-see":  # near enough for the lab to be drawn
                page.wait_for_selector(".d2l-hosted[data-ready]", timeout=20_000)
                page.wait_for_function(MEASURED)
            assert page.evaluate("isAtSection", section)


@pytest.mark.parametrize(("width", "columns"), [(1920, 2), (1280, 2), (390, 1)])
def test_pictures_stand_in_columns_and_controls_are_large_enough_to_touch(open_at, width, columns):
    page = open_at(width)
    assert page.evaluate("columnsOfPictures()") == columns
    page.get_by_role("button", name="Pin this run").click()  # which has a button, too
    page.locator(".lab-task summary").first.click()
    assert page.evaluate("smallTargets()") == []
    assert page.evaluate("widerThanTheLab()") == []


def test_without_a_kernel_there_is_no_button_for_one(lab_at_start):
    button = lab_at_start.page.get_by_role("button", name="Run in PyTorch", include_hidden=True)
    expect(button).to_have_count(1)
    expect(button).to_be_hidden()


def test_it_works_from_a_server_too(new_reader, server):
    lab = Lab(new_reader(server)).open()
    assert abs(lab.loss - FLOOR) < 0.01
    assert lab.reader.errors == []


def test_the_page_asks_for_the_lab_once_and_for_no_widget_manager(lab_at_start):
    requests = lab_at_start.reader.requests
    assert requests.count(f"{HTML.as_uri()}/_static/hosted/lab.js") == 1
    for part in ("html-manager", "anywidget", "widgets.js"):
        assert not [url for url in requests if part in url]
