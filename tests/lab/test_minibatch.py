"""What the minibatch piece computes in JavaScript, against NumPy; and its Python side."""

import json
import subprocess

import numpy as np
import pytest

from d2lmini.data import read_airfoil, whitened_airfoil
from d2lmini.lab import Minibatch
from tests.lab.node import HERE, NODE


@pytest.fixture(scope="module")
def steps():
    """Each row's negative gradient at zero."""
    features, target = (a.astype(float) for a in whitened_airfoil())
    return np.c_[features, np.ones(len(target))] * target[:, None]


@pytest.fixture(scope="module")
def answers():
    """What JavaScript makes of the table, for two batch sizes."""
    features, target = whitened_airfoil()
    table = np.c_[features, target].ravel().tolist()
    done = subprocess.run(
        [NODE, HERE / "minibatch_numerics.mjs"],
        input=json.dumps(
            {"table": table, "directions": Minibatch.data()["directions"], "questions": [10, 1500]}
        ),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_arrows_are_the_gradients_along_the_directions_that_numpy_found(steps, answers):
    ten, everything = answers
    along, across = (np.array(ten[name]) for name in ("along", "across"))
    np.testing.assert_allclose(ten["arrows"], steps @ np.c_[along, across], atol=1e-6)
    full = steps.mean(axis=0)
    assert ten["length"] == pytest.approx(np.linalg.norm(full))
    np.testing.assert_allclose(everything["step"], [ten["length"], 0], atol=1e-6)
    np.testing.assert_allclose(along * ten["length"], full, atol=1e-12)
    assert across[0] > 0
    assert [along @ across, across @ across] == pytest.approx([0, 1])


def test_gradient_and_variance_are_those_of_numpy(steps, answers):
    ten, everything = answers
    covariance = np.cov(steps.T, bias=True)
    assert ten["variance"] == pytest.approx(np.trace(covariance), rel=1e-6)
    assert ten["distance"] ** 2 == pytest.approx(
        np.trace(covariance) / 10 * (1490 / 1499), rel=1e-6
    )
    assert everything["distance"] == 0


def test_the_second_direction_is_the_strongest_across_the_first(steps, answers):
    along, across = (np.array(answers[0][name]) for name in ("along", "across"))
    covariance = np.cov(steps.T, bias=True)
    others = np.eye(6) - np.outer(along, along)
    curvatures, vectors = np.linalg.eigh(others @ covariance @ others)
    assert abs(across @ vectors[:, -1]) == pytest.approx(1, abs=1e-9)
    xx, xy, yy = answers[0]["covariance"]
    assert yy == pytest.approx(curvatures[-1])
    assert [xx, xy] == pytest.approx([along @ covariance @ along, along @ covariance @ across])


def test_the_units_give_back_hertz_and_decibels():
    piece = Minibatch()
    table = np.frombuffer(piece.table, "<f4").reshape(-1, 6)
    for column, name in ((0, "frequency"), (5, "level")):
        mean, deviation = piece.units[name]
        np.testing.assert_allclose(
            mean + deviation * table[:, column], read_airfoil()[:1500, column], rtol=1e-4
        )


def test_the_still_tells_the_numbers_of_its_own_draw(steps):
    _, sentence = Minibatch.still()
    rows = np.random.default_rng(0).choice(len(steps), 10, replace=False)
    ratio = np.linalg.norm(steps[rows].mean(axis=0)) / np.linalg.norm(steps.mean(axis=0))
    assert f"{ratio:.2f} times as long" in sentence
    assert Minibatch(batch_size=100)._repr_mimebundle_()[1]["d2lmini"]["state"] == {
        "batch_size": 100,
        "seed": 0,
    }
    with pytest.raises(ValueError, match="batch_size"):
        Minibatch(batch_size=1501)
