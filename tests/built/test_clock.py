"""The clock and the genie in a page that has nothing else, opened from a disk."""

import re

import pytest
from playwright.sync_api import expect

from d2lmini.lab import Clock
from d2lmini.lab.race import load_clocks, step_seconds
from tests.built.checks.access import axe_finds_no_violation, axe_finds_no_violation_of_colors
from tests.built.drawn import MIDDLES, seconds_in
from tests.built.pieces import DARK, HEADING, open_piece

LOADER = "clock-clock=PyTorch%2C+row-by-row+loader"
DEAR_ROWS = "clock-clock=your+own&clock-alpha=350&clock-beta=4700"
BEST = r"best minibatch is b = ([\d,]+): ([\d,]+) steps? × "


@pytest.fixture(scope="session", autouse=True)
def book():
    """The page stands alone: no book need be built."""


class ClockPage:
    """The picture, and what a reader does with it."""

    def __init__(self, reader):
        self.reader, self.page = reader, reader.page
        self.status = self.page.get_by_role("status")

    def wait(self):
        expect(self.status).to_contain_text("best minibatch is", timeout=60_000)
        return self

    @property
    def best(self):
        return int(re.search(BEST, self.status.inner_text())[1].replace(",", ""))

    def positions(self, name):
        return self.page.evaluate(MIDDLES, name)

    def slider(self, name):
        return self.page.get_by_role("slider", name=name)


@pytest.fixture
def open_clock(new_reader, tmp_path):
    clocks = []

    def opened(query="", **options):
        clock = ClockPage(open_piece(new_reader, tmp_path, Clock, f"?{query}", **options))
        clocks.append(clock)
        return clock.wait()

    yield opened
    assert [clock.reader.errors for clock in clocks] == [[] for _ in clocks]


def test_steps_are_measured_and_drawn(open_clock):
    clock = open_clock()
    assert len(clock.positions(".clock-dot")) == 30
    steps, costs, times = (clock.positions(".clock-dot")[k : k + 10] for k in (0, 10, 20))
    assert [p[0] for p in steps] == [p[0] for p in costs] == [p[0] for p in times]
    assert steps[0][1] < steps[4][1] < steps[6][1]  # fewer steps are lower in the picture
    assert costs[0][1] > costs[-1][1]
    lowest = max(range(10), key=lambda k: times[k][1])
    x = clock.positions(".clock-best")[2][0]
    assert abs(times[lowest][0] - x) < 30  # neighbours may be equally low
    assert (
        clock.page.get_by_role("img")
        .get_attribute("aria-label")
        .endswith(clock.status.inner_text())
    )


def test_the_numbers_are_the_products_that_are_shown(open_clock):
    clock = open_clock(LOADER)
    clock.page.locator("summary", has_text="Numbers").click()
    loader = load_clocks()[1]
    rows = [row.locator("td").all_inner_texts() for row in clock.page.locator("tbody tr").all()]
    assert len(rows) == 11
    for b, _, steps, cost, time in rows:
        expected = step_seconds(loader, int(b.replace(",", "")))
        assert seconds_in(cost) == pytest.approx(expected, rel=6e-3)
        total = int(steps.replace(",", "")) * expected
        assert seconds_in(time) == pytest.approx(total, rel=6e-3)


def test_copies_move_gradient_descent_and_leave_the_optimum(open_clock):
    clock = open_clock("clock-clock=your+own&clock-alpha=254&clock-beta=261")
    best, before = clock.best, clock.positions(".clock-all")[2]
    dots = clock.positions(".clock-dot")
    clock.slider("copies").press("End")
    expect(clock.status).to_contain_text("on 1,500,000 rows", timeout=60_000)
    after = clock.positions(".clock-all")[2]
    assert after[0] > before[0] + 100
    assert after[1] < before[1] - 30
    more = clock.positions(".clock-dot")  # minibatches of more rows than the table has
    count = len(more) // 3
    assert count > 10
    assert [more[count * panel + k] for panel in range(3) for k in range(10)] == dots
    assert clock.best == best
    expect(clock.status).to_contain_text("Nothing is faster.")


