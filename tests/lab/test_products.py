"""The four ways to multiply: what is handed over, checked, and kept in the page."""

import json

import pytest
import traitlets

from d2lmini.lab import Products
from d2lmini.lab.products import WAYS, measure

SECONDS = {"element": 0.75, "column": 0.015, "block of 64": 0.0005, "full": 0.00025}


def test_what_was_measured_is_in_the_state_of_the_output():
    data, metadata = Products(SECONDS, n=128, second="the third")._repr_mimebundle_()
    hosted = json.loads(json.dumps(metadata))["d2lmini"]
    assert hosted["state"] == {"seconds": SECONDS, "n": 128, "second": "the third"}
    assert hosted["parameters"] == ["products-second"]
    assert hosted["description"] == data["text/plain"]
    assert "element 750 ms, column 15 ms, block of 64 0.5 ms, full 0.25 ms" in data["text/plain"]
    assert "128 by 128" in data["text/plain"]
    assert "3,000 times as long" in data["text/plain"]


def test_times_may_come_as_numpy_numbers_in_any_order():
    import numpy as np

    reversed_ = {name: np.float64(SECONDS[name]) for name in reversed(WAYS)}
    piece = Products(reversed_)
    assert piece.seconds == SECONDS
    assert json.dumps(piece.seconds)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"full": 0}, ValueError),
        ({"full": float("nan")}, ValueError),
        ({"full": "fast"}, TypeError),
        ({"row": 1.0}, ValueError),
    ],
)
def test_times_that_are_none_are_refused(change, error):
    with pytest.raises(error, match="seconds"):
        Products({**SECONDS, **change})


def test_a_missing_way_a_wrong_size_and_an_unknown_setting_are_refused():
    with pytest.raises(ValueError, match="must have the keys element, column"):
        Products({name: SECONDS[name] for name in WAYS[1:]})
    with pytest.raises(ValueError, match="n="):
        Products(SECONDS, n=0)
    with pytest.raises(ValueError, match="second="):
        Products(SECONDS, second="all")


def test_what_was_measured_can_only_be_read():
    piece = Products(SECONDS, n=7)
    for name, value in (("n", -1), ("seconds", {})):
        with pytest.raises(traitlets.TraitError, match=rf"{name}.*read-only"):
            setattr(piece, name, value)
    assert (piece.seconds, piece.n, Products(SECONDS, n=8).n) == (SECONDS, 7, 8)


def test_without_times_numpy_is_measured():
    measured = measure(32)
    assert tuple(measured) == WAYS
    assert all(0 < seconds < 10 for seconds in measured.values())
    assert set(Products(n=32).seconds) == set(WAYS)
