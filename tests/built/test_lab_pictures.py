"""What the lab draws, and how its numbers can be read."""

import re

import pytest
from playwright.sync_api import expect

from tests.built.lab_page import CLOCK, LOSS, NOISE, PATH


def test_noise_and_floor_are_labelled_as_what_they_are(lab_at_start):
    gradients = lab_at_start.lines(NOISE)
    assert "theory 0.566<" in gradients
    assert "in all directions: theory 1.4<" in gradients
    assert "σ/√b" not in gradients
    assert "in theory by 0.566" in lab_at_start.summary(NOISE)
    assert "floor 0.24169" in lab_at_start.lines(LOSS)


def test_the_path_has_every_step(lab):
    assert lab.open("?b=10").points_of_path() == 301


def test_the_weights_of_the_path_can_be_chosen(lab):
    lab.open()
    before = lab.lines(PATH)
    lab.page.get_by_role("combobox", name="across", exact=True).select_option("chord")
    expect(lab.chart(PATH).locator(":scope > svg")).to_contain_text("weight of chord")
    assert lab.lines(PATH) != before


def test_runs_can_be_pinned_and_compared(lab):
    lab.open("?b=1&lr=0.005")
    lab.press("Pin this run")
    lab.slider("batch size").press("End")
    expect(lab.legend).to_have_count(2)
    expect(lab.legend.nth(0)).to_contain_text("b = 1500, lr = 0.005")
    expect(lab.legend.nth(1)).to_contain_text("b = 1, lr = 0.005")
    assert lab.lines(LOSS).count('<g fill="none" stroke="var(--lab') == 2
    for _ in range(4):
        lab.press("Pin this run")
    lab.expect_in_result("unpin one first")
    expect(lab.legend).to_have_count(5)
    lab.press("Unpin b = 1, lr = 0.005")
    expect(lab.legend).to_have_count(4)
    lab.press("Unpin all")
    expect(lab.legend).to_have_count(1)


def test_the_clock_has_one_axis_for_all_runs(lab):
    axes, ends = [], []
    for query in ("?b=1&lr=0.005", "?b=10", "?b=1500&lr=0.5"):
        lab.open(query)
        axes.append(lab.page.evaluate("labelsOfClock()"))
        ends.append(lab.lines(CLOCK))
    assert axes[0] == axes[1] == axes[2]
    assert "0.001" in axes[0]
    assert len(set(ends)) == 3


def test_the_time_of_the_result_is_that_of_the_picture(lab):
    lab.open("?b=1&lr=0.005")
    number, unit = re.search(
        r"3,000 steps in ([\d.,]+) (µs|ms|s)\.", lab.result.inner_text()
    ).groups()
    milliseconds = float(number.replace(",", "")) * {"µs": 1e-3, "ms": 1, "s": 1e3}[unit]
    assert milliseconds > 0
    drawn = last_row(lab.chart(CLOCK))[1]
    assert float(drawn.replace(",", "")) == pytest.approx(milliseconds, rel=0.02)


def test_values_are_read_off_by_pointer_and_by_keyboard(lab_at_start):
    page = lab_at_start.page
    assert lab_at_start.charts.count() == 4
    for figure in lab_at_start.charts.all():
        svg, readout = figure.locator(":scope > svg"), figure.locator(".lab-readout")
        svg.scroll_into_view_if_needed()
        svg.hover(position={"x": 120, "y": 60})
        expect(readout).to_have_text(re.compile(r"\d"))
        page.mouse.move(0, 0)
        svg.focus()
        page.keyboard.press("End")
        expect(readout).to_have_text(re.compile(r"\d"))
        last = readout.inner_text()
        page.keyboard.press("ArrowLeft")
        expect(readout).not_to_have_text(last)
        page.keyboard.press("Home")
        expect(readout).to_have_text(re.compile(r"\d"))
    lab_at_start.chart(LOSS).locator(":scope > svg").focus()
    page.keyboard.press("End")
    readout = lab_at_start.chart(LOSS).locator(".lab-readout")
    expect(readout).to_have_text(re.compile(r"^after 3,000 examples"))


def test_each_picture_has_its_numbers_in_a_table(lab):
    lab.open()
    assert lab.charts.count() == 4
    for figure in lab.charts.all():
        assert last_row(figure)
        assert figure.locator("tbody tr").count() > 5
    _, examples, loss = last_row(lab.chart(LOSS))
    assert examples == "3,000"
    assert float(loss) == pytest.approx(lab.loss, abs=6e-5)
    lab.slider("batch size").press("End")
    first_row = lab.chart(LOSS).locator("tbody tr").first
    expect(first_row).to_contain_text("b = 1500")


def last_row(chart):
    """Unfold the table of a chart, and return the cells of its last row."""
    rows = chart.locator("tbody tr")
    if not rows.last.is_visible():
        chart.locator("summary").click()
    rows.last.wait_for()
    return rows.last.inner_text().split("\t")
