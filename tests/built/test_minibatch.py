"""What a minibatch is, in a page that has nothing else."""

import math
import re

import pytest
from playwright.sync_api import expect

from d2lmini.lab import Minibatch
from tests.built.checks.access import axe_finds_no_violation
from tests.built.drawn import TIP, ends_in
from tests.built.pieces import HEADING, open_piece

STILL = {"reduced_motion": "reduce"}


@pytest.fixture(scope="session", autouse=True)
def book():
    """The page stands alone: no book need be built."""


@pytest.fixture
def open_with(new_reader, tmp_path):
    """Open the piece: ``open_with(query, **context options)``."""
    return lambda query="", **options: open_piece(
        new_reader, tmp_path, Minibatch, query=query, **options
    )


def marks(page, name):
    """Return how many dots a path has."""
    return page.locator(f".minibatch-{name}").get_attribute("d").count("h0")


def arrows(page):
    """Return the ends of the drawn rows' arrows, in units of the gradient."""
    return ends_in(page.locator(".minibatch-single").get_attribute("d"))


def step(page):
    """Return where the tip of the step is on the screen, measured from the origin, in gradients."""
    return page.evaluate(TIP)


def test_a_minibatch_lights_up_and_the_step_is_the_mean_of_its_arrows(open_with):
    reader = open_with(**STILL)
    page = reader.page
    assert marks(page, "rows") == 1500
    assert marks(page, "lit") == len(arrows(page)) == 10
    means = [sum(values) / 10 for values in zip(*arrows(page), strict=True)]
    assert step(page) == pytest.approx(means, abs=0.003)
    first = arrows(page)
    page.get_by_role("button", name="Draw once").click()
    assert arrows(page) != first
    assert marks(page, "ends") == 1
    assert reader.errors == reader.external_requests == []


def test_every_lit_point_lies_on_a_point_of_the_table(open_with):
    page = open_with(**STILL).page
    places = [
        set(re.findall(r"M([\d.]+ [\d.]+)h0", page.locator(selector).get_attribute("d")))
        for selector in (".minibatch-lit", ".minibatch-rows")
    ]
    assert places[0] < places[1]


def test_the_ring_shrinks_as_one_over_the_root_and_vanishes_with_all_rows(open_with):
    page = open_with("?minibatch-b=1", **STILL).page
    ring = page.locator(".minibatch-ring")
    one = float(ring.get_attribute("rx"))
    slider = page.get_by_role("slider", name="batch size b")
    while slider.get_attribute("aria-valuetext") != "batch size b 100":
        slider.press("ArrowRight")
    expected = one * ((1400 / 1499) / 100) ** 0.5
    assert float(ring.get_attribute("rx")) == pytest.approx(expected, abs=0.001)
    slider.press("End")
    assert float(ring.get_attribute("rx")) == 0
    assert len(arrows(page)) == marks(page, "lit") == 1500
    expect(page.get_by_role("status")).to_have_text(
        "Step of 1,500 rows: drawn 1.00 times as long as the full step, 0.0° off. "
        "In all six directions: 1.00 times, 0.0°."
    )
    page.wait_for_function("() => location.search.includes('minibatch-b=1500')")


def test_words_and_table_tell_the_same_draw(open_with):
    page = open_with("?minibatch-b=50&minibatch-seed=3", **STILL).page
    for _ in range(3):
        page.get_by_role("button", name="Draw once").click()
    page.get_by_text("Numbers of the last draws").click()
    cells = page.locator("tbody tr").first.locator("td").all_inner_texts()
    assert page.locator("tbody tr").count() == 4
    assert cells[:2] == ["4", "50"]
    words = page.get_by_role("status").inner_text()
    found = re.search(
        r"drawn ([\d.]+) times .*, (\S+)° off.* directions: ([\d.]+) times, (\S+)°\.", words
    )
    told = [float(number) for number in found.groups()]
    assert told == pytest.approx([float(cell.strip(" ×°")) for cell in cells[4:]], rel=0.02)
    x, y = step(page)
    length = page.locator(".minibatch-full").get_attribute("d")
    full = float(re.search(r"L([\d.]+) 0L", length)[1])
    assert told[0] == pytest.approx(math.hypot(x, y) / full, abs=0.02)
    assert told[1] == pytest.approx(abs(math.degrees(math.atan2(y, x))), abs=1)
    assert words in page.locator(".minibatch-right > svg").get_attribute("aria-label")
    assert [float(cell.replace("−", "-")) for cell in cells[2:4]] == pytest.approx(
        [x, y], abs=0.003
    )


