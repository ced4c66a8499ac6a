"""What the lab draws: map, swarm and curve, against runs and theory computed apart from it."""

import math
import re

import numpy as np
import pytest
from playwright.sync_api import expect

from d2lmini.lab.lab_run import losses
from d2lmini.lab.settings import check_settings
from tests.built.lab_numbers import (
    BATCH_SIZES,
    FLOOR,
    RATES,
    TABLE,
    color_of,
    excess_of,
    height_in,
    losses_of,
    plane_in,
)
from tests.lab.node import ask

SHORT = "?epochs=1&replacement=1"
"""One epoch with replacement: what theory is exact for, and a map that takes half the time."""


@pytest.fixture(scope="session", autouse=True)
def book():
    """The page stands alone: no book need be built."""


# --- The map


@pytest.fixture(scope="module")
def complete(lab_page):
    """The lab with a complete map, for tests that change nothing of it."""
    lab_page.open(SHORT).wait_for_seeds().wait_for_map()
    image = lab_page.ask("mapPixels")
    pixels = np.array(image["data"]).reshape(image["height"], image["width"], 4)
    lines = {name: lab_page.ask("pointsOf", f".lab-map-{name}") for name in ("limit", "best")}
    rates = {k: [lab_page.rate_at(x) for x, _ in points] for k, points in lines.items()}
    cells = [lab_page.cell(b, RATES[0])[1] for b in BATCH_SIZES]
    table = lab_page.page.locator(".lab-numbers details").first
    table.locator("summary").click()  # the page scrolls there
    expect(table.locator("tbody tr")).to_have_count(len(BATCH_SIZES))
    return {
        "pixels": pixels[::-1],
        "lines": {name: np.array(points) for name, points in lines.items()},
        "rates": rates,
        "summary": lab_page.map.get_attribute("aria-label"),
        "caption": lab_page.caption("map"),
        "rows": [row.split("\t") for row in table.locator("tbody tr").all_inner_texts()],
        "cells": cells,
        "errors": list(lab_page.reader.errors),
    }


def test_the_cells_have_the_colors_of_the_ends_of_runs(complete):
    pixels = complete["pixels"]
    assert pixels.shape == (len(BATCH_SIZES), len(RATES), 4)
    assert complete["errors"] == []
    seen = []
    for b, lr in [(1, 0.005), (1, 0.35), (3, 0.05), (10, 0.05), (25, 0.3), (100, 0.4),
                  (300, 1.0), (750, 0.001), (1500, 0.85), (1500, 2), (125, 2)]:  # fmt: skip
        excess = excess_of(batch_size=b, lr=lr, num_epochs=1, replacement=True)
        pixel = pixels[BATCH_SIZES.index(b), RATES.index(lr)]
        seen.append(math.isinf(excess))
        if math.isinf(excess):
            assert pixel[3] == 0
        else:
            np.testing.assert_allclose(pixel, [*color_of(excess), 255], atol=1, err_msg=f"{b} {lr}")
    assert {*seen} == {True, False}


def test_the_map_says_what_it_shows(complete):
    diverged = int(re.search(r"([\d,]+) runs diverged", complete["summary"])[1].replace(",", ""))
    assert (complete["pixels"][..., 3] == 0).sum() == diverged > 50
    found = re.search(r"least loss, ([\d.]+) above the floor, is at batch size (\d+) and rate "
                      r"([\d.]+);", complete["summary"])  # fmt: skip
    least, b, lr = map(float, found.groups())
    assert excess_of(batch_size=int(b), lr=lr, num_epochs=1, replacement=True) == pytest.approx(
        least, rel=0.02
    )
    assert "Chosen: batch size 10, rate 0.05." in complete["summary"]
    theory_says = re.search(r"By theory at batch size 10: largest stable rate ([\d.]+), best rate "
                            r"([\d.]+)\.", complete["summary"])  # fmt: skip
    row = BATCH_SIZES.index(10)
    drawn = [complete["rates"]["limit"][row], complete["rates"]["best"][row]]
    np.testing.assert_allclose([float(text) for text in theory_says.groups()], drawn, rtol=0.06)
    assert re.match(r"1,364 runs of 1,500 examples each, trained here in [\d.,]+ m?s\.",
                    complete["caption"])  # fmt: skip


