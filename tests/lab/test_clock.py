"""The clock and the genie: its steps, and the picture where it cannot run."""

import json
import subprocess
from statistics import median

import numpy as np
import pytest

from d2lmini.lab import Clock
from d2lmini.lab.problem import constants
from d2lmini.lab.race import FINISH, load_clocks, step_seconds, steps_to
from tests.lab.node import FEATURES, HERE, NODE, TARGET


@pytest.fixture(scope="module")
def steps():
    table = np.c_[FEATURES, TARGET].ravel().tolist()
    asked = json.dumps({"table": table, "constants": constants(), "level": FINISH})
    command = [NODE, HERE / "clock_numerics.mjs"]
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def test_the_steps_fall_with_the_batch(steps):
    minibatches = [steps[b] for b in steps if b != "all"]
    assert minibatches == sorted(minibatches, reverse=True)
    assert steps["all"] == 3


@pytest.mark.parametrize(("b", "lr"), [(2, 0.05), (10, 0.2), (100, 0.6)])
def test_numpy_needs_about_as_many_steps(steps, b, lr):
    in_numpy = median(steps_to(FINISH, b, lr, seed=seed) for seed in range(25))
    assert steps[b] == pytest.approx(in_numpy, rel=0.25)


def test_the_picture_says_the_numbers_that_it_shows():
    figure, sentence = Clock().still()
    (axes,) = figure.axes
    minibatches, copied = axes.lines
    arrays = load_clocks()[0]
    expected = [3e3 * step_seconds(arrays, int(rows)) for rows in copied.get_xdata()]
    assert copied.get_ydata() == pytest.approx(expected)
    times = minibatches.get_ydata()
    assert f"b = {minibatches.get_xdata()[np.argmin(times)]} is the fastest" in sentence
    assert f"{min(times):,.1f} ms. Gradient descent takes {expected[0]:,.1f} ms" in sentence


def test_a_level_is_one_of_the_list():
    assert Clock(level="0.243").level == "0.243"
    with pytest.raises(ValueError, match=r"level='0\.3'"):
        Clock(level="0.3")