def test_it_plays_by_itself_only_on_the_screen_and_until_it_is_paused(open_with):
    page = open_with().page
    page.clock.install()
    page.reload()
    page.evaluate("document.body.prepend(document.createElement('div'))")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    page.wait_for_function("() => new Promise(requestAnimationFrame).then(() => true)")
    page.clock.run_for(4000)
    played = marks(page, "ends")
    assert 3 <= played <= 5
    page.evaluate("document.querySelector('body > div').style.height = '3000px'")
    page.evaluate(
        "new Promise((seen) => { const view = new IntersectionObserver(([e]) =>"
        "{ if (!e.isIntersecting) seen(); }); view.observe(document.querySelector('main')); })"
    )
    hidden = marks(page, "ends")
    page.clock.run_for(4000)
    assert marks(page, "ends") == hidden
    page.evaluate("document.querySelector('body > div').style.height = 0")
    page.wait_for_timeout(100)
    page.get_by_role("button", name="Pause").click()
    paused = marks(page, "ends")
    page.clock.run_for(4000)
    assert marks(page, "ends") == paused


def test_with_reduced_motion_nothing_moves_until_asked(open_with):
    page = open_with(**STILL).page
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    expect(page.get_by_role("status")).to_have_attribute("aria-live", "polite")
    animated = "document.getAnimations().length"
    page.get_by_role("button", name="Draw once").press("Enter")
    assert page.evaluate(animated) == 0
    page.get_by_role("button", name="Play").press("Space")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(page.get_by_role("status")).to_have_attribute("aria-live", "off")


def test_the_arrows_come_first_and_then_thicken_into_the_step(open_with):
    page = open_with().page
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("button", name="Draw once").click()
    moves = page.evaluate(
        """() => Object.fromEntries(document.getAnimations().map((one) => {
            const { delay, endTime } = one.effect.getComputedTiming();
            const name = one.effect.target.classList.contains("minibatch-step") ? "step" : "rows";
            return [name, [delay, endTime]];
        }))"""
    )
    assert moves["rows"][0] == 0
    assert moves["rows"][1] <= moves["step"][0]
    assert moves["step"][1] < 1000  # before the next draw
    flat = page.evaluate(
        """() => {
            for (const one of document.getAnimations()) {
                one.pause();
                one.currentTime = one.effect.getComputedTiming().delay;
            }
            return document.querySelector(".minibatch-step").getBoundingClientRect();
        }"""
    )
    page.evaluate("document.getAnimations().forEach((one) => one.finish())")
    grown = page.locator(".minibatch-step").bounding_box()
    assert flat["width"] * flat["height"] < grown["width"] * grown["height"] * 0.9


def test_on_a_phone_control_and_pictures_fit_into_a_screen(open_with):
    page = open_with(viewport={"width": 390, "height": 844}, **STILL).page
    bottom = page.get_by_role("button", name="Draw once").evaluate(
        "(button) => button.getBoundingClientRect().bottom"
    )
    top = page.locator(".minibatch-left").evaluate("(left) => left.getBoundingClientRect().top")
    assert bottom - top <= 600
    assert page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize("width", [390, 560, 648, 820])
def test_nothing_moves_when_the_numbers_change(open_with, width):
    page = open_with("?minibatch-b=1", viewport={"width": width, "height": 900}, **STILL).page
    heights = set()
    slider = page.get_by_role("slider")
    for _ in range(21):
        heights.add(page.evaluate("document.querySelector('main').offsetHeight"))
        slider.press("ArrowRight")
    assert len(heights) == 1


@pytest.mark.parametrize("width", [390, 540, 648, 820])
def test_the_text_of_the_pictures_is_large_enough_and_inside(open_with, width):
    page = open_with(viewport={"width": width, "height": 900}, **STILL).page
    found = page.evaluate(
        """() => [...document.querySelectorAll(".minibatch-grid > div > svg text")].map((text) => {
            const svg = text.ownerSVGElement.getBoundingClientRect();
            const [box, size] = [text.getBoundingClientRect(), getComputedStyle(text).fontSize];
            return [parseFloat(size) * svg.width / 340, box.left - svg.left, svg.right - box.right,
                box.top - svg.top, svg.bottom - box.bottom];
        })"""
    )
    assert len(found) == 19
    assert min(size for size, *_ in found) >= 11
    assert min(min(rest) for _, *rest in found) >= -1


def test_axe_objects_to_nothing(open_with):
    reader = open_with(**STILL)
    reader.page.evaluate(HEADING)
    axe_finds_no_violation(reader)
