"""The counts of the simulated cache against a slow simulation in Python."""

import json
import re
import subprocess

import pytest

from d2lmini.lab.cache import ORDERS, Cache, count_misses
from tests.lab.node import HERE, NODE

SETTINGS = [
    (4, 1, 4, 1),
    (5, 4, 4, 2),
    (8, 3, 7, 3),
    (13, 4, 16, 5),
    (16, 4, 16, 4),
    (16, 4, 24, 8),
    (16, 8, 64, 16),
    (24, 4, 20, 6),
    (24, 8, 32, 24),
]
"""Size of the matrices, numbers in a line, lines in the cache, block size."""


def test_the_browser_counts_as_a_slow_simulation_does():
    program = [NODE, HERE / "cache_numerics.mjs"]
    done = subprocess.run(program, input=json.dumps(SETTINGS), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    counted = [json.loads(line) for line in done.stdout.splitlines()]
    assert counted == [[count_misses(order, *one) for order in ORDERS] for one in SETTINGS]


def test_counts_that_can_be_worked_out_by_hand():
    """Of 4 x 4 matrices with one number a line, where nothing is kept long enough."""
    # Every touch of B and C misses; each number of A is touched once.
    assert count_misses("columns", 4, 1, 4, 1) == 2 * 4**3 + 4**2
    # B[i, k] stays while the row of A is updated: it is touched just before.
    assert count_misses("rows", 4, 1, 4, 1) == 4**2 + 2 * 4**3
    # All in the cache: each of the 12 lines is loaded once.
    assert {count_misses(order, 4, 4, 12, 2) for order in ORDERS} == {12}


def test_the_still_shows_the_counts_of_the_first_settings():
    figure, sentence = Cache.still()
    widths = [round(bar.get_width()) for bar in figure.axes[0].patches]
    assert widths == [count_misses(order, 16, 4, 16, 4) for order in ORDERS]
    shown = re.findall(r"(elements|columns|rows|blocks) ([\d,]+)", sentence)
    assert [int(count.replace(",", "")) for _, count in shown] == widths


def test_a_wrong_setting_is_refused():
    cache = Cache(order="blocks")
    with pytest.raises(ValueError, match="num_lines=3: must be an integer 4 to 64"):
        cache.num_lines = 3
    with pytest.raises(ValueError, match="order='full'"):
        Cache(order="full")