def test_the_solid_line_is_the_stability_limit_of_each_batch_size(complete):
    questions = [{"kind": "limit", "factor": 1 / b} for b in BATCH_SIZES]
    np.testing.assert_allclose(complete["rates"]["limit"], ask(*questions), rtol=0.004)
    np.testing.assert_allclose(complete["lines"]["limit"][:, 1], complete["cells"], atol=0.2)


def test_the_dashed_line_is_the_rate_with_the_least_expected_loss(complete):
    drawn = complete["rates"]["best"]
    np.testing.assert_allclose(complete["lines"]["best"][:, 1], complete["cells"], atol=0.2)
    factors = (1, 1.08, 1 / 1.08)
    settings = {"num_epochs": 1, "replacement": True}
    asked = [
        {"kind": "expected", "settings": {**settings, "batch_size": b, "lr": factor * rate}}
        for b, rate in zip(BATCH_SIZES, drawn, strict=True)
        for factor in factors
    ]
    expected = np.array(ask(*asked)).reshape(-1, 3)
    inside = np.array(drawn) < 0.9 * np.array(complete["rates"]["limit"])
    assert inside.sum() > 20
    assert (expected[inside, :1] < expected[inside, 1:]).all()
    assert (np.array(drawn) < complete["rates"]["limit"]).all()


def test_the_table_of_the_map_has_its_numbers(complete):
    rows = complete["rows"]
    assert [row[0] for row in rows] == [f"{b:,}" for b in BATCH_SIZES]
    limits = ask(*({"kind": "limit", "factor": 1 / b} for b in BATCH_SIZES))
    np.testing.assert_allclose([float(row[4]) for row in rows], limits, atol=5.1e-5)
    np.testing.assert_allclose(
        [float(row[3]) for row in rows], complete["rates"]["best"], rtol=0.06
    )
    b, best, excess, *_ = rows[BATCH_SIZES.index(10)]
    run = {"batch_size": int(b), "num_epochs": 1, "replacement": True}
    assert excess_of(lr=float(best), **run) == pytest.approx(float(excess), rel=0.02)
    worse = [excess_of(lr=lr, **run) for lr in RATES[::6]]
    assert float(excess) <= min(worse) * 1.02


def test_a_cell_that_is_touched_becomes_the_run(lab):
    lab.open(SHORT)
    mouse = lab.page.mouse
    mouse.move(*lab.cell(100, 0.4))
    assert lab.settings.startswith("b = 10, lr = 0.05")
    mouse.down()
    lab.expect_settings("b = 100, lr = 0.4, 1 epoch, with replacement")
    mark = lab.ask("boxOf", ".lab-map-cell")
    middle = (mark["x"] + mark["width"] / 2, mark["y"] + mark["height"] / 2)
    assert middle == pytest.approx(lab.cell(100, 0.4), abs=1.5)
    mouse.move(*lab.cell(1, 0.005), steps=4)
    lab.expect_settings("b = 1, lr = 0.005, 1 epoch, with replacement")
    mouse.move(2, 2)  # outside: the cell nearest to it
    lab.expect_settings("b = 1500, lr = 0.001, 1 epoch, with replacement")
    mouse.up()
    mouse.move(*lab.cell(30, 0.1))
    assert lab.settings.startswith("b = 1500, lr = 0.001,")
    assert lab.slider("batch size").get_attribute("aria-valuetext") == "batch size 1,500"
    lab.page.wait_for_url("**b=1500&lr=0.001**")


def test_arrow_keys_choose_cells(lab):
    lab.open(SHORT)
    lab.map.focus()
    for key, b, lr in [
        ("ArrowRight", 10, 0.06),
        ("ArrowUp", 12, 0.06),
        ("ArrowLeft", 12, 0.05),
        ("ArrowDown", 10, 0.05),
        ("PageUp", 30, 0.05),
        ("PageDown", 10, 0.05),
        ("End", 10, 2),
        ("ArrowRight", 10, 2),
        ("Home", 10, 0.001),
    ]:
        lab.page.keyboard.press(key)
        lab.expect_settings(f"b = {b}, lr = {lr}, 1 epoch, with replacement")
    assert "Chosen: batch size 10, rate 0.001." in lab.map.get_attribute("aria-label")


