"""The lab in a page that has nothing else: its room, its colours, and who can use it."""

from itertools import pairwise

import pytest
from playwright.sync_api import expect

from tests.built.checks.access import axe_finds_no_violation, axe_finds_no_violation_of_colors
from tests.built.lab_page import LabPage
from tests.built.pieces import DARK, HEADING

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture(scope="session", autouse=True)
def book():
    """The page stands alone: no book need be built."""


@pytest.fixture
def open_lab(new_reader, lab_reader):
    """Open the lab with context options: ``open_lab(query, **options)``; all of it stays quiet."""
    labs = []

    def opened(query="?epochs=1", motion="reduce", **options):
        lab = LabPage(new_reader(lab_reader.base, **options))
        labs.append(lab)
        return lab.open(query, motion)

    yield opened
    for lab in labs:
        lab.expect_quiet()


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_moves_when_the_batch_size_changes(open_lab, width):
    """Neither the pictures nor what follows; also when a run diverges, which takes more words."""
    query = "?epochs=1&momentum=0.5&replacement=1&copies=2"
    lab = open_lab(query, viewport={"width": width, "height": 900})
    before = lab.ask("places")
    lab.wait_for_map()
    assert lab.ask("places") == before
    for name, keys in (
        ("batch size", ["Home", "ArrowRight", "End"]),
        ("learning rate", ["End", "Home", "PageUp"]),
    ):
        for key in keys:
            lab.slider(name).press(key)
            assert lab.ask("places") == before
    lab.wait_for_seeds()
    assert lab.ask("places") == before
    lab.press("Pin this run")
    assert lab.ask("places") == before


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_moves_when_runs_are_pinned(open_lab, width):
    """Not with four pins, nor with long names: each has a cell of its own, and is cut to it."""
    lab = open_lab("?epochs=1&b=1500&lr=0.00012345678", viewport={"width": width, "height": 900})
    lab.wait_for_seeds()
    before = lab.ask("places")
    for rate in ("0.00012345678", "1.23456789012345", "0.333333333333333", "0.1"):
        lab.enter("learning rate, typed", rate)
        lab.press("Pin this run")
        assert [place for place in lab.ask("places") if not place.startswith("tasks")] == [
            place for place in before if not place.startswith("tasks")
        ]
    expect(lab.pins).to_have_count(4)
    assert lab.ask("places") == before
    assert lab.ask("widerThanTheLab") == []
    boxes = [pin.bounding_box() for pin in lab.pins.all()]
    rows, columns = ({round(box[side]) for box in boxes} for side in "yx")
    assert (len(rows), len(columns)) == ((1, 4) if width == 1280 else (2, 2))
    for pin in lab.pins.all():
        parts = [button.bounding_box() for button in pin.get_by_role("button").all()]
        assert len(parts) == 3
        for left, right in pairwise(parts):
            assert left["x"] + left["width"] <= right["x"]


def test_a_finger_lays_a_pinned_run_over_and_shows_it(open_lab):
    lab = open_lab("?epochs=1&pins=b:1,lr:0.005,epochs:1", **PHONE)
    before, settings = lab.ask("curveLines"), lab.settings
    thumbnail = lab.button("Lay over b = 1, lr = 0.005, 1 epoch")
    thumbnail.tap()
    assert len(lab.ask("curveLines")) == len(before) + 1
    assert thumbnail.get_attribute("aria-pressed") == "true"
    assert lab.settings == settings
    lab.slider("batch size").tap()  # it stays while other things are touched
    assert "var(--lab-3)" in [line["color"] for line in lab.ask("curveLines")]
    thumbnail.tap()
    assert "var(--lab-3)" not in [line["color"] for line in lab.ask("curveLines")]
    lab.button("Show b 1 · 0.005").tap()
    lab.expect_settings("b = 1, lr = 0.005, 1 epoch")


