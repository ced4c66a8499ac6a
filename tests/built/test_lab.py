"""The lab in the built book, opened from a disk and driven as a reader would."""

import re

import pytest

from tests.built.conftest import HTML
from tests.built.test_pages import LAB, wake

FLOOR = 0.24169
NAME_OF_FOCUS = """() => {
    const focus = document.activeElement;
    const text = (focus.labels?.[0] ?? focus).innerText?.split("\\n")[0];
    return text || focus.getAttribute("aria-label")?.split(".")[0];
}"""


@pytest.fixture
def lab(reading):
    """Open the lab: ``lab(query, **context options)`` returns the page, awake."""

    def opened(query="", **options):
        reader = reading(**options)
        page = reader.open(f"{LAB}{query}")
        wake(page)
        page.wait_for_timeout(700)  # until it was timed once more
        page.reader = reader
        return page

    return opened


def result(page):
    return page.locator(".lab-result").inner_text()


def final_loss(page):
    return float(re.search(r"the loss is (\d\.\d+)", result(page))[1])


def drawn(page, title):
    """What a picture says of itself, and its lines."""
    figure = page.locator(".lab-chart", has=page.locator(f"h3:text-is('{title}')"))
    svg = figure.locator(":scope > svg")
    return svg.get_attribute("aria-label"), svg.inner_html()


def slider(page, name):
    return page.locator(f'.d2l-explorer [role=slider][aria-label="{name}"]')


def test_it_trains_when_a_slider_moves(lab):
    page = lab()
    assert abs(final_loss(page) - FLOOR) < 0.01
    before = drawn(page, "Loss against examples seen")
    slider(page, "batch size").press("End")
    page.wait_for_function("document.querySelector('.lab-result').innerText.startsWith('b = 1500')")
    assert "lr = 0.05" in result(page)
    assert final_loss(page) > 0.3
    assert drawn(page, "Loss against examples seen") != before
    slider(page, "learning rate").press("PageUp")
    assert "lr = 0.05:" not in result(page)
    assert page.reader.troubles == []
    assert page.reader.strays == []


@pytest.mark.parametrize(
    ("label", "value", "said"),
    [
        ("epochs", "5", "after 5 epochs"),
        ("momentum", "0.5", "momentum 0.5"),
        ("seed", "9", "seed 9"),
    ],
)
def test_numbers_change_the_run(lab, label, value, said):
    page = lab()
    before = result(page)
    page.get_by_label(label, exact=True).fill(value)
    page.keyboard.press("Tab")
    assert said in result(page)
    assert result(page) != before


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("with replacement", "with replacement"),
        ("divide the rate by 10 each epoch", "rate / 10 each epoch"),
        ("the genie's doubled data", "doubled data"),
    ],
)
def test_options_change_the_run(lab, label, said):
    page = lab()
    _, before = drawn(page, "Loss against examples seen")
    page.get_by_role("checkbox", name=label).check()
    assert said in result(page)
    assert drawn(page, "Loss against examples seen")[1] != before
    page.get_by_role("checkbox", name=label).uncheck()
    assert said not in result(page)
    assert drawn(page, "Loss against examples seen")[1] == before  # the same run, trained again


def test_draw_again_takes_another_seed(lab):
    page = lab()
    before = drawn(page, "Loss against examples seen")
    page.get_by_role("button", name="Draw again").click()
    assert "seed 1" in result(page)
    assert page.get_by_label("seed", exact=True).input_value() == "1"
    assert drawn(page, "Loss against examples seen") != before


def test_runs_can_be_pinned_and_compared(lab):
    page = lab("?b=1&lr=0.005")
    page.get_by_role("button", name="Pin this run").click()
    slider(page, "batch size").press("End")
    legend = page.locator(".lab-legend li")
    assert legend.count() == 2
    assert "b = 1500, lr = 0.005" in legend.nth(0).inner_text()
    assert "b = 1, lr = 0.005" in legend.nth(1).inner_text()
    _, lines = drawn(page, "Loss against examples seen")
    assert lines.count('<g fill="none" stroke="var(--lab') == 2
    for _ in range(4):
        page.get_by_role("button", name="Pin this run").click()
    assert "unpin one first" in result(page)
    assert legend.count() == 5
    page.get_by_role("button", name="Unpin b = 1, lr = 0.005").click()
    assert legend.count() == 4
    page.get_by_role("button", name="Unpin all").click()
    assert legend.count() == 1


def test_the_address_says_the_settings_and_is_followed(lab):
    page = lab("?b=137&lr=0.02&seed=7&genie=1&epochs=3")
    assert result(page).startswith("b = 137, lr = 0.02, 3 epochs, doubled data, seed 7:")
    assert slider(page, "batch size").get_attribute("aria-valuetext") == "batch size 150"
    assert page.get_by_role("checkbox", name="the genie's doubled data").is_checked()
    page.get_by_label("seed", exact=True).fill("8")
    page.keyboard.press("Tab")
    page.wait_for_url("**seed=8*")
    said = result(page).split(":")[0]
    again = lab(page.url.split(LAB)[1])
    assert result(again).split(":")[0] == said
    link = page.get_by_role("link", name="Link to this setting").get_attribute("href")
    assert link == page.url.split(LAB)[1]


