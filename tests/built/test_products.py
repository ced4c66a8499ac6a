"""Four ways to multiply, in a page that has nothing else."""

import re

import pytest
from playwright.sync_api import expect

from tests.built.checks.access import axe_finds_no_violation
from tests.built.drawn import SHARES
from tests.built.pieces import HEADING, SECONDS, open_piece, products_of

REVERSED = {"element": 0.0002, "column": 0.0008, "block of 64": 0.0256, "full": 0.65536}
STILL = {"reduced_motion": "reduce"}


@pytest.fixture(scope="session", autouse=True)
def book():
    """The page stands alone: no book need be built."""


@pytest.fixture
def open_with(new_reader, tmp_path):
    """Open the piece with measured times: ``open_with(query, seconds, **context options)``."""

    def open_(query="", seconds=SECONDS, **options):
        return open_piece(new_reader, tmp_path, products_of(seconds), query=query, **options)

    return open_


def shares(page):
    """Return which share of each square has its colour, from the path that is drawn."""
    return page.evaluate(SHARES)


def counts(page):
    return page.locator(".products-count").all_inner_texts()


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def test_it_waits_and_then_fills_at_the_measured_speeds(open_with):
    reader = open_with()
    page = reader.page
    page.clock.install()
    page.reload()
    assert shares(page) == [0, 0, 0, 0]
    press(page, "Start")
    page.wait_for_function("() => new Promise(requestAnimationFrame).then(() => true)")
    page.clock.run_for(2500)
    press(page, "Pause")
    here, measured = re.search(
        r"([\d.]+) s here = (\d+) µs measured", page.get_by_role("timer").inner_text()
    ).groups()
    time = float(measured) * 1e-6
    assert float(here) == pytest.approx(5000 * time, abs=0.06)  # slowed 5,000 times
    assert 0.0002 < time < 0.0008
    assert shares(page) == pytest.approx(
        [time / 0.65536, time / 0.0256, int(4 * time / 0.0008) / 4, 1], abs=1 / 256
    )
    seen = counts(page)
    assert seen[2:] == [f"{int(4 * time / 0.0008)} of 4 calls", "1 of 1 call"]
    page.clock.run_for(2000)
    assert counts(page) == seen
    press(page, "Again")
    assert shares(page) == [0, 0, 0, 0]
    assert reader.errors == reader.external_requests == []


def test_skipping_ends_one_way_after_the_other(open_with):
    page = open_with().page
    skip = page.get_by_role("button", name="Skip to the next end")
    done = []
    for _ in range(4):
        skip.click()
        done.append([share == 1 for share in shares(page)].count(True))
    assert done == [1, 2, 3, 4]
    assert skip.is_disabled()
    assert counts(page)[0] == "65,536 of 65,536 calls"
    expect(page.get_by_role("status")).to_contain_text("element by element done")
    assert page.get_by_role("timer").inner_text() == "54 min 37 s here = 655 ms measured"
    press(page, "Start")
    assert shares(page)[0] < 0.01


def test_the_first_skip_shows_the_others_at_their_part(open_with):
    page = open_with().page
    press(page, "Skip to the next end")
    assert counts(page) == [
        "20 of 65,536 calls",
        "2 of 256 calls",
        "1 of 4 calls",
        "1 of 1 call",
    ]
    assert shares(page) == pytest.approx([20 / 65536, 2 / 256, 1 / 4, 1])
    assert page.locator(".products-place").count() == 1


def test_on_a_machine_of_another_order_the_words_follow_the_times(open_with):
    page = open_with(seconds=REVERSED).page
    press(page, "Skip to the next end")
    expect(page.locator(".products-pace")).to_have_text(
        "Slowed 5,000 times. At this pace the slowest (all at once) needs 54 min 37 s: "
        "3,277 times as long as the fastest (element by element)."
    )
    assert shares(page) == [1, 0.25, 0, 0]


def test_the_pace_can_be_that_of_another_way(open_with):
    page = open_with("?products-second=the%20third").page
    choice = page.get_by_label("what takes one second")
    assert choice.input_value() == "the third"
    expect(page.locator(".products-pace")).to_contain_text("Slowed 39.1 times. How long will")
    press(page, "Skip to the next end")
    expect(page.locator(".products-pace")).to_contain_text("Slowed 39.1 times")
    expect(page.locator(".products-pace")).to_contain_text("needs 25.6 s")
    choice.select_option("the slowest")
    assert shares(page) == [0, 0, 0, 0]
    expect(page.locator(".products-pace")).to_contain_text("needs 1 s")
    page.wait_for_function("() => location.search.includes('products-second=the+slowest')")


def test_the_answer_is_not_shown_before_the_reader_begins(open_with):
    page = open_with(**STILL).page
    bars, pace = page.locator(".products-below svg"), page.locator(".products-pace")
    expect(bars).to_be_hidden()
    expect(pace).not_to_contain_text("min")
    page.get_by_label("what takes one second").select_option("the second")
    expect(bars).to_be_hidden()
    press(page, "Again")
    expect(bars).to_be_hidden()
    press(page, "Start")
    expect(bars).to_be_visible()
    expect(pace).to_contain_text("3,277 times")
    press(page, "Again")
    expect(bars).to_be_visible()


