"""The lab's theory: expected losses and stability limits, against NumPy, runs and known values."""

import numpy as np
import pytest

from d2lmini.lab.problem import constants
from tests.lab.node import TARGET, N, X, ask

H = X.T @ X / N
BEST = np.linalg.solve(H, X.T @ TARGET / N)
RESIDUALS = X @ BEST - TARGET
STEEPEST = np.linalg.eigvalsh(H)[-1]


def test_the_constants_are_sums_over_the_rows():
    given = {name: np.array(value) for name, value in constants().items()}
    np.testing.assert_allclose(given["H"], H, atol=1e-12)
    np.testing.assert_allclose(given["c"], X.T @ TARGET / N, atol=1e-12)
    np.testing.assert_allclose(given["s"], TARGET @ TARGET / N)
    np.testing.assert_allclose(given["best"], np.linalg.lstsq(X, TARGET, rcond=None)[0])
    assert given["floor"] == pytest.approx((RESIDUALS**2).mean() / 2, rel=1e-12)
    assert given["floor"] == pytest.approx(0.24169, abs=5e-6)
    known = [0.174, 0.666, 0.918, 1.000, 1.126, 2.098]
    np.testing.assert_allclose(given["curvatures"], known, atol=5.1e-4)
    basis = given["directions"]
    np.testing.assert_allclose(basis @ basis.T, np.eye(6), atol=1e-12)
    np.testing.assert_allclose(basis @ H @ basis.T, np.diag(given["curvatures"]), atol=1e-12)
    Z = X @ basis.T
    pairs = list(zip(*np.triu_indices(6), strict=True))
    for k, (i, j) in enumerate(pairs):
        product = Z[:, i] * Z[:, j]
        assert given["second"][k] == pytest.approx((product * RESIDUALS**2).mean(), rel=1e-10)
        third = [(product * RESIDUALS * Z[:, m]).mean() for m in range(6)]
        np.testing.assert_allclose(given["third"][k], third, atol=1e-12)
        fourth = [(product * Z[:, m] * Z[:, n]).mean() for m, n in pairs]
        np.testing.assert_allclose(given["fourth"][k], fourth, atol=1e-11)


def numbers_after(weights, rate, momentum, factor, steps):
    """Mean and covariance of the weights, and excess loss, summed over the rows at each step."""
    mean, velocity = weights - BEST, np.zeros(6)
    ee = np.outer(mean, mean)
    ev, vv = np.zeros((6, 6)), np.zeros((6, 6))
    for _ in range(steps):
        of_rows = np.einsum("ni,ij,nj->n", X, ee, X) + 2 * RESIDUALS * (X @ mean) + RESIDUALS**2
        noise = (X * of_rows[:, None]).T @ X / N - H @ ee @ H
        gg = H @ ee @ H + factor * noise
        vv_next = momentum**2 * vv + momentum * (ev.T @ H + H @ ev) + gg
        ev_next = momentum * ev + ee @ H - rate * vv_next
        ee = ee - rate * (momentum * ev + ee @ H) - rate * (momentum * ev + ee @ H).T
        ee, ev, vv = ee + rate**2 * vv_next, ev_next, vv_next
        ee = (ee + ee.T) / 2  # else rounding errors grow
        velocity = momentum * velocity + H @ mean
        mean = mean - rate * velocity
    return mean, ee - np.outer(mean, mean), np.trace(H @ ee) / 2


CASES = [
    (0.05, 0, 0.1, 60),
    (0.1, 0, 1.0, 7),
    (0.4, 0, (N - 100) / (N - 1) / 100, 40),
    (0.9, 0, 0.0, 25),
    (0.03, 0.9, 0.1, 80),
    (0.2, 0.5, 0.02, 30),
]


@pytest.mark.parametrize(("rate", "momentum", "factor", "steps"), CASES)
def test_the_moments_are_those_of_numpy(rate, momentum, factor, steps):
    weights = np.random.default_rng(5).normal(size=6)
    question = {"rate": rate, "momentum": momentum, "factor": factor, "steps": steps}
    a, b = 4, 1
    asked = {"kind": "theory", **question, "weights": weights.tolist(), "a": a, "b": b}
    (answer,) = ask(asked)
    mean, covariance, excess = numbers_after(weights, rate, momentum, factor, steps)
    assert answer["total"] == pytest.approx(excess, rel=1e-9)
    assert answer["bias"] == pytest.approx(mean @ H @ mean / 2, rel=1e-7, abs=1e-14)
    assert answer["noise"] == pytest.approx(np.trace(H @ covariance) / 2, rel=1e-7, abs=1e-12)
    np.testing.assert_allclose(answer["mean"], (BEST + mean)[[a, b]], rtol=1e-9)
    expected = [covariance[a, a], covariance[a, b], covariance[b, b]]
    np.testing.assert_allclose(answer["covariance"], expected, rtol=1e-7, atol=1e-12)


