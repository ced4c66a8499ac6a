"""The race in a page that has nothing else, opened from a disk."""

import re

import pytest
from playwright.sync_api import expect

from d2lmini.lab import Race
from tests.built.checks.access import axe_finds_no_violation, axe_finds_no_violation_of_colors
from tests.built.drawn import RUNNERS
from tests.built.pieces import DARK, HEADING, open_piece

CHEAP_ROWS = "?race-clock=your+own&race-alpha=100&race-beta=100"
DEAR_ROWS = "?race-clock=your+own&race-alpha=350&race-beta=4700"
GUESS = ["4th", "3rd", "1st", "2nd"]
DOTS = """() => [...document.querySelectorAll(".race-dots")].map(
    (dots) => (dots.getAttribute("d").match(/M/g) ?? []).length)"""


@pytest.fixture(scope="session", autouse=True)
def book():
    """The page stands alone: no book need be built."""


class RacePage:
    """One race, and what a reader does with it."""

    def __init__(self, reader):
        self.reader, self.page = reader, reader.page
        self.status = self.page.get_by_role("status")
        self.guesses = self.page.get_by_role("combobox", name=re.compile("Your guess"))

    def press(self, name):
        self.page.get_by_role("button", name=name, exact=True).click()

    def guess(self, places=GUESS):
        for k, place in enumerate(places[:3]):
            self.guesses.nth(k).select_option(place)

    @property
    def results(self):
        return self.page.locator(".race-result").all_text_contents()

    @property
    def places(self):
        return self.page.evaluate(RUNNERS)

    @property
    def dots(self):
        return self.page.evaluate(DOTS)

    @property
    def steps(self):
        return [int(re.search(r"[\d,]+(?= [×s])", one)[0].replace(",", "")) for one in self.results]


@pytest.fixture
def open_race(new_reader, tmp_path):
    races = []

    def opened(query="", **options):
        race = RacePage(open_piece(new_reader, tmp_path, Race, query, **options))
        races.append(race)
        return race

    yield opened
    assert [race.reader.errors for race in races] == [[] for _ in races]


def test_with_reduced_motion_the_start_leads_to_the_end(open_race):
    race = open_race(DEAR_ROWS, reduced_motion="reduce")
    race.guess()
    assert race.guesses.nth(3).input_value() == "2nd"
    race.press("Start")
    expect(race.status).to_have_text(
        "Order of arrival: b = 100, all rows, b = 10, b = 1. "
        "Your order: b = 100, all rows, b = 10, b = 1. 4 of 4 places are right."
    )
    assert [one.split(":")[0] for one in race.results] == GUESS
    assert all(share > 0.97 for share in race.places)
    assert race.dots[3] == race.steps[3] == 3
    assert race.dots[0] > 50
    assert race.page.locator("[data-guess=right]").count() == 4


def test_the_order_turns_over_with_the_clock_and_with_copies(open_race):
    race = open_race(CHEAP_ROWS, reduced_motion="reduce")
    race.guess()
    race.press("Start")
    expect(race.status).to_contain_text("Order of arrival: all rows, b = 100, b = 10, b = 1.")
    expect(race.status).to_contain_text("2 of 4 places are right.")
    assert race.page.locator("[data-guess=wrong]").count() == 2
    named = race.page.locator(".race-verdict").all_text_contents()
    assert sorted(named) == ["right guess"] * 2 + ["wrong guess"] * 2
    steps = race.steps
    race.page.get_by_role("slider", name="copies").press("End")
    expect(race.status).to_contain_text("Give each one a place")
    assert race.dots == [0, 0, 0, 0]
    race.press("Start")
    expect(race.status).to_contain_text("Order of arrival: b = 100, b = 10,")
    assert race.steps == steps  # copies make steps longer, not more
    race.page.locator("summary", has_text="Numbers").click()
    assert race.page.locator("tbody tr").nth(3).locator("td").nth(2).inner_text() == "1,500,000"


def test_the_race_is_started_paused_stepped_and_rewound(open_race):
    race = open_race(CHEAP_ROWS)
    race.press("Start")
    race.page.wait_for_function(f"() => ({DOTS})()[3] > 0")
    race.press("Pause")
    before = race.results
    first = race.places
    assert first[3] > first[0]
    race.page.wait_for_timeout(200)
    assert race.results == before
    assert race.guesses.first.is_disabled()
    counts = race.steps
    race.press("Step")
    assert sum(race.steps) == sum(counts) + 1
    race.press("Reset")
    assert race.dots == [0, 0, 0, 0]
    assert max(race.places) < 0.02
    assert race.guesses.first.is_enabled()


def test_each_press_of_step_moves_the_runner_that_is_due(open_race):
    race = open_race(CHEAP_ROWS)
    for counts in ([1, 0, 0, 0], [1, 1, 0, 0], [1, 1, 1, 0], [2, 1, 1, 0], [2, 2, 1, 0]):
        race.press("Step")
        assert race.steps == counts
    expect(race.status).to_have_text(re.compile(r"b = 10 took step 2: loss 0\.\d+\."))
    expect(race.page.locator(".race-time")).to_contain_text("1 s here = ")


def test_the_race_rests_while_it_is_off_the_screen(open_race):
    race = open_race(viewport={"width": 800, "height": 400})
    race.page.evaluate("document.body.style.paddingBottom = '3000px'")
    race.press("Start")
    race.page.evaluate("scrollTo(0, 2500)")
    go_on = race.page.get_by_role("button", name="Go on")
    expect(go_on).to_be_attached()
    before = race.results
    race.page.wait_for_timeout(200)
    assert race.results == before


