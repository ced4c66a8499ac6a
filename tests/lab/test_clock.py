"""The picture that stands where the clock and the genie cannot run."""

import numpy as np
import pytest

from d2lmini.lab import Clock
from d2lmini.lab.race import load_clocks, step_seconds


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
