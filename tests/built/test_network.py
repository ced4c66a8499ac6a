"""The network in a page that has nothing else, opened from a disk."""

import re

import pytest
from playwright.sync_api import expect

from d2lmini.lab.network import PLAN, Network
from tests.built.checks.access import axe_finds_no_violation
from tests.built.pieces import HEADING, open_piece

QUICK = "?network-epochs=1&network-rates=my+own"


@pytest.fixture(scope="session", autouse=True)
def book():
    """The page stands alone: no book need be built."""


@pytest.fixture
def open_network(new_reader, tmp_path):
    def open_it(query=QUICK, **options):
        return open_piece(new_reader, tmp_path, Network, query, **options)

    return open_it


def status_of(page):
    return page.locator(".network-status")


TRAINING = re.compile(r"^Training (\d+) points? in the background\.$")


def points(text):
    """How many points are still to come."""
    return int(TRAINING.match(text)[1])


def run_to_the_end(page):
    page.get_by_role("button", name="Run").click()
    expect(status_of(page)).to_contain_text("lowest test error", timeout=60_000)


def dots(page):
    """How many points the lines with dots of the first picture have, by their colours."""
    return page.evaluate(
        """() => Object.fromEntries(
            [...document.querySelector(".lab-chart svg svg").querySelectorAll("g")]
                .filter((line) => line.children.length === 2)
                .map((line) => [line.getAttribute("stroke"), line.children[1].getAttribute("d")
                    .split("M").length - 1]))"""
    )


def mark(page):
    """Where the marked point is drawn."""
    circle = page.locator(".lab-chart").first.locator(".lab-mark circle")
    return [float(circle.get_attribute(name)) for name in ("cx", "cy")]


def test_nothing_is_trained_until_the_reader_presses_run(open_network):
    reader = open_network()
    page = reader.page
    expect(status_of(page)).to_have_text("Nothing is trained yet: 18 points to do.")
    expect(page.get_by_text("Press Run to train.")).to_be_visible()
    assert dots(page) == {}
    expect(page.get_by_role("progressbar")).to_be_hidden()
    run_to_the_end(page)
    assert dots(page) == {f"var(--lab-{k})": len(PLAN["batch_sizes"]) for k in (1, 2, 3)}
    expect(page.get_by_role("button", name="Run")).to_be_enabled()
    expect(page.get_by_role("progressbar")).to_be_hidden()
    expect(page.get_by_text("Press Run to train.")).to_be_hidden()
    assert reader.errors == reader.external_requests == []


def test_it_stops_at_once_keeps_what_it_has_and_goes_on(open_network):
    reader = open_network("?network-epochs=10&network-seeds=2")
    page, status = reader.page, status_of(reader.page)
    page.get_by_role("button", name="Run").click()
    expect(status).to_have_text(TRAINING)
    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(page.locator(".lab-chart").first.locator(".lab-mark circle")).to_be_visible(
        timeout=60_000
    )
    page.get_by_role("button", name="Stop").click()
    expect(status).to_contain_text("of 18 points are trained.")
    known = int(status.text_content().split()[0])
    assert 0 < known < 18
    page.wait_for_timeout(1500)  # more than a run takes: nothing goes on in the background
    assert sum(dots(page).values()) == known
    page.get_by_role("button", name="Go on").click()
    expect(status).to_have_text(TRAINING)
    assert points(status.text_content()) <= 18 - known
    page.get_by_label("epochs").fill("1")  # other settings end the run
    page.get_by_label("epochs").press("Tab")
    expect(status).to_have_text("Nothing is trained yet: 18 points to do.")
    run_to_the_end(page)
    assert sum(dots(page).values()) == 18
    assert reader.errors == []


@pytest.mark.parametrize("width", [390, 648])
def test_the_points_count_down_and_the_pictures_stay_where_they_are(open_network, width):
    page = open_network(viewport={"width": width, "height": 900}).page
    page.add_style_tag(content="p { line-height: 1.65 }")  # as in the book
    page.evaluate(
        """() => {
            globalThis.seen = { texts: [], tops: new Set() };
            const status = document.querySelector(".network-status");
            const note = () => {
                seen.texts.push(status.textContent);
                seen.tops.add(document.querySelector(".network-pictures").offsetTop);
            };
            note();
            new MutationObserver(note).observe(status, { childList: true });
        }"""
    )
    run_to_the_end(page)
    texts, tops = page.evaluate("[seen.texts, [...seen.tops]]")
    counts = [points(text) for text in texts if TRAINING.match(text)]
    assert counts[:3] == [18, 17, 16]
    assert counts == sorted(counts, reverse=True)
    status = "document.querySelector('.network-status')"
    page.evaluate(f"{status}.textContent = '17 of 18 points are trained. ' + {status}.textContent")
    page.wait_for_function("() => seen.texts.at(-1).startsWith('17 of 18')")
    assert page.evaluate("seen.tops.size") == len(tops) == 1


def test_the_same_settings_give_the_same_numbers_and_others_are_remembered(open_network):
    page = open_network().page
    run_to_the_end(page)
    first = status_of(page).text_content()
    page.get_by_label("Adam", exact=True).uncheck()
    assert len(dots(page)) == 2
    page.get_by_label("Adam", exact=True).check()
    expect(status_of(page)).to_have_text(first)
    page.get_by_role("button", name="Run").click()  # all over again
    expect(status_of(page)).to_contain_text("Training")
    expect(status_of(page)).to_have_text(first, timeout=60_000)
    page.get_by_label("sorted data").check()
    expect(status_of(page)).to_contain_text("Nothing is trained yet")
    pale = [color for color in dots(page) if color.startswith("color-mix")]
    assert len(pale) == 3
    run_to_the_end(page)
    assert len(dots(page)) == 6
    assert status_of(page).text_content() != first


