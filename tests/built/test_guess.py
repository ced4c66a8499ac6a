"""A guess: it is filled in or dragged, compared with what was measured, kept, and forgotten."""

import shutil

import pytest
from d2lbook.guesses import controls, write_scripts
from d2lbook.security_policy import with_policy
from d2lbook.written import Page
from playwright.sync_api import expect

from tests.built.checks.access import axe_finds_no_violation
from tests.built.live_page import PAGE, SITE

LINEAR = {"name": "loss", "low": 0.2, "high": 0.6, "log": False, "unit": "", "measured": 0.2426}
LOG = {"name": "rows", "low": 1, "high": 1500, "log": True, "unit": "rows", "measured": 37}
STYLE = '<link rel="stylesheet" href="guess.css"><script defer src="live/guess.js"></script>'
HIDDEN = '<div class="d2l-awaits-guess d2l-measures-rows">It was 37.</div>'


@pytest.fixture(scope="session", autouse=True)
def book():
    """The page stands alone: no book need be built."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The folder of the page."""
    folder = tmp_path_factory.mktemp("guess")
    write_scripts(folder / "live")
    for name in ("page.css", "guess.css"):
        shutil.copy(SITE / "static" / name, folder)
    (folder / "live.css").touch()
    (folder / "live" / "live.js").touch()
    return folder


@pytest.fixture
def open_guesses(new_reader, folder):
    """Open a page with two guesses; nothing goes wrong in it while the test lasts."""
    readers = []

    def opened(theme="light", **options):
        boxes = "".join(
            f'<div class="d2l-guess"><p>How much?</p>{controls(data)}</div>'
            for data in (LINEAR, LOG)
        )
        text = PAGE.format(cells=STYLE + boxes + HIDDEN, theme=theme)
        (folder / "page.html").write_text(with_policy(text, Page(text)), encoding="utf8")
        reader = new_reader(folder.as_uri(), **options)
        readers.append(reader)
        page = reader.open("page.html")
        return reader, page.locator(".d2l-guess").nth(0), page.locator(".d2l-guess").nth(1)

    yield opened
    assert [reader.errors for reader in readers] == [[] for _ in readers]
    assert [reader.external_requests for reader in readers] == [[] for _ in readers]


def press(box, name):
    box.get_by_role("button", name=name).click()


def test_a_number_is_compared_by_a_factor_or_by_a_difference(open_guesses):
    reader, linear, log = open_guesses()
    linear.get_by_role("spinbutton").fill("0.3")
    press(linear, "Compare")
    expect(linear.get_by_role("status")).to_have_text(
        "You guessed 0.3; measured: 0.2426. Your guess is 0.057 too high."
    )
    log.get_by_role("spinbutton").fill("10")
    reader.page.keyboard.press("Enter")
    expect(log.get_by_role("status")).to_have_text(
        "You guessed 10 rows; measured: 37 rows. Your guess is too low by a factor of 3.7."
    )
    log.get_by_role("spinbutton").fill("38")
    expect(log.get_by_role("status")).to_be_empty()
    press(log, "Compare")
    expect(log.get_by_role("status")).to_have_text(
        "You guessed 38 rows; measured: 37 rows. That is within 5 %."
    )


def test_the_keyboard_moves_the_guess_along_its_axis(open_guesses):
    reader, linear, log = open_guesses()
    slider = linear.get_by_role("slider")
    expect(slider).to_have_attribute("aria-valuetext", "no guess yet")
    slider.focus()
    reader.page.keyboard.press("Home")
    expect(slider).to_have_attribute("aria-valuetext", "0.2")
    expect(linear.get_by_role("spinbutton")).to_have_value("0.2")
    reader.page.keyboard.press("End")
    expect(linear.get_by_role("spinbutton")).to_have_value("0.6")
    log.get_by_role("slider").focus()
    reader.page.keyboard.press("End")
    expect(log.get_by_role("slider")).to_have_attribute("aria-valuetext", "1,500 rows")
    log.get_by_role("spinbutton").fill("1")
    expect(log.get_by_role("slider")).to_have_value("0")


def test_the_guess_can_be_dragged_and_both_marks_stand_on_one_axis(open_guesses):
    reader, linear, _ = open_guesses()
    slider = linear.get_by_role("slider")
    box = slider.bounding_box()
    mouse = reader.page.mouse
    mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    mouse.down()
    mouse.move(box["x"] + box["width"] / 4, box["y"] + box["height"] / 2, steps=4)
    mouse.up()
    guessed = float(linear.get_by_role("spinbutton").input_value())
    assert 0.28 < guessed < 0.32
    press(linear, "Compare")
    style = "(box) => ['--guessed', '--measured'].map((name) => box.style.getPropertyValue(name))"
    at = [float(value) for value in linear.evaluate(style)]
    assert at == pytest.approx([(guessed - 0.2) / 0.4, (0.2426 - 0.2) / 0.4])


def test_nothing_is_compared_without_a_guess(open_guesses):
    _, linear, _ = open_guesses()
    linear.get_by_role("button", name="Compare").click(force=True)  # although it says it is off
    expect(linear.get_by_role("status")).to_have_text("Fill in a number first.")
    expect(linear.get_by_role("button", name="Forget")).to_be_hidden()


def test_a_guess_is_kept_in_the_browser_and_forgotten_on_request(open_guesses):
    reader, _, log = open_guesses()
    result = reader.page.get_by_text("It was 37.")
    expect(result).to_be_hidden()
    expect(log.get_by_role("status")).to_have_text("What was measured is shown after your guess.")
    log.get_by_role("spinbutton").fill("40")
    press(log, "Compare")
    expect(result).to_be_visible()
    reader.page.reload()
    expect(result).to_be_visible()
    expect(log.get_by_role("spinbutton")).to_have_value("40")
    expect(log.get_by_role("status")).to_contain_text("You guessed 40 rows")
    press(log, "Forget")
    expect(log.get_by_role("spinbutton")).to_be_focused()
    expect(log.get_by_role("spinbutton")).to_have_value("")
    reader.page.reload()
    expect(result).to_be_hidden()
    assert reader.page.evaluate("localStorage.length") == 0


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_before_and_after_a_guess(open_guesses, theme):
    reader, linear, _ = open_guesses(theme=theme, viewport={"width": 390, "height": 800})
    axe_finds_no_violation(reader)
    linear.get_by_role("spinbutton").fill("0.3")
    press(linear, "Compare")
    axe_finds_no_violation(reader)
    assert reader.page.evaluate("document.documentElement.scrollWidth") == 390
    linear.get_by_role("slider").focus()
    reader.page.keyboard.press("ArrowRight")
    assert reader.page.evaluate("ringOfFocus()")[1] >= 3


def test_without_scripts_and_in_print_there_is_the_question_and_the_result(open_guesses):
    reader, linear, _ = open_guesses()
    reader.page.emulate_media(media="print")
    expect(linear.get_by_text("How much?")).to_be_visible()
    expect(linear.locator(".d2l-guess-controls")).to_be_hidden()
    expect(reader.page.get_by_text("It was 37.")).to_be_visible()
    reader, linear, _ = open_guesses(java_script_enabled=False)
    expect(linear.locator(".d2l-guess-controls")).to_be_hidden()
    expect(reader.page.get_by_text("It was 37.")).to_be_visible()