SEEDS = [
    {"batch_size": 10, "lr": 0.05},
    {"batch_size": 1, "lr": 0.02},
    {"batch_size": 100, "lr": 0.4},
    {"batch_size": 10, "lr": 0.02, "momentum": 0.9},
    {"batch_size": 7, "lr": 0.06, "decay": True, "budget": "examples", "start_up": 0.5},
]


def test_two_thousand_runs_have_the_expected_loss():
    """Within three standard errors, at four or five points of each of them."""
    drawn = {"replacement": True, "budget": "steps", "num_epochs": 2}
    questions = [{"kind": "seeds", "count": 2000, "settings": {**drawn, **one}} for one in SEEDS]
    for settings, answer in zip(SEEDS, ask(*questions), strict=True):
        means, errors = np.array(answer["means"]), np.array(answer["errors"])
        expected = np.array(answer["expected"], float)
        assert len(expected) >= 5
        assert means[0] == pytest.approx(expected[0])
        deviations = (means[1:] - expected[1:]) / errors[1:]
        assert (np.abs(deviations) < 3).all(), (settings, deviations)
        assert (errors[1:] < 0.04 * means[1:]).all(), settings  # it could be seen


@pytest.mark.parametrize(
    ("rate", "batch_size", "exact", "small"),
    [
        (0.02, 1, 0.01783, 0.01622),
        (0.01, 1, 0.00849, 0.00811),
        (0.05, 10, 0.00428, 0.00405),
        (0.4, 100, 0.00461, 0.00324),
    ],
)
def test_the_noise_floor_has_its_known_values(rate, batch_size, exact, small):
    question = {"kind": "theory", "weights": [0.0] * 6, "momentum": 0, "factor": 1 / batch_size}
    (answer,) = ask({**question, "rate": rate, "steps": 12000, "a": 0, "b": 1})
    assert answer["total"] == pytest.approx(exact, abs=5.1e-6)
    gradients = RESIDUALS[:, None] * X
    variance = (gradients**2).sum(axis=1).mean()
    assert rate * variance / 4 / batch_size == pytest.approx(small, abs=5.1e-6)


# --- Stability


def growth_of_pairs(rate, factor):
    """Spectral radius of the map of the 21 entries of a symmetric second moment."""
    i, j = np.triu_indices(6)
    fourth = np.einsum("ni,nj,nk,nl->ijkl", X, X, X, X, optimize=True) / N
    columns = []
    for a, b in zip(i, j, strict=True):
        P = np.zeros((6, 6))
        P[a, b] = P[b, a] = 1
        noise = np.einsum("ijkl,jk->il", fourth, P) - H @ P @ H
        after = P - rate * (H @ P + P @ H) + rate**2 * (H @ P @ H + factor * noise)
        columns.append(after[i, j])
    return np.abs(np.linalg.eigvals(np.array(columns).T)).max()


def growth_with_momentum(rate, factor, momentum):
    """Spectral radius of E[A x A] for the steps s -> A s of weights and velocity."""
    one = np.eye(6)
    mean = np.block([[one - rate * H, -rate * momentum * one], [H, momentum * one]])
    fourth = np.einsum("ni,nj,nk,nl->ikjl", X, X, X, X, optimize=True) / N  # E[G x G]
    noise = (fourth - np.einsum("ij,kl->ikjl", H, H)) * factor
    effect = np.array([[-rate, 0], [1, 0]])
    spread = np.einsum("ab,cd,ikjl->aickbjdl", effect, effect, noise).reshape(144, 144)
    return np.abs(np.linalg.eigvals(np.kron(mean, mean) + spread)).max()


FACTORS = [1, 0.5, 0.1, 0.01, 1 / 1500, (N - 100) / (N - 1) / 100, 1e-6]


def test_the_stability_limit_is_where_the_map_of_second_moments_begins_to_grow():
    limits = ask(*({"kind": "limit", "factor": factor} for factor in FACTORS))
    for factor, limit in zip(FACTORS, limits, strict=True):
        assert growth_of_pairs(limit * (1 - 1e-5), factor) < 1
        assert growth_of_pairs(limit * (1 + 1e-5), factor) > 1


@pytest.mark.parametrize("momentum", [0.1, 0.6, 0.95])
def test_the_same_with_momentum(momentum):
    factors = [1, 0.1, 0.01]
    questions = [{"kind": "limit", "factor": one, "momentum": momentum} for one in factors]
    for factor, limit in zip(factors, ask(*questions), strict=True):
        assert growth_with_momentum(limit * (1 - 1e-4), factor, momentum) < 1
        assert growth_with_momentum(limit * (1 + 1e-4), factor, momentum) > 1