def test_points_are_selected_by_keys_and_pointer(open_network):
    reader = open_network()
    page = reader.page
    run_to_the_end(page)
    cells, curve = page.locator(".lab-chart").all()
    readout, picture = cells.locator("output"), cells.get_by_role("img").first
    picture.focus()
    page.keyboard.press("Home")
    expect(readout).to_contain_text("SGD, b = 1, rate 0.1: test error")
    name = "Learning curve of the marked point. SGD, b = 1: test and training error."
    expect(curve.get_by_role("img").first).to_have_attribute("aria-label", name)
    left = mark(page)
    page.keyboard.press("ArrowRight")
    expect(readout).to_contain_text("SGD, b = 4, rate 0.1")
    assert mark(page)[0] > left[0]
    page.keyboard.press("End")
    expect(readout).to_contain_text("Adam, b = 1,200, rate 0.01")
    page.mouse.move(0, 0)
    expect(readout).to_contain_text("Adam, b = 1,200")  # what was selected stays
    box = picture.bounding_box()
    scale = box["width"] / 340
    page.mouse.click(box["x"] + left[0] * scale, box["y"] + left[1] * scale)
    expect(readout).to_contain_text("b = 1, rate")
    strokes = curve.locator("svg svg g").evaluate_all(
        "(gs) => gs.map((g) => g.getAttribute('stroke'))"
    )
    assert len(strokes) == 2
    assert len(set(strokes)) == 1


def test_settings_come_from_the_address_and_go_to_it(open_network):
    page = open_network("?network-epochs=3&network-adam=0&network-sorted=1&b=7").page
    assert page.get_by_label("epochs").input_value() == "3"
    expect(page.get_by_label("Adam", exact=True)).not_to_be_checked()
    expect(page.get_by_label("sorted data")).to_be_checked()
    expect(page.get_by_label("SGD rate")).to_be_hidden()
    expect(page.get_by_text("Pale: test error with shuffled rows")).to_be_visible()
    page.get_by_label("sorted data").uncheck()
    expect(page.get_by_text("Pale: test error with sorted rows")).to_be_visible()
    page.get_by_label("learning rate").select_option("my own")
    expect(page.get_by_label("momentum rate")).to_be_visible()
    expect(page.get_by_label("Adam rate")).to_be_hidden()
    page.get_by_label("SGD rate").fill("0.3")
    page.get_by_label("SGD rate").press("Enter")
    page.wait_for_url("**network-sgd-rate=0.3**")
    assert "network-rates=my+own" in page.url
    assert "b=7" in page.url


def test_divergence_is_drawn_at_the_top_and_named(open_network):
    page = open_network("?network-epochs=2&network-rates=my+own&network-sgd-rate=10&network-adam=0"
                        "&network-momentum=0").page  # fmt: skip
    page.get_by_role("button", name="Run").click()
    expect(status_of(page)).to_have_text("Every run diverged.", timeout=60_000)
    assert dots(page) == {"var(--lab-1)": 6}
    assert mark(page)[1] == 12
    expect(page.locator("output").first).to_contain_text("It diverged.")


def test_a_page_that_allows_no_worker_is_told_so(new_reader, tmp_path):
    reader = open_piece(new_reader, tmp_path, Network, QUICK)
    reader.page.evaluate(
        """() => {
            globalThis.Worker = function () { throw new DOMException("", "SecurityError"); };
        }"""
    )
    reader.page.get_by_role("button", name="Run").click()
    expect(status_of(reader.page)).to_contain_text("cannot be trained here")
    expect(reader.page.get_by_role("button", name="Run")).to_be_enabled()
    assert reader.errors == []


def test_a_policy_without_workers_is_told_so(new_reader, tmp_path):
    reader = open_piece(new_reader, tmp_path, Network, QUICK)
    path = tmp_path / "bare_page.html"
    policy = "<meta http-equiv='Content-Security-Policy' content=\"worker-src 'none'\">"
    path.write_text(path.read_text().replace("<title>", f"{policy}<title>"))
    reader.open(f"bare_page.html{QUICK}")
    reader.page.get_by_role("button", name="Run").click()
    expect(status_of(reader.page)).to_contain_text("cannot be trained here")
    assert reader.violations == ["worker-src: blob "]
    reader.violations.clear()  # this one was asked for


def test_an_axe_finds_no_violation_before_and_after(open_network):
    reader = open_network()
    reader.page.evaluate(HEADING)
    axe_finds_no_violation(reader)
    run_to_the_end(reader.page)
    axe_finds_no_violation(reader)
    rows = reader.page.locator(".lab-chart").first.locator("tbody tr")
    assert rows.count() == 2 * 18


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_controls_and_picture_share_a_screen(open_network, scheme):
    reader = open_network("", viewport={"width": 390, "height": 700}, color_scheme=scheme)
    top = reader.page.locator("main").bounding_box()["y"]
    chart = reader.page.locator(".lab-chart svg").first.bounding_box()
    assert chart["y"] + chart["height"] - top <= 600
    assert reader.page.evaluate("document.documentElement.scrollWidth") == 390