def test_a_phone_shows_map_swarm_and_curve_on_one_screen(open_lab):
    lab = open_lab(**PHONE)
    page = lab.page
    boxes = [lab.ask("boxOf", f".lab-{name}-plot") for name in ("map", "swarm", "curve")]
    top = min(box["y"] for box in boxes)
    bottom = max(box["y"] + box["height"] for box in boxes)
    assert bottom - top <= 640
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in boxes)
    assert all(box["width"] >= 150 and box["height"] >= 150 for box in boxes)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert lab.ask("widerThanTheLab") == []
    page.locator(".lab-task summary").first.click()
    lab.press("Pin this run")
    assert lab.ask("smallTargets") == []


def test_fingers_drag_over_the_map_and_move_the_start(open_lab):
    lab = open_lab(**PHONE)
    touch = lab.page.context.new_cdp_session(lab.page)

    def drag(*places):
        for kind, place in zip(["touchStart", *["touchMove"] * 9], places, strict=False):
            points = [{"x": place[0], "y": place[1]}]
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    scrolled = lab.page.evaluate("scrollY")
    drag(lab.cell(10, 0.1), lab.cell(50, 0.1), lab.cell(100, 0.4))
    lab.expect_settings("b = 100, lr = 0.4, 1 epoch")
    assert lab.page.evaluate("scrollY") == scrolled  # the map is dragged, not the page
    box = lab.ask("boxOf", ".lab-start")
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    before = lab.result.inner_text()
    drag((x, y), (x - 10, y + 5), (x - 20, y + 10))
    expect(lab.result).not_to_have_text(before)
    after = lab.ask("boxOf", ".lab-start")
    assert after["x"] - box["x"] == pytest.approx(-20, abs=1.5)
    assert after["y"] - box["y"] == pytest.approx(10, abs=1.5)


def test_wide_pages_show_map_and_swarm_side_by_side(open_lab):
    lab = open_lab()
    chart, swarm, curve = (lab.ask("boxOf", f".lab-{k}-plot") for k in ("map", "swarm", "curve"))
    assert chart["x"] + chart["width"] <= swarm["x"]
    assert abs(chart["y"] - swarm["y"]) < 2
    assert curve["y"] >= swarm["y"] + swarm["height"]
    assert curve["width"] > 1.8 * swarm["width"]
    assert lab.ask("widerThanTheLab") == []
    lab.press("Pin this run")
    assert lab.ask("smallTargets") == []


def test_axe_objects_to_nothing_in_either_theme(open_lab):
    lab = open_lab("?b=1500&lr=1.2&epochs=10&split=1&pins=b:1,lr:0.01")
    lab.wait_for_seeds()
    lab.page.evaluate(HEADING)
    axe_finds_no_violation(lab.reader)
    lab.page.evaluate(DARK)
    axe_finds_no_violation_of_colors(lab.reader)


def test_the_dots_follow_the_theme(open_lab):
    lab = open_lab().wait_for_seeds()
    colors = [lab.ask("dots")[0]["color"]]
    assert lab.ask("pixelsOfDots") > 5
    lab.page.evaluate(DARK)
    lab.ask("waitForFrames", 2)
    colors.append(lab.ask("dots")[0]["color"])
    assert colors[0] != colors[1]
    assert lab.ask("pixelsOfDots") > 5
    assert len(lab.dots()) == 200


def test_chosen_colors_of_the_system_leave_all_to_be_seen(open_lab):
    lab = open_lab(forced_colors="active").wait_for_map()
    assert (lab.ask("mapPixels")["data"][3::4]).count(255) > 1000
    colors = lab.page.evaluate(
        """() => [".lab-map-limit", ".lab-map-edge", ".lab-start", ".lab-contour"].map(
            (one) => getComputedStyle(document.querySelector(one)))
            .map(({ fill, stroke }) => fill === "none" ? stroke : fill)"""
    )
    background = lab.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background not in colors
    assert colors[0] != colors[1]


def test_a_bare_page_begins_with_the_settings_it_is_given(open_lab):
    lab = open_lab("")
    assert lab.settings == "b = 10, lr = 0.05"
    assert abs(lab.loss - 0.24169) < 0.01
    button = lab.page.get_by_role("button", name="Run in PyTorch", include_hidden=True)
    expect(button).to_be_hidden()  # there is no kernel
    assert lab.page.locator("main h2").all_inner_texts() == ["Tasks"]
    assert lab.reader.requests[0].startswith("file:")
