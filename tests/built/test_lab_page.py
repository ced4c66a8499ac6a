"""The lab in its page: the room it takes, and what it is without a kernel."""

import pytest
from playwright.sync_api import expect

from tests.built.lab_page import FLOOR, MEASURED, Lab
from tests.built.pages import HTML, LAB

SECTIONS = ["what-you-see", "the-numbers-are-real", "summary"]
HEIGHT = "document.querySelector('.d2l-widget')?.offsetHeight"
KEEP_HEIGHT = f"addEventListener('DOMContentLoaded', () => {{ window.kept = {HEIGHT}; }})"

# The heading is at the top, or the page cannot be scrolled further.
IS_AT_SECTION = """(section) => {
    const page = document.scrollingElement;
    const rest = page.scrollHeight - page.clientHeight - page.scrollTop;
    const heading = document.getElementById(section).getBoundingClientRect();
    return rest < 2 || Math.abs(heading.top - 70) < 25;
}"""


@pytest.mark.parametrize("width", [1280, 768, 390])
def test_room_is_kept_and_links_below_the_lab_lead_there(new_reader, width, subtests):
    reader = new_reader(viewport={"width": width, "height": 844})
    reader.page.add_init_script(KEEP_HEIGHT)  # no widget can have been drawn by then
    with subtests.test("room is kept"):
        page = reader.open_fully(LAB)
        assert page.evaluate(HEIGHT) == pytest.approx(page.evaluate("window.kept"), abs=60)
    for section in SECTIONS:
        with subtests.test(section):
            reader.page.goto("about:blank")  # else the link leads within the open page
            page = reader.open(f"{LAB}#{section}")
            page.wait_for_function(IS_AT_SECTION, arg=section)
            if section == "what-you-see":  # near enough for the lab to be drawn
                page.wait_for_selector(".d2l-widget[data-ready]", timeout=20_000)
                page.wait_for_function(MEASURED)
            assert page.evaluate(IS_AT_SECTION, section)


def test_without_a_kernel_there_is_no_button_for_one(lab_at_start):
    button = lab_at_start.page.get_by_role("button", name="Run in PyTorch", include_hidden=True)
    expect(button).to_have_count(1)
    expect(button).to_be_hidden()


def test_it_works_from_a_server_too(new_reader, server):
    lab = Lab(new_reader(server)).open()
    assert abs(lab.loss - FLOOR) < 0.01
    assert lab.reader.errors == []


def test_a_page_with_the_lab_alone_asks_for_its_widget_module_only_once(lab_at_start):
    requests = [url for url in lab_at_start.reader.requests if "anywidget" in url]
    assert requests == [f"{HTML.as_uri()}/_static/vendor/anywidget/index.js"]