def test_arrow_keys_move_along_one_axis_from_between_the_cells(lab):
    lab.open(f"{SHORT}&b=11&lr=0.055")
    lab.map.focus()
    for key, b, lr in [("ArrowRight", 11, 0.06), ("ArrowLeft", 11, 0.05), ("ArrowUp", 12, 0.05)]:
        lab.page.keyboard.press(key)
        lab.expect_settings(f"b = {b}, lr = {lr}, 1 epoch, with replacement")


# --- The swarm


def plane(lab):
    """Return the scale of the swarm's picture, and where weights of 0 are, in its pixels."""
    return plane_in(lab.ask("boxOf", ".lab-swarm-plot > svg"))


def in_weights(lab, points):
    """Return weights for places in the swarm's picture."""
    scale, origin = plane(lab)
    return (np.array(points) - origin) / scale * [1, -1]


def ellipse(lab):
    """Return the places of the ellipse's points in the swarm's picture."""
    box = lab.ask("boxOf", ".lab-swarm-plot > svg")
    return np.array(lab.ask("pointsOf", ".lab-ellipse")) - [box["x"], box["y"]]


def theory(batch_size, lr, steps):
    """Return mean and covariance of the two weights that are shown."""
    question = {"kind": "theory", "weights": [0] * 6, "momentum": 0, "factor": 1 / batch_size}
    (answer,) = ask({**question, "rate": lr, "steps": steps, "a": 0, "b": 4})
    xx, xy, yy = answer["covariance"]
    return np.array(answer["mean"]), np.array([[xx, xy], [xy, yy]])


@pytest.mark.parametrize(("batch_size", "lr", "steps"), [(10, 0.05, 150), (1, 0.02, 1500)])
def test_two_hundred_dots_end_as_theory_says(lab, batch_size, lr, steps):
    lab.open(f"{SHORT}&b={batch_size}&lr={lr}").wait_for_seeds()
    dots = in_weights(lab, lab.dots())
    assert len(dots) == 200
    mean, covariance = theory(batch_size, lr, steps)
    errors = np.sqrt(np.diag(covariance) / 200)
    assert (np.abs(dots.mean(axis=0) - mean) < 4 * errors).all()
    np.testing.assert_allclose(np.cov(dots.T), covariance, rtol=0.35, atol=0.3 * covariance.max())
    points = in_weights(lab, ellipse(lab)) - mean
    distances = np.einsum("ni,ij,nj->n", points, np.linalg.inv(covariance), points)
    np.testing.assert_allclose(distances, 4, rtol=0.12)  # two deviations, in tenths of a pixel
    away = dots - mean
    inside = np.einsum("ni,ij,nj->n", away, np.linalg.inv(covariance), away) < 4
    assert 0.75 < inside.mean() < 0.97  # 1 - exp(-2) of a normal distribution
    assert f"step {steps:,} of {steps:,}" in lab.caption("swarm")
    assert lab.ask("pixelsOfDots") > 5


def test_the_first_dot_is_the_run_of_the_curve(lab):
    lab.open(f"{SHORT}&b=25&lr=0.1&seed=3").wait_for_seeds()
    first, *others = lab.ask("dots")
    assert first["alpha"] == 1
    assert all(dot["alpha"] < 1 for dot in others)
    rng_settings = {"batch_size": 25, "lr": 0.1, "seed": 3, "num_epochs": 1, "replacement": True}
    assert lab.loss == pytest.approx(FLOOR + excess_of(**rng_settings), abs=5.1e-5)


def test_the_swarm_is_wide_with_one_row_and_a_point_with_all(lab):
    spreads = {}
    lab.open("?epochs=1&lr=0.1")
    for b in (1, 100, 1500):
        lab.page.mouse.click(*lab.cell(b, 0.1))
        lab.expect_settings(f"b = {b}, lr = 0.1, 1 epoch")
        lab.wait_for_seeds()
        spreads[b] = lab.dots().std(axis=0).max()
        if b == 1500:
            assert np.ptp(ellipse(lab), axis=0).max() < 0.5
    assert spreads[1] > 4 * spreads[100] > 4
    assert spreads[1500] < 1e-9