def test_divergence_is_shown_and_named(lab):
    page = lab("?b=1500&lr=1.2&epochs=20")
    assert re.search(
        r"diverged, the learning rate is 1\.26 times the stability limit 0\.953", result(page)
    )
    summary, _ = drawn(page, "The path of two weights")
    assert "1.26 times the stability limit 0.953" in summary
    far = lab("?b=1&lr=5&epochs=20")  # overflows; the pictures stay whole
    assert "diverged" in result(far)
    assert "NaN" not in far.locator(".lab-pictures").inner_html()
    calm = lab("?b=1500&lr=0.9&epochs=20")
    assert abs(final_loss(calm) - FLOOR) < 5e-4


def test_the_floor_is_a_line(lab):
    _, lines = drawn(lab(), "Loss against examples seen")
    assert "floor 0.24169" in lines


def test_time_is_measured_and_plausible(lab):
    page = lab("?b=1&lr=0.005")
    number, unit = re.search(r"3,000 steps in ([\d.,]+) (µs|ms|s)\.", result(page)).groups()
    seconds = float(number.replace(",", "")) * {"µs": 1e-6, "ms": 1e-3, "s": 1}[unit]
    assert 1e-6 < seconds < 1


def test_values_are_read_off_by_pointer_and_by_keyboard(lab):
    page = lab()
    for figure in page.locator(".lab-chart").all():
        svg, readout = figure.locator(":scope > svg"), figure.locator(".lab-readout")
        svg.scroll_into_view_if_needed()
        svg.hover(position={"x": 120, "y": 60})
        assert re.search(r"\d", readout.inner_text())
        page.mouse.move(0, 0)
        svg.focus()
        page.keyboard.press("End")
        last = readout.inner_text()
        page.keyboard.press("ArrowLeft")
        assert readout.inner_text() != last
        page.keyboard.press("Home")
        assert re.search(r"\d", readout.inner_text())
    svg = page.locator(".lab-chart > svg").first
    svg.focus()
    page.keyboard.press("End")
    assert page.locator(".lab-readout").first.inner_text().startswith("after 3,000 examples")


def test_each_picture_has_its_numbers_in_a_table(lab):
    page = lab()
    for figure in page.locator(".lab-chart").all():
        figure.locator("summary").click()
        rows = figure.locator("tbody tr")
        rows.last.wait_for()
        assert rows.count() > 5
    first = page.locator(".lab-chart").first
    assert first.locator("tbody tr").last.inner_text().split("\t")[1] == "3,000"
    shown = float(first.locator("tbody tr").last.inner_text().split("\t")[2])
    assert shown == pytest.approx(final_loss(page), abs=6e-5)
    slider(page, "batch size").press("End")
    assert "b = 1500" in first.locator("tbody tr").first.inner_text()


def test_the_weights_of_the_path_can_be_chosen(lab):
    page = lab()
    _, before = drawn(page, "The path of two weights")
    page.get_by_label("path: across").select_option("chord")
    _, after = drawn(page, "The path of two weights")
    assert "weight of chord" in after
    assert before != after


def test_tasks_set_the_controls(lab):
    page = lab()
    for task in page.locator(".lab-task").all():
        task.locator("summary").first.click()
        for button in task.locator("button").all():
            before = result(page)
            button.click()
            assert result(page) != before
        task.locator("details summary").click()
        assert len(task.locator("details p").inner_text()) > 100


def test_watching_trains_step_by_step(lab):
    page = lab("?b=1&lr=0.005&epochs=5")
    whole = drawn(page, "Loss against examples seen")
    page.get_by_role("button", name="Watch it train").click()
    page.wait_for_timeout(400)
    assert drawn(page, "Loss against examples seen")[1] != whole[1]
    same = "(text) => document.querySelector('.lab-chart svg').innerHTML === text"
    page.wait_for_function(same, arg=whole[1], timeout=15_000)


def test_nothing_moves_when_reduced_motion_is_asked_for(lab):
    page = lab("?b=1&lr=0.005&epochs=5", reduced_motion="reduce")
    _, whole = drawn(page, "Loss against examples seen")
    page.get_by_role("button", name="Watch it train").click()
    for _ in range(5):
        page.wait_for_timeout(50)
        assert drawn(page, "Loss against examples seen")[1] == whole


def test_everything_is_reached_by_keyboard(lab):
    page = lab()
    slider(page, "batch size").focus()
    names = set()
    for _ in range(45):
        page.keyboard.press("Tab")
        names.add(page.evaluate(NAME_OF_FOCUS))
    wanted = {"Draw again", "Watch it train", "Pin this run", "Unpin all", "Link to this setting"}
    wanted |= {"epochs", "momentum", "seed", "with replacement", "Loss against examples seen"}
    assert wanted <= names


def test_without_a_kernel_there_is_no_button_for_one(lab):
    assert not lab().get_by_text("Run in PyTorch").is_visible()


def test_it_works_from_a_server_too(lab, server):
    page = lab(base=server)
    assert abs(final_loss(page) - FLOOR) < 0.01
    assert page.reader.troubles == []


def test_a_page_with_the_lab_alone_asks_for_its_widget_module_only_once(lab):
    requests = [url for url in lab().reader.requests if "anywidget" in url]
    assert requests == [f"{HTML.as_uri()}/_static/vendor/anywidget/index.js"]