def test_all_of_it_works_by_keyboard(open_race):
    race = open_race(CHEAP_ROWS, reduced_motion="reduce")
    race.guesses.first.press("ArrowDown")
    assert race.guesses.first.input_value() == "1st"
    race.page.get_by_role("button", name="Step").press("Enter")
    assert race.steps[0] > 0
    race.page.get_by_role("button", name="Go on").press("Space")
    expect(race.status).to_contain_text("Your order: b = 1. 0 of 4 places are right.")
    race.page.get_by_role("slider", name="α").press("ArrowRight")
    expect(race.page.get_by_role("combobox", name="clock")).to_have_value("your own")


def test_the_settings_are_in_the_address(open_race):
    race = open_race("?race-clock=your+own&race-alpha=2&race-beta=50&race-seed=7")
    assert race.results[0] == "a step: 2.05 µs"
    assert race.results[3] == "a step: 77 µs"
    race.page.get_by_label("finish at the loss").select_option("0.26")
    race.page.wait_for_url("**race-finish=0.26**")
    assert "race-alpha=2" in race.page.url
    assert race.page.locator(".race-scale span").last.inner_text() == "0.26"


def test_a_seed_repeats_a_race_and_another_one_does_not(open_race):
    race = open_race(reduced_motion="reduce")
    race.press("Start")
    first = race.steps
    race.press("Race again")
    assert race.steps == first
    race.page.get_by_label("seed").fill("1")
    race.page.get_by_label("seed").press("Enter")
    race.press("Start")
    assert race.steps != first
    assert race.steps[3] == first[3] == 3


def test_this_browser_is_timed_and_cited_numbers_are_marked(open_race):
    race = open_race("?race-clock=this+browser")
    expect(race.page.get_by_role("button", name="Start")).to_be_enabled(timeout=20_000)
    source = race.page.locator(".clocks-source")
    expect(source).to_have_text("Measured just now, by training in this page.")
    race.page.get_by_role("combobox", name="clock").select_option("a GPU (cited)")
    expect(source).to_contain_text("From cited figures, not measured.")
    assert race.results[0].startswith("a step: ")


def test_what_is_cited_can_be_followed(open_race):
    race = open_race("?race-clock=a+GPU+%28cited%29")
    race.page.get_by_text("Where α and β come from").click()
    links = race.page.locator(".clocks-source a")
    addresses = [link.get_attribute("href") for link in links.all()]
    assert addresses == re.findall(
        r"https://[^\s,)]+", race.page.locator(".clocks-source").inner_text()
    )
    assert len(addresses) == 2
    assert {link.get_attribute("rel") for link in links.all()} == {"noopener"}
    links.first.focus()
    race.page.get_by_label("seed").fill("3")
    race.page.get_by_label("seed").press("Enter")
    assert links.first.evaluate("(link) => link.isConnected")
    race.page.get_by_role("combobox", name="clock").select_option("your own")
    assert links.count() == 0


def test_a_guess_is_for_its_clock(open_race):
    race = open_race(CHEAP_ROWS)
    race.guess()
    race.page.get_by_role("slider", name="copies").press("ArrowRight")
    race.page.get_by_label("finish at the loss").select_option("0.26")
    assert [guess.input_value() for guess in race.guesses.all()] == GUESS
    race.page.get_by_role("combobox", name="clock").select_option("a GPU (cited)")
    assert [guess.input_value() for guess in race.guesses.all()] == ["your guess"] * 4
    race.guess()
    race.page.get_by_role("slider", name="α").press("ArrowRight")
    assert [guess.input_value() for guess in race.guesses.all()] == ["your guess"] * 4


def test_a_phone_shows_lanes_buttons_and_clock_on_one_screen(open_race):
    race = open_race(viewport={"width": 390, "height": 844}, has_touch=True)
    race.guess()
    race.page.get_by_role("button", name="Start").tap()
    race.page.wait_for_timeout(100)
    assert race.page.evaluate("document.documentElement.scrollWidth") == 390
    lanes = race.page.locator(".race-lanes").bounding_box()
    chooser = race.page.get_by_role("combobox", name="clock").bounding_box()
    assert chooser["y"] + chooser["height"] - lanes["y"] < 600
    race.press("Pause")


def test_nothing_below_moves_when_the_words_change(open_race):
    race = open_race(reduced_motion="reduce")
    places = [race.page.get_by_role("slider", name="α").bounding_box()]
    race.guess()
    race.press("Step")
    places.append(race.page.get_by_role("slider", name="α").bounding_box())
    race.press("Go on")
    places.append(race.page.get_by_role("slider", name="α").bounding_box())
    assert places[0] == places[1] == places[2]


def test_a_long_number_needs_no_second_line_and_the_sliders_are_wide(open_race):
    race = open_race(viewport={"width": 800, "height": 900})
    seed = race.page.get_by_label("seed")
    before = seed.bounding_box()
    race.page.get_by_role("combobox", name="clock").select_option("128 workers (cited)")
    assert seed.bounding_box() == before
    for name in ("α", "β", "copies"):
        assert race.page.get_by_role("slider", name=name).bounding_box()["width"] >= 120


def test_axe_finds_nothing_in_either_theme(open_race):
    race = open_race(reduced_motion="reduce")
    race.guess(["1st", "2nd", "3rd"])
    race.press("Start")
    race.page.evaluate(HEADING)
    axe_finds_no_violation(race.reader)
    race.page.evaluate(DARK)
    axe_finds_no_violation_of_colors(race.reader)


def test_forced_colors_leave_the_runners_to_be_seen(open_race):
    race = open_race(forced_colors="active")
    colors = race.page.evaluate(
        """() => [...document.querySelectorAll(".race-runner")].map(
            (one) => getComputedStyle(one).backgroundColor)"""
    )
    assert len(set(colors)) == 4