def test_the_start_is_dragged_and_walked_with_keys(lab):
    lab.open("?epochs=1")
    before = lab.result.inner_text()
    box = lab.ask("boxOf", ".lab-start")
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    corner = lab.ask("boxOf", ".lab-swarm-plot > svg")
    start = in_weights(lab, [[x - corner["x"], y - corner["y"]]])
    np.testing.assert_allclose(start, 0, atol=0.01)
    mouse = lab.page.mouse
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + 40, y + 25, steps=3)
    mouse.up()
    expect(lab.result).not_to_have_text(before)
    moved = lab.ask("boxOf", ".lab-start")
    assert moved["x"] + moved["width"] / 2 == pytest.approx(x + 40, abs=1.5)
    assert moved["y"] + moved["height"] / 2 == pytest.approx(y + 25, abs=1.5)
    scale, _ = plane(lab)
    label = lab.page.get_by_label("start, across", exact=True)
    assert float(label.input_value()) == pytest.approx(40 / scale, abs=0.02)
    lab.page.wait_for_url("**&x=0.*&y=-0.*")
    lab.swarm.focus()
    lab.enter("start, across", "0.5")
    lab.enter("start, up", "-0.25")
    lab.swarm.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowUp"):
        lab.page.keyboard.press(key)
    lab.page.wait_for_url("**x=0.6&y=-0.2")
    run = {"num_epochs": 1, "start_across": 0.6, "start_up": -0.2}
    assert lab.loss == pytest.approx(FLOOR + excess_of(**run), abs=5.1e-5)
    assert "They start at 0.6, -0.2" in lab.swarm.get_attribute("aria-label").replace("−", "-")


def test_other_weights_have_other_pictures(lab):
    lab.open("?epochs=1").wait_for_seeds()
    before = (lab.dots().tolist(), lab.ask("pointsOf", ".lab-contour"))
    lab.choose("swarm, up", "bias")
    expect(lab.swarm).to_contain_text("bias →")
    lab.wait_for_seeds()
    assert lab.dots().tolist() != before[0]
    assert lab.ask("pointsOf", ".lab-contour") != before[1]
    lab.choose("swarm, across", "bias")  # the other one: they change places
    expect(lab.swarm).to_contain_text("bias →frequency →")
    lab.open("?across=bias&up=bias")  # twice the same weight: the second choice does not count
    expect(lab.swarm).to_contain_text("bias →thickness →")
    assert len(lab.wait_for_seeds().dots()) == 200
    assert "NaN" not in lab.page.locator("main").inner_html()


def test_the_swarm_has_its_numbers_in_words_and_in_a_table(lab):
    lab.open(f"{SHORT}&b=10&lr=0.05")
    details = lab.page.locator(".lab-numbers details").nth(2)
    details.locator("summary").click()
    lab.wait_for_seeds()
    rows = [row.split("\t") for row in details.locator("tbody tr").all_inner_texts()]
    assert [row[0] for row in rows] == ["frequency", "thickness"]
    numbers = np.array([[float(text.replace("−", "-")) for text in row[1:]] for row in rows])
    mean, covariance = theory(10, 0.05, 150)
    np.testing.assert_allclose(numbers[:, 0], mean, rtol=0.006)
    np.testing.assert_allclose(numbers[:, 2], np.sqrt(np.diag(covariance)), rtol=0.006)
    dots = in_weights(lab, lab.dots())
    np.testing.assert_allclose(numbers[:, 1], dots.mean(axis=0), atol=0.002)
    np.testing.assert_allclose(numbers[:, 3], dots.std(axis=0), rtol=0.01)
    deviations = f"seeds: frequency {rows[0][4]}, thickness {rows[1][4]}."
    assert deviations in lab.swarm.get_attribute("aria-label")