def test_with_copies_a_minibatch_of_more_rows_than_the_table_can_be_the_best(open_clock):
    query = "clock-clock=128+workers+(cited)&clock-level=0.243&clock-copies="
    plain = open_clock(f"{query}1")
    expect(plain.status).to_contain_text("gradient descent is the fastest, on 1,500 rows")
    plain.slider("copies").press("End")
    expect(plain.status).to_contain_text("count the steps of b = ")
    expect(plain.status).to_contain_text("Nothing is faster.", timeout=60_000)
    assert plain.best > 1500


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(
    "query",
    [
        "clock-clock=128+workers+(cited)&clock-level=0.243&clock-copies=1000",
        "clock-clock=PyTorch%2C+arrays&clock-level=0.25",
        "clock-clock=128+workers+(cited)&clock-level=0.25&clock-copies=1000",
        DEAR_ROWS,
    ],
)
def test_all_that_is_written_in_the_picture_is_inside_of_it(open_clock, width, query):
    clock = open_clock(query, viewport={"width": width, "height": 900})
    room = clock.page.evaluate(
        """() => {
            const svg = document.querySelector(".clock-picture > svg").getBoundingClientRect();
            return [...document.querySelectorAll(".clock-picture text")].map((text) => {
                const box = text.getBoundingClientRect();
                return Math.min(box.left - svg.left, svg.right - box.right);
            });
        }"""
    )
    assert min(room) >= 0


def test_the_optimum_moves_with_the_clock(open_clock):
    clock = open_clock(f"{DEAR_ROWS}&clock-level=0.25")
    loader = clock.best
    clock.page.get_by_role("combobox", name="clock").select_option("128 workers (cited)")
    expect(clock.page.locator(".clocks-source")).to_contain_text("not measured")
    assert clock.best > loader
    clock.slider("α").press("Home")
    expect(clock.page.get_by_role("combobox", name="clock")).to_have_value("your own")
    clock.slider("β").press("End")
    assert clock.best < loader


def test_the_ring_is_dragged_and_the_sliders_follow(open_clock):
    clock = open_clock(DEAR_ROWS)
    before = clock.best
    ((x, y),) = clock.positions(".clock-handle circle:last-child")
    (dot,) = clock.positions(".clock-best")[1:2]
    clock.page.mouse.move(x, y)
    clock.page.mouse.down()
    clock.page.mouse.move(x - 60, y, steps=4)
    clock.page.mouse.move(x - 120, y, steps=4)
    clock.page.mouse.up()
    end = clock.positions(".clock-handle circle:last-child")[0][0]
    assert end == pytest.approx(x - 120, abs=2)
    assert clock.slider("β").get_attribute("aria-valuetext") != "β, a row 4.7 µs"
    assert clock.best < before
    assert clock.positions(".clock-best")[1][0] < dot[0]
    clock.page.wait_for_function("() => !location.search.includes('clock-beta=4700')")


def test_a_finger_drags_the_ring_and_does_not_scroll(open_clock):
    clock = open_clock(DEAR_ROWS, viewport={"width": 390, "height": 500}, has_touch=True)
    clock.page.evaluate("document.body.style.paddingBottom = '3000px'")
    ((x, y),) = clock.positions(".clock-handle circle:last-child")
    session = clock.page.context.new_cdp_session(clock.page)
    point = {"x": x, "y": y}
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
    for _ in range(8):
        point = {"x": point["x"] + 8, "y": point["y"] - 4}
        session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    ((end, _),) = clock.positions(".clock-handle circle:last-child")
    assert end == pytest.approx(x + 64, abs=2)
    assert clock.page.evaluate("scrollY") == 0


