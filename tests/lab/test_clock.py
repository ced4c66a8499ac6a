"""The clock and the genie: its steps, and the picture where it cannot run."""

import json
import subprocess

import numpy as np
import pytest

from d2lmini.lab import Clock
from d2lmini.lab.clock import PLAN, Orders, fewest_steps
from d2lmini.lab.problem import constants
from d2lmini.lab.race import load_clocks, step_seconds
from tests.lab.node import FEATURES, HERE, NODE, TARGET


def browser_steps(level, copies=1):
    """Return the steps and the learning rate that the program finds for each batch size."""
    table = np.c_[FEATURES, TARGET].ravel().tolist()
    asked = {"table": table, "constants": constants(), "level": level, "copies": copies}
    command = [NODE, HERE / "clock_numerics.mjs"]
    done = subprocess.run(
        command, input=json.dumps(asked), capture_output=True, text=True, check=True
    )
    return dict(json.loads(done.stdout))


@pytest.fixture(scope="module")
def needs():
    return browser_steps(0.25)


def test_the_steps_fall_with_the_batch(needs):
    minibatches = [steps for b, (steps, _) in needs.items() if b != "all"]
    assert minibatches == sorted(minibatches, reverse=True)
    assert needs["all"][0] == 3


def test_numpy_finds_the_same_steps_and_rates(needs):
    orders = Orders()
    for b, need in needs.items():
        assert fewest_steps(0.25, 1500 if b == "all" else b, orders) == tuple(need)


def test_a_level_that_no_rate_leads_to_needs_infinitely_many_steps(monkeypatch):
    monkeypatch.setitem(PLAN, "most_rows", 15_000)  # ten steps show it as well
    assert fewest_steps(constants()["floor"] / 2, 1500, Orders())[0] == np.inf


def test_larger_minibatches_of_copies_need_as_few_steps_as_gradient_descent():
    needs = browser_steps(0.245, copies=1000)
    large = [b for b in needs if b != "all" and b >= 1500]
    assert large[:2] == [1500, 3000]
    assert needs[large[-1]][0] == needs["all"][0] < needs[large[-2]][0]


def test_the_picture_has_the_numbers_of_the_program(needs):
    figure, sentence = Clock(level="0.25").still()
    (axes,) = figure.axes
    minibatches, copied = axes.lines
    arrays = load_clocks()[0]
    sizes = [b for b in needs if b != "all"]
    assert list(minibatches.get_xdata()) == sizes
    expected = [1e3 * needs[b][0] * step_seconds(arrays, b) for b in sizes]
    assert minibatches.get_ydata() == pytest.approx(expected)
    descent = [3e3 * step_seconds(arrays, int(rows)) for rows in copied.get_xdata()]
    assert copied.get_ydata() == pytest.approx(descent)
    assert f"b = {sizes[np.argmin(expected)]} is the fastest, {min(expected):.3g} ms" in sentence
    assert f"Gradient descent takes {descent[0]:.3g} ms (3 steps)" in sentence


def test_the_picture_has_the_clock_and_the_level_of_the_settings():
    own = Clock(clock="your own", alpha=10, beta=0.001, level="0.243").still()[1]
    assert "With a clock of your own, to the loss 0.243" in own
    assert "PyTorch, arrays" in Clock(clock="this browser").still()[1]


def test_a_level_is_one_of_the_list():
    assert Clock(level="0.243").level == "0.243"
    with pytest.raises(ValueError, match=r"level='0\.3'"):
        Clock(level="0.3")