def test_dots_that_left_the_picture_are_said_to_have_left(lab):
    lab.open("?b=1500&lr=2&epochs=20").wait_for_seeds()
    size = lab.ask("boxOf", ".lab-swarm-plot > svg")
    assert (np.abs(lab.dots()) > [size["width"], size["height"]]).any(axis=1).all()
    for text in (lab.caption("swarm"), lab.swarm.get_attribute("aria-label")):
        assert "The dots have left the picture." in text
    assert "Ellipse" not in lab.caption("swarm")
    lab.press("One step")
    assert "left" not in lab.caption("swarm")


# --- The curve


def test_the_curve_moves_and_its_axes_stay(lab):
    axes, lines = [], []
    lab.open("?epochs=1")
    for b, lr in ((1, 0.005), (25, 0.1), (1500, 0.5)):
        lab.page.mouse.click(*lab.cell(b, lr))
        lab.expect_settings(f"b = {b}, lr = {lr}, 1 epoch")
        axes.append(lab.ask("curveAxes"))
        lines.append(str(lab.ask("curveLines")))
    assert axes[0] == axes[1] == axes[2]
    assert any(label.startswith("10,000 ") for label in axes[0])
    assert len(set(lines)) == 3


def height_of(lab, excess):
    """Return where a loss is in the curve's picture: between the labels of 0.001 and 0.1."""
    return height_in(lab.ask("curveAxes"), excess)


def test_the_lines_are_run_expectation_and_area(lab):
    lab.open(f"{SHORT}&b=10&lr=0.1").wait_for_seeds()
    expected, run = (
        next(line for line in lab.ask("curveLines") if line["color"] == color)
        for color in ("currentColor", "var(--lab-1)")
    )
    assert (run["dash"], expected["dash"]) == ("", "6 3")
    settings = {"batch_size": 10, "lr": 0.1, "num_epochs": 1, "replacement": True}
    examples, values = losses(check_settings(TABLE, settings))
    assert len(run["points"]) == len(expected["points"]) == len(examples) == 151
    drawn = np.array(run["points"])
    heights = [height_of(lab, value - FLOOR) for value in values]
    np.testing.assert_allclose(drawn[:, 1], heights, atol=0.3)
    across = np.diff(drawn[1:, 0]) / np.diff(np.log(examples[1:]))
    np.testing.assert_allclose(across, np.median(across), rtol=0.3)
    (mean,) = ask({"kind": "expected", "settings": settings})
    assert expected["points"][-1][1] == pytest.approx(height_of(lab, mean), abs=0.2)
    area = np.array(lab.ask("pointsOf", ".lab-band"))
    box = lab.ask("boxOf", ".lab-curve-plot > svg")
    area = area - [box["x"], box["y"]]
    low, high = area[:151, 1], area[151:, 1][::-1]  # 10 and 90 % of the seeds, downwards
    assert (low[5:] > high[5:]).all()
    middle = np.array(expected["points"])[:, 1]
    assert ((middle[5:] < low[5:]) & (middle[5:] > high[5:])).mean() > 0.95
    outside = (drawn[5:, 1] > low[5:]) | (drawn[5:, 1] < high[5:])
    assert outside.mean() < 0.6


def test_the_noise_floor_is_drawn_where_there_is_one(lab):
    lab.open(f"{SHORT}&b=10&lr=0.2")
    level = lab.page.locator(".lab-curve-plot .lab-level")
    expect(level).to_have_count(1)
    expect(lab.curve).to_contain_text("noise floor")
    settings = {"batch_size": 10, "lr": 0.2, "replacement": True}
    floor, stays = ask(
        {"kind": "noiseFloor", "settings": settings},
        {"kind": "expected", "settings": {**settings, "num_epochs": 20}},
    )
    assert floor == pytest.approx(stays, rel=0.01)
    y = float(level.get_attribute("y1"))
    assert y == pytest.approx(height_of(lab, floor), abs=0.2)
    name = lab.page.locator(".lab-curve-plot .lab-note", has_text="noise floor")
    assert float(name.get_attribute("y")) == pytest.approx(y + 11, abs=0.2)
    assert f"Noise floor, by theory: {floor:.2g} above" in lab.curve.get_attribute("aria-label")
    lab.open(f"{SHORT}&b=1&lr=0.0002")  # so low that its name stands above it
    assert float(name.get_attribute("y")) < float(level.get_attribute("y1"))
    for query in (f"{SHORT}&b=10&lr=0.9", f"{SHORT}&b=10&decay=1", "?b=1500&lr=0.5"):
        lab.open(query)
        expect(level).to_have_count(0)
        assert "Noise floor" not in lab.curve.get_attribute("aria-label")


