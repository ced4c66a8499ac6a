"""The race: its runners on the airfoil table, its recorded clocks, its picture."""

import json
import subprocess
from datetime import date

import numpy as np
import pytest

from d2lmini.lab import Race
from d2lmini.lab.problem import constants
from d2lmini.lab.race import FINISH, LANES, load_clocks, losses_to, step_seconds
from d2lmini.lab.settings import JS
from tests.lab.node import FEATURES, HERE, NODE, TARGET, N, X


def race(seed=0, finish=FINISH):
    """Return what the runners of the program do."""
    rules = {"copies": 1, "seed": seed, "finish": finish}
    table = np.c_[FEATURES, TARGET].ravel().tolist()
    asked = json.dumps({"table": table, "constants": constants(), "rules": rules})
    command = [NODE, HERE / "race_numerics.mjs"]
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def runners():
    return race()


def test_the_lanes_are_the_same_in_both_languages(runners):
    lanes = {one["lane"]["name"]: (one["rows"], one["lane"]["lr"]) for one in runners}
    assert lanes == LANES


def test_all_rows_descend_as_in_numpy(runners):
    steps, losses = runners[3]["steps"], runners[3]["losses"]
    assert steps == 3
    assert losses == pytest.approx(losses_to(FINISH, *LANES["all rows"]))
    w = np.zeros(6)
    for loss in losses[1:]:
        w -= 0.9 * X.T @ (X @ w - TARGET) / N
        assert loss == pytest.approx(((X @ w - TARGET) ** 2).mean() / 2, abs=5e-3)


def test_all_arrive_and_minibatches_read_few_rows(runners):
    assert all(one["arrives"] for one in runners)
    read = [one["steps"] * one["rows"] for one in runners]
    assert max(read[:3]) < 1500 < read[3]


def test_the_clocks_are_those_that_the_table_of_settings_offers():
    record = json.loads((JS / "clocks.json").read_text(encoding="utf8"))
    names = [clock["name"] for clock in load_clocks()]
    options = Race().table_of_settings["clock"]["options"]
    assert options == ["this browser", *names, "your own"]
    assert date.fromisoformat(record["date"]) <= date.today()
    assert "PyTorch" in record["machine"]


def test_a_measured_clock_records_what_it_was_fitted_to_and_a_cited_one_its_source():
    for clock in load_clocks():
        if clock["kind"] == "cited":
            assert "https://" in clock["source"]
            continue
        for b, microseconds in clock["step_us"].items():
            error = 1e6 * step_seconds(clock, int(b)) / microseconds - 1
            assert abs(error) <= clock["misfit"] * 1.02 + 0.005


def test_with_the_row_by_row_loader_a_minibatch_is_first(runners):
    arrays, loader = (clock for clock in load_clocks() if clock["kind"] == "measured")
    times = [
        [one["steps"] * step_seconds(clock, one["rows"]) for one in runners]
        for clock in (arrays, loader)
    ]
    (_, _, hundred, full), (*_, hundred_by_row, full_by_row) = times
    assert np.argmin(times[1]) == 2
    assert full_by_row / hundred_by_row > 2 * full / hundred


@pytest.mark.parametrize(("seed", "finish"), [(0, "0.25"), (5, "0.26")])
def test_the_picture_has_the_steps_of_the_program(seed, finish):
    figure, sentence = Race(seed=seed, finish=finish, copies=10).still()
    (axes,) = figure.axes
    steps = [one["steps"] for one in race(seed, float(finish))]
    counts = ", ".join(f"{name}: {k:,}" for name, k in zip(LANES, steps, strict=True))
    assert f"loss {finish}, seed {seed}: {counts};" in sentence
    rows = [1, 10, 100, 10 * N]
    for line, clock in zip(axes.lines, load_clocks(), strict=False):
        times = [1e3 * k * step_seconds(clock, b) for k, b in zip(steps, rows, strict=True)]
        assert line.get_xdata() == pytest.approx(times)


def test_a_setting_out_of_range_is_refused():
    assert Race(clock="a GPU (cited)", copies=100).copies == 100
    with pytest.raises(ValueError, match="clock='a snail'"):
        Race(clock="a snail")
    with pytest.raises(ValueError, match="copies=0"):
        Race(copies=0)