def test_the_ring_goes_as_far_as_the_sliders_and_the_curves_stay_in_their_panels(open_clock):
    clock = open_clock(DEAR_ROWS)
    ((x, y),) = clock.positions(".clock-handle circle:last-child")
    clock.page.mouse.move(x, y)
    clock.page.mouse.down()
    clock.page.mouse.move(x - 300, y - 400, steps=4)
    assert clock.slider("α").input_value() == clock.slider("α").get_attribute("max")
    assert clock.slider("β").input_value() == clock.slider("β").get_attribute("max")
    clips = clock.page.locator(".clock-picture svg svg")
    assert clips.count() == 3
    assert set(clips.evaluate_all("all => all.map((one) => getComputedStyle(one).overflow)")) == {
        "hidden"
    }
    times = clock.positions(".clock-dot")[-10:]
    bottom = clips.nth(2).bounding_box()
    assert all(bottom["y"] <= time[1] <= bottom["y"] + bottom["height"] for time in times)
    clock.page.mouse.up()
    expect(clock.page.locator(".clock-ring")).to_contain_text("b = α/β = 1,000 rows")


def test_the_winner_is_marked_and_the_best_minibatch_named(open_clock):
    clock = open_clock()
    expect(clock.status).to_contain_text("gradient descent is the fastest")
    assert clock.positions(".clock-winner")[0] == pytest.approx(
        clock.positions(".clock-all")[2], abs=1
    )
    names = clock.page.locator(".clock-picture .lab-note").all_text_contents()
    assert "GD, fastest" in names
    assert f"best minibatch: b = {clock.best}" in names
    clock.page.get_by_role("combobox", name="clock").select_option("PyTorch, row-by-row loader")
    expect(clock.status).to_contain_text("Nothing is faster.")
    assert clock.positions(".clock-winner")[0] == pytest.approx(
        clock.positions(".clock-best")[2], abs=1
    )


def test_the_settings_are_in_the_address(open_clock):
    clock = open_clock("clock-clock=your+own&clock-alpha=3&clock-beta=20&clock-level=0.25")
    assert clock.slider("α").get_attribute("aria-valuetext").endswith("3 µs")
    assert clock.slider("β").get_attribute("aria-valuetext").endswith("20 ns")
    expect(clock.status).to_contain_text("To the loss 0.25")
    clock.slider("copies").press("ArrowRight")
    clock.page.wait_for_url("**clock-copies=2**")
    clock.page.get_by_role("combobox", name="to the loss").select_option("0.243")
    expect(clock.status).to_contain_text("To the loss 0.243", timeout=60_000)
    clock.page.wait_for_url("**clock-level=0.243**")


def test_the_browser_is_timed(open_clock):
    clock = open_clock("clock-clock=this+browser")
    expect(clock.page.locator(".clocks-source")).to_have_text(
        "Measured just now, by training in this page."
    )
    shown = [clock.slider(name).get_attribute("aria-valuetext") for name in ("α", "β")]
    numbers = [re.search(r"([\d.,]+) [nµm]?s$", text)[1].strip("0.") for text in shown]
    assert all(len(re.sub(r"\D", "", number)) <= 2 for number in numbers)  # digits that count


def test_a_phone_shows_picture_clock_and_sliders_on_one_screen(open_clock):
    clock = open_clock(viewport={"width": 390, "height": 844}, has_touch=True)
    assert clock.page.evaluate("document.documentElement.scrollWidth") == 390
    top = clock.page.locator(".clock-picture").bounding_box()["y"]
    copies = clock.slider("copies").bounding_box()
    assert copies["y"] + copies["height"] - top < 600


def test_axe_finds_nothing_in_either_theme(open_clock):
    clock = open_clock()
    clock.page.evaluate(HEADING)
    axe_finds_no_violation(clock.reader)
    clock.page.evaluate(DARK)
    axe_finds_no_violation_of_colors(clock.reader)