def test_theory_is_not_called_the_average_of_the_seeds(lab):
    """With a shuffle the seeds end lower than with independent minibatches."""
    lab.open("?b=10&lr=0.05").wait_for_seeds()
    sentence = lab.result.inner_text()
    found = re.search(r"\(mean of 200 seeds: ([\d.]+); theory of independent minibatches: "
                      r"([\d.]+)\)", sentence)  # fmt: skip
    seeds, theory_says = map(float, found.groups())
    ends = [excess_of(batch_size=10, lr=0.05, seed=seed) for seed in range(30)]
    assert seeds == pytest.approx(np.mean(ends), rel=0.25)
    assert seeds < 0.85 * theory_says
    assert found[0] in lab.curve.get_attribute("aria-label")


def test_the_expectation_can_be_split(lab):
    lab.open(f"{SHORT}&b=10&lr=0.1").wait_for_seeds()
    assert len(lab.ask("curveLines")) == 2
    lab.page.get_by_role("checkbox", name="split into bias and noise").check()
    lines = {line["color"]: line["points"] for line in lab.ask("curveLines")}
    assert len(lines) == 4
    question = {"kind": "theory", "weights": [0] * 6, "momentum": 0, "factor": 0.1, "rate": 0.1}
    (end,) = ask({**question, "steps": 150, "a": 0, "b": 1})
    for color, part in (("var(--lab-2)", "bias"), ("var(--lab-4)", "noise")):
        assert lines[color][-1][1] == pytest.approx(height_of(lab, end[part]), abs=0.2)
    lab.page.wait_for_url("**split=1**")


@pytest.mark.parametrize(("axis", "label"), [("steps", "steps"), ("time", "time in this browser")])
def test_the_curve_is_drawn_against_something_else(lab, axis, label):
    lab.open("?b=100&lr=0.4&epochs=1")
    before = lab.ask("curveLines")
    lab.choose("curve against", axis)
    expect(lab.curve).to_contain_text(label)
    after = lab.ask("curveLines")
    assert [p[1] for p in before[-1]["points"]] == [p[1] for p in after[-1]["points"]]
    assert before[-1]["points"] != after[-1]["points"]
    lab.page.wait_for_url(f"**axis={axis}**")
    if axis == "time":
        labels = [text.rsplit(" ", 2)[0] for text in lab.ask("curveAxes")]
        assert labels[:4] == ["0.1 µs", "1 µs", "10 µs", "100 µs"]


def test_values_are_read_off_by_pointer_and_by_keyboard(lab):
    lab.open("?epochs=1")
    readout = lab.page.locator(".lab-readout")
    lab.curve.scroll_into_view_if_needed()
    lab.curve.hover(position={"x": 420, "y": 60})
    expect(readout).to_have_text(re.compile(r"^after [\d,]+ examples: [\d.]+ above the floor$"))
    lab.page.mouse.move(0, 0)
    lab.curve.focus()
    lab.page.keyboard.press("End")
    end = losses_of(num_epochs=1)[-1] - FLOOR
    expect(readout).to_have_text(f"after 1,500 examples: {end:.2g} above the floor")
    lab.page.keyboard.press("ArrowLeft")
    expect(readout).to_have_text(re.compile("^after 1,490 examples"))
    lab.page.keyboard.press("Home")
    expect(readout).to_have_text("at the start: 0.25 above the floor")


