"""The lab's stability limits, and what it says of runs above and below them."""

import numpy as np
import pytest

from tests.lab.node import N, X, ask


def growth(rate, batch_size, momentum, factor):
    """Spectral radius of E[A x A] for the steps s -> A s of weights and velocity."""
    H = X.T @ X / N
    one = np.eye(6)
    mean = np.block([[one - rate * H, -rate * momentum * one], [H, momentum * one]])
    fourth = np.einsum("ni,nj,nk,nl->ikjl", X, X, X, X, optimize=True) / N  # E[G x G]
    noise = (fourth - np.einsum("ij,kl->ikjl", H, H)) * factor
    effect = np.array([[-rate, 0], [1, 0]])
    spread = np.einsum("ab,cd,ikjl->aickbjdl", effect, effect, noise).reshape(144, 144)
    return np.abs(np.linalg.eigvals(np.kron(mean, mean) + spread)).max()


@pytest.mark.parametrize("momentum", [0, 0.1, 0.6, 0.95])
@pytest.mark.parametrize("batch_size", [1, 10, 100])
@pytest.mark.parametrize("replacement", [True, False])
def test_the_stability_limit_is_where_the_second_moments_begin_to_grow(
    batch_size, momentum, replacement
):
    settings = {"batch_size": batch_size, "momentum": momentum, "replacement": replacement}
    (limit,) = ask({"kind": "limit", "settings": settings})
    factor = (1 if replacement else (N - batch_size) / (N - 1)) / batch_size
    assert growth(limit * (1 - 1e-4), batch_size, momentum, factor) < 1
    assert growth(limit * (1 + 1e-4), batch_size, momentum, factor) > 1


def test_stability_limits_of_batch_sizes():
    """With replacement they were computed independently; full gradients have 2(1 + m) / λmax."""
    known = {1: 0.1797, 2: 0.3242, 5: 0.6096, 10: 0.7965, 20: 0.8847, 30: 0.9100}
    known |= {100: 0.9413, 300: 0.9492, 1500: 0.9523}
    asked = [{"batch_size": b, "replacement": True} for b in known]
    asked += [{"batch_size": 1500, "momentum": m} for m in (0, 0.1, 0.9)]
    limits = ask(*({"kind": "limit", "settings": settings} for settings in asked))
    np.testing.assert_allclose(limits[: len(known)], list(known.values()), atol=5.1e-5)
    steepest = np.linalg.eigvalsh(X.T @ X / N)[-1]
    full = [2 * (1 + m) / steepest for m in (0, 0.1, 0.9)]
    np.testing.assert_allclose(limits[len(known) :], full, rtol=1e-9)


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (
            {"batch_size": 1500, "lr": 2, "momentum": 0.1, "num_epochs": 20},
            "diverged, the learning rate is 1.91 times the stability limit 1.048 of full "
            "gradients with momentum 0.1.",
        ),
        (
            {"batch_size": 1500, "lr": 1.2, "num_epochs": 20},
            "diverged, the learning rate is 1.26 times the stability limit 0.953 of full "
            "gradients.",
        ),
        (
            {"batch_size": 10, "lr": 1.2, "num_epochs": 20, "replacement": True},
            "diverged, the learning rate is 1.51 times the stability limit 0.797 of b = 10.",
        ),
        (
            {"batch_size": 1500, "lr": 1, "num_epochs": 1},
            "The learning rate is 1.05 times the stability limit 0.953 of full gradients.",
        ),
    ],
)
def test_a_run_is_compared_with_the_limit_that_holds_for_it(settings, expected):
    shown, hidden = ask(
        {"kind": "result", "settings": settings},
        {"kind": "result", "settings": settings, "shown": False},
    )
    assert expected in shown
    assert "limit" not in hidden


def test_below_the_limit_no_run_is_said_to_be_above_it():
    questions = [
        {"kind": "result", "settings": {"batch_size": 1, "lr": 0.17, "num_epochs": 20, "seed": s}}
        for s in range(20)
    ]
    answers = ask(*questions)
    above = [answer for answer in answers if "ended above the loss it began with" in answer]
    assert above
    assert not any("diverged" in answer for answer in answers)
    assert all("0.946 times the stability limit 0.180 of b = 1" in answer for answer in above)


def test_the_explanation_of_the_first_task():
    """At lr = 1 the loss first falls, then rises; the factor along the steepest is -1.10."""
    (losses,) = ask({"kind": "losses", "settings": {"batch_size": 1500, "lr": 1, "num_epochs": 20}})
    lowest = int(np.argmin(losses))
    assert 2 < lowest < 18
    assert losses[-1] > losses[lowest] + 0.01
    assert 1 - np.linalg.eigvalsh(X.T @ X / N)[-1] == pytest.approx(-1.10, abs=0.005)