def test_the_limits_have_their_known_values():
    """With replacement they were computed independently; full gradients have 2(1 + m) / λmax."""
    known = {1: 0.1797, 2: 0.3242, 5: 0.6096, 10: 0.7965, 20: 0.8847, 30: 0.9100}
    known |= {100: 0.9413, 300: 0.9492, 1500: 0.9523}
    asked = [{"batch_size": b, "replacement": True} for b in known]
    asked += [{"batch_size": 1500, "momentum": m} for m in (0, 0.1, 0.9)]
    answers = ask(*({"kind": "limits", "settings": settings} for settings in asked))
    rates = [answer["rate"] for answer in answers]
    np.testing.assert_allclose(rates[: len(known)], list(known.values()), atol=5.1e-5)
    full = [2 * (1 + m) / STEEPEST for m in (0, 0.1, 0.9)]
    np.testing.assert_allclose(rates[len(known) :], full, rtol=1e-9)
    np.testing.assert_allclose([one["full"] for one in answers[len(known) :]], full, rtol=1e-9)


def test_copies_and_shuffling_change_the_limit_as_they_change_the_noise():
    base = {"batch_size": 750}
    asked = [base, {**base, "copies": 4}, {**base, "replacement": True}]
    factors = [(N - 750) / (N - 1) / 750, (4 * N - 750) / (4 * N - 1) / 750, 1 / 750]
    limits = ask(*({"kind": "limits", "settings": settings} for settings in asked))
    expected = ask(*({"kind": "limit", "factor": factor} for factor in factors))
    assert [one["rate"] for one in limits] == pytest.approx(expected, rel=1e-6)
    assert limits[0]["rate"] > limits[1]["rate"] > limits[2]["rate"]


# --- What the lab says of it

MANY = {"budget": "examples", "num_epochs": 20}


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (
            {"batch_size": 1500, "lr": 2, "momentum": 0.1, **MANY},
            "diverged, the loss went from 0.493 to ",
        ),
        (
            {"batch_size": 1500, "lr": 2, "momentum": 0.1, **MANY},
            "The rate is 1.91 times the stability limit 1.048 of full gradients with momentum 0.1.",
        ),
        (
            {"batch_size": 1500, "lr": 1.2, **MANY},
            "The rate is 1.26 times the stability limit 0.953 of full gradients.",
        ),
        (
            {"batch_size": 10, "lr": 1.2, "replacement": True, **MANY},
            "The rate is 1.51 times the stability limit 0.797 of b = 10.",
        ),
        (
            {"batch_size": 1500, "lr": 1, "num_epochs": 1},
            "The rate is 1.05 times the stability limit 0.953 of full gradients.",
        ),
    ],
)
def test_a_run_is_compared_with_the_limit_that_holds_for_it(settings, expected):
    shown, hidden = ask(
        {"kind": "result", "settings": settings},
        {"kind": "result", "settings": settings, "hidden": True},
    )
    assert expected in shown
    assert "limit" not in hidden
    assert "0.953" not in hidden


def test_below_the_limit_no_run_is_said_to_be_above_it():
    """At b = 1 runs diverge already near the limit, which the sentence says."""
    runs = [{"batch_size": 1, "lr": 0.17, "num_epochs": 20, "seed": seed} for seed in range(8)]
    answers = ask(*({"kind": "result", "settings": settings} for settings in runs))
    diverged = [answer for answer in answers if "diverged" in answer]
    assert diverged
    assert all(
        "The rate is only 0.946 times the stability limit 0.180 of b = 1, but near the limit the "
        "noise is large." in answer
        for answer in diverged
    )
    assert not any("limit" in answer for answer in answers if answer not in diverged)


def test_the_explanation_of_the_first_task():
    """At lr = 1 the loss first falls, then rises; the factor along the steepest is -1.10."""
    settings = {"batch_size": 1500, "lr": 1, "num_epochs": 20}
    losses = ask({"kind": "run", "settings": settings})[0]["losses"]
    lowest = int(np.argmin(losses))
    assert 2 < lowest < 18
    assert losses[-1] > losses[lowest] + 0.01
    factor = 1 - STEEPEST
    assert factor == pytest.approx(-1.10, abs=0.005)


def test_the_other_explanations():
    """The genie changes nothing for one row at a time; from b = 160 on more rows gain little."""

    settings = [{"batch_size": 1, "lr": 0.005, "copies": copies} for copies in (1, 2)]
    settings += [
        {"batch_size": 1500, "lr": 0.9, "num_epochs": 10, "copies": copies} for copies in (1, 2)
    ]
    settings += [{"batch_size": b, "lr": 0.005 * b} for b in (1, 10, 160)]
    one, copied, full, full_copied, *scaled = ask(
        *({"kind": "expected", "settings": chosen} for chosen in settings)
    )
    assert copied == pytest.approx(one, rel=0.01)
    assert full_copied > full
    assert scaled[1] == pytest.approx(scaled[0], rel=0.2)
    assert scaled[2] > 1.5 * scaled[0]