def test_the_sentence_goes_on_with_the_squares_and_is_read_out_at_the_ends_only(open_with):
    page = open_with().page
    page.clock.install()
    page.reload()
    press(page, "Start")
    page.wait_for_function("() => new Promise(requestAnimationFrame).then(() => true)")
    spoken = []
    for _ in range(2):
        page.clock.run_for(3000)
        spoken.append(page.get_by_role("status").text_content())
        state, *texts = page.evaluate(  # at once, because the squares go on
            "['.products-state', '.products-count'].flatMap((parts) =>"
            " [...document.querySelectorAll(parts)].map((part) => part.textContent))"
        )
        made = int(texts[1].split()[0])
        part = re.search("column by column ([0-9.]+) %", state)
        assert float(part[1]) == pytest.approx(100 * made / 256, rel=0.05)
    assert made > 2
    assert [text.count("done") for text in spoken] == [1, 2]
    page.clock.run_for(3000)
    assert page.get_by_role("status").text_content() == spoken[1]


def test_what_the_slowest_still_needs_counts_down_and_the_clock_ends_at_its_time(open_with):
    page = open_with("?products-second=the+slowest").page
    page.clock.install()
    page.reload()
    left = page.locator(".products-left")
    expect(left).to_have_text("")
    press(page, "Start")
    page.wait_for_function("() => new Promise(requestAnimationFrame).then(() => true)")
    seen = []
    for _ in range(2):
        page.clock.run_for(300)
        seen.append(float(re.search(r"still needs ([\d.]+) s\.$", left.inner_text())[1]))
    assert 0 < seen[1] < seen[0] < 1
    page.clock.run_for(1000)
    expect(left).to_have_text("All four are done.")
    assert page.get_by_role("timer").inner_text() == "1.0 s here = 655 ms measured"


def test_bars_and_table_have_the_measured_times(open_with):
    page = open_with().page
    widths = [float(bar.get_attribute("width")) for bar in page.locator(".products-bar").all()]
    assert widths == sorted(widths, reverse=True)
    page.get_by_text("Numbers of the four ways").click()
    times = [row.locator("td").nth(2).inner_text() for row in page.locator("tbody tr").all()]
    assert times == ["655 ms", "25.6 ms", "800 µs", "200 µs"]
    label = page.locator(".products-below svg").get_attribute("aria-label")
    assert all(time in label for time in times)
    boxes = page.evaluate(
        "[...document.querySelectorAll('.products-below svg text')].map((text) => {"
        "const box = text.getBBox(); return [box.x, box.x + box.width]; })"
    )
    assert all(left >= 0 and right <= 340 for left, right in boxes)


def test_with_reduced_motion_start_goes_to_the_next_end(open_with):
    page = open_with(**STILL).page
    press(page, "Start")
    assert shares(page)[3] == 1
    page.get_by_role("button", name="Start").press("Enter")
    assert shares(page)[2:] == [1, 1]
    label = page.locator(".products-1").first.get_attribute("aria-label")
    assert label == "element by element: 0.12 % of the matrix is filled"


def test_nothing_runs_off_the_screen(open_with):
    page = open_with().page
    page.evaluate("document.body.prepend(document.createElement('div'))")
    press(page, "Start")
    page.wait_for_function("() => document.querySelector('[role=timer]').textContent[0] !== '0'")
    page.evaluate("document.querySelector('body > div').style.height = '3000px'")
    page.evaluate(
        "new Promise((seen) => { const view = new IntersectionObserver(([e]) =>"
        "{ if (!e.isIntersecting) seen(); }); view.observe(document.querySelector('main')); })"
    )
    before = page.get_by_role("timer").inner_text()
    page.wait_for_timeout(400)
    assert page.get_by_role("timer").inner_text() == before


def test_on_a_phone_squares_and_buttons_fit_into_a_screen(open_with):
    page = open_with(viewport={"width": 390, "height": 844}, **STILL).page
    box = page.locator(".products-controls").bounding_box()
    top = page.locator(".products-cards").bounding_box()["y"]
    assert box["y"] + box["height"] - top <= 600
    assert page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize("width", [390, 648, 820])
def test_nothing_moves_when_the_numbers_change(open_with, width):
    page = open_with(viewport={"width": width, "height": 900}, **STILL).page
    heights = []
    for _ in range(5):
        heights.append(page.evaluate("document.querySelector('main').offsetHeight"))
        page.get_by_role("button", name="Start").click()
    assert len(set(heights)) == 1


def test_axe_objects_to_nothing(open_with):
    reader = open_with(**STILL)
    press(reader.page, "Start")
    reader.page.evaluate(HEADING)
    axe_finds_no_violation(reader)