def test_the_curve_has_its_numbers_in_a_table(lab):
    lab.open("?epochs=1&b=50&lr=0.2")
    table = lab.page.locator(".lab-numbers details").nth(1)
    table.locator("summary").click()
    expect(table.locator("tbody tr")).to_have_count(62)
    lab.wait_for_seeds()
    rows = [row.split("\t") for row in table.locator("tbody tr").all_inner_texts()]
    values = losses_of(num_epochs=1, batch_size=50, lr=0.2)
    run = [row for row in rows if row[0] == "this run"]
    assert len(run) == len(values) == 31
    np.testing.assert_allclose(
        [float(row[2]) for row in run], np.subtract(values, FLOOR), rtol=1e-4
    )
    assert run[-1][1] == "1,500"
    assert sum(row[0] == "theory" for row in rows) == 31
    lab.slider("batch size").press("End")
    expect(table.locator("tbody tr")).to_have_count(4)  # two lines of one step


def test_a_table_stays_while_its_numbers_do(lab):
    lab.open("?epochs=1&b=50&lr=0.2")
    table = lab.page.locator(".lab-numbers details").nth(1)
    table.locator("summary").click()
    row = table.locator("tbody tr").first.element_handle()
    lab.wait_for_seeds()  # the curve is drawn anew with each part of the seeds
    lab.choose("swarm, across", "bias")
    assert row.evaluate("(row) => row.isConnected")
    lab.slider("batch size").press("End")
    expect(table.locator("tbody tr")).to_have_count(4)
    assert not row.evaluate("(row) => row.isConnected")


# --- What is said of the run


@pytest.mark.parametrize(
    "settings",
    [
        {"batch_size": 7, "lr": 0.02, "momentum": 0.9, "decay": True},
        {"batch_size": 5, "grow": True, "num_epochs": 3},
        {"batch_size": 1000, "replacement": True, "lr": 0.4},
        {"batch_size": 1500, "lr": 1.2, "num_epochs": 20},
    ],
)
def test_the_result_is_that_of_the_run(lab, settings):
    parameters = {TABLE[name]["parameter"]: value for name, value in settings.items()}
    query = "&".join(f"{name}={float(value):g}" for name, value in parameters.items())
    lab.open(f"?{query}").wait_for_seeds()
    (expected,) = ask({"kind": "result", "settings": settings, "seeds": True})
    time = r" in [\d.,]+ (µs|ms|s)"
    assert re.sub(time, "", lab.result.inner_text()) == re.sub(time, "", expected)
    if "diverged" not in expected:
        assert lab.loss == pytest.approx(FLOOR + excess_of(**settings), abs=5.1e-5)
        code = lab.page.locator(".lab-code").inner_text()
        epochs = settings.get("num_epochs", 2)
        assert code.removeprefix("v = 0\n").startswith(f"for epoch in range({epochs}):")


def test_a_run_that_overflows_leaves_the_pictures_whole(lab):
    lab.open("?b=1&lr=5&epochs=20")
    lab.expect_in_result("diverged, the loss went from 0.493 to ")
    lab.expect_in_result("27.8 times the stability limit 0.180 of b = 1.")
    lab.wait_for_seeds()
    assert len(lab.ask("curveLines")) == 2
    assert not re.search(r"NaN|Infinity|undefined|not a number",
                         lab.page.locator("main").inner_html())  # fmt: skip
    lab.press("Pin this run")
    expect(lab.pins).to_have_count(1)
    lab.pins.first.get_by_role("button").first.hover()
    assert len(lab.ask("curveLines")) == 3
    assert "NaN" not in lab.page.locator("main").inner_html()


@pytest.mark.parametrize("width", [390, 1280])
def test_what_is_written_in_the_curve_is_not_cut(lab, width):
    lab.page.set_viewport_size({"width": width, "height": 900})
    lab.open()
    edge, *ends = lab.page.evaluate(
        """() => {
            const frame = document.querySelector('.lab-curve-plot svg svg');
            const texts = [...frame.querySelectorAll('text')].filter((one) => one.textContent);
            const left = (one) => one.getBoundingClientRect().left;
            const ends = texts.map((one) => left(one) + one.getComputedTextLength());
            return [frame.getBoundingClientRect().right, ...ends];
        }"""
    )
    lab.page.set_viewport_size({"width": 1280, "height": 900})
    assert len(ends) == 2  # the names of the axis and of the noise floor
    assert max(ends) <= edge - 4  # other fonts are wider
