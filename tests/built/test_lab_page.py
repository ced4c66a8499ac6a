"""The lab in the built book: the room it takes, and what it is without a kernel."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.built.lab_numbers import FLOOR
from tests.built.lab_page import MAP, QUESTIONS, LabPage
from tests.built.pages import HTML, LAB
from tests.built.reader import draw_widgets

SECTIONS = ["what-you-see", "the-numbers-are-real", "what-we-found"]
ROOM = Path(__file__).with_name("lab_room.js")


@pytest.fixture
def open_at(new_reader):
    """Open the lab's page in a window of some width, and wait until the lab has been drawn."""

    def open_page(width, place=""):
        options = {"viewport": {"width": width, "height": 844}, "reduced_motion": "reduce"}
        reader = new_reader(**options)
        for script in (ROOM, QUESTIONS):
            reader.page.add_init_script(path=script)
        # A formula whose font comes late can move the text around it: this is not the lab's doing.
        reader.page.route("**/KaTeX*.woff2", lambda route: route.abort())
        page = reader.open(f"{LAB}{place}")
        draw_widgets(page)
        page.wait_for_function(MAP, timeout=60_000)
        reader.wait_until_at_rest()
        return page

    return open_page


@pytest.mark.parametrize(
    ("width", "place"),
    [(1920, ""), (1280, ""), (1280, "?b=10&lr=0.05"), (1280, "#what-you-see"), (768, ""),
     (390, ""), (390, "?b=10&lr=0.05"), (390, "#what-you-see")],
)  # fmt: skip
def test_room_is_kept_and_nothing_jumps(open_at, width, place):
    page = open_at(width, place)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    assert page.evaluate("height()") == pytest.approx(page.evaluate("keptHeight()"), abs=30)
    assert page.evaluate("layoutShift()") <= 0.01


@pytest.mark.parametrize("width", [1280, 768, 390])
def test_links_below_the_lab_lead_there(new_reader, width, subtests):
    reader = new_reader(viewport={"width": width, "height": 844})
    reader.page.add_init_script(path=QUESTIONS)
    for section in SECTIONS:
        with subtests.test(section):
            reader.page.goto("about:blank")  # else the link leads within the open page
            page = reader.open(f"{LAB}#{section}")
            page.wait_for_function("isAtSection", arg=section)
            if section == "what-you-see":  # near enough for the lab to be drawn
                page.wait_for_selector(".d2l-hosted[data-ready]", timeout=20_000)
            assert page.evaluate("isAtSection", section)


@pytest.mark.parametrize(("width", "columns"), [(1920, 2), (1280, 2), (390, 1)])
def test_pictures_stand_side_by_side_and_controls_are_large_enough_to_touch(
    open_at, width, columns
):
    page = open_at(width)
    tops = [page.evaluate("boxOf('.lab-map-plot').y"), page.evaluate("boxOf('.lab-swarm-plot').y")]
    assert (abs(tops[0] - tops[1]) < 2) == (columns == 2)
    page.get_by_role("button", name="Pin this run").click()  # which has buttons, too
    page.locator(".lab-task summary").first.click()
    assert page.evaluate("smallTargets()") == []
    assert page.evaluate("widerThanTheLab()") == []


def test_it_needs_no_kernel_and_no_widget_manager(new_reader):
    reader = new_reader(reduced_motion="reduce")
    page = reader.open(LAB)
    draw_widgets(page)
    lab = page.locator(".d2l-lab")
    expect(lab.locator(".lab-result")).to_have_text(LabPage.RESULT)
    button = lab.get_by_role("button", name="Run in PyTorch", include_hidden=True)
    expect(button).to_have_count(1)
    expect(button).to_be_hidden()
    assert reader.requests.count(f"{HTML.as_uri()}/_static/hosted/lab.js") == 1
    for part in ("widget_manager", "anywidget", "widgets.js"):
        assert not [url for url in reader.requests if part in url]
    assert reader.errors == []


def test_it_works_from_a_server_too(new_reader, server):
    reader = new_reader(server, reduced_motion="reduce")
    page = reader.open(f"{LAB}?b=1500&lr=0.9&epochs=20")
    draw_widgets(page)
    lab = LabPage(reader)
    lab.expect_settings("b = 1500, lr = 0.9, 20 epochs")
    assert abs(lab.loss - FLOOR) < 5e-4
    assert reader.errors == []
