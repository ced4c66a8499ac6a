"""The lab's runs: JavaScript against NumPy and PyTorch, and what stands in for it."""

import re

import numpy as np
import pytest
import torch

from d2lmini.lab import Lab, reference
from d2lmini.lab.lab_run import losses, seeded_random
from d2lmini.lab.reference import LabLoader, make_rule, train
from d2lmini.lab.settings import check_settings, load_table
from d2lmini.torch import linreg, squared_loss
from tests.lab.node import FEATURES, TARGET, N, X, ask

TABLE = load_table("lab")


def all_settings(**some):
    """All settings of the lab."""
    return check_settings(TABLE, some)


OPTIONS = {
    "plain": {},
    "short last minibatch": {"batch_size": 64, "lr": 0.15},
    "all rows": {"batch_size": 1500, "lr": 0.35},
    "one row": {"batch_size": 1, "lr": 0.004},
    "replacement": {"replacement": True},
    "decay": {"decay": True},
    "grow": {"grow": True, "num_epochs": 3},
    "copies": {"copies": 2, "batch_size": 70, "num_epochs": 3},
    "momentum": {"momentum": 0.8, "lr": 0.006},
    "schedules": {"decay": True, "grow": True, "momentum": 0.5, "batch_size": 7},
    "two thirds of the rows": {"batch_size": 1000, "lr": 0.3},
    "seven rows": {"batch_size": 7},
}


def in_numpy(weights, orders, settings):
    """The loss after each epoch."""
    w, v = np.array(weights), np.zeros(6)
    left, found = settings["num_epochs"] * N, []
    for epoch, order in enumerate(orders):
        b = settings["batch_size"] * (10**epoch if settings["grow"] else 1)
        lr = settings["lr"] / (10**epoch if settings["decay"] else 1)
        rows = np.array(order)[:left]
        for part in np.split(rows, range(b, len(rows), b)):
            v = settings["momentum"] * v + X[part].T @ (X[part] @ w - TARGET[part]) / len(part)
            w = w - lr * v
        left -= len(rows)
        found.append(((X @ w - TARGET) ** 2).mean() / 2)
        if left <= 0:
            return found


def in_pytorch(weights, orders, settings, monkeypatch):
    """The loss after each epoch, by the loader and the update rule of a reference run."""
    rows, wanted = (torch.tensor(a, dtype=torch.float32) for a in (FEATURES, TARGET))
    w = torch.tensor(weights[:5], dtype=torch.float32).reshape(5, 1).requires_grad_()
    b = torch.tensor(weights[5:], dtype=torch.float32).requires_grad_()
    permutations = iter(orders)
    monkeypatch.setattr(LabLoader, "_permutation", lambda self: torch.tensor(next(permutations)))
    loader = LabLoader(settings, 10**6)
    rule = make_rule(loader)
    found, examples = [], 0
    size = len(orders[0])
    for features, target in loader:
        w.grad = b.grad = None
        squared_loss(linreg(features, w, b), target).mean().backward()
        rule([w, b], None, {"lr": settings["lr"]})
        examples += len(features)
        if examples % size == 0 or examples == settings["num_epochs"] * N:
            with torch.no_grad():
                of_rows = squared_loss(linreg(rows, w, b), wanted)
            found.append(float(of_rows.double().mean()))
    return found


class GivenOrders:
    """A random generator that draws the orders it is given, one for each epoch."""

    def __init__(self, orders):
        self._orders = iter(orders)

    def permutation(self, size):
        return self.integers(N, size)

    def integers(self, high, size):
        assert high == N
        order = np.array(next(self._orders))
        assert len(order) == size
        return order


def by_its_code(code, weights, orders):
    """Return the last loss, by the lines of Python that the lab shows, just as they stand."""
    given = {"X": X, "y": TARGET, "w": np.array(weights), "n": N, "rng": GivenOrders(orders)}
    exec(code, given)
    return ((X @ given["w"] - TARGET) ** 2).mean() / 2


def given(name):
    """Settings, a start, and the orders of the epochs."""
    return given_for({"batch_size": 10, "lr": 0.03, "num_epochs": 2, **OPTIONS[name]})


def given_for(some):
    """All settings with some, a start, and the orders of the epochs."""
    settings = all_settings(**some)
    rng = np.random.default_rng(len(some))
    size = N * settings["copies"]
    orders = [
        rng.integers(N, size=size) if settings["replacement"] else rng.permutation(size) % N
        for _ in range(9)
    ]
    return settings, [*rng.normal(0, 0.01, 5), 0.0], [order.tolist() for order in orders]


@pytest.fixture(scope="module")
def answers():
    """What JavaScript finds for each of the options."""
    questions = []
    for name in OPTIONS:
        settings, weights, orders = given(name)
        given_to_both = {"settings": settings, "weights": weights, "orders": orders}
        questions.append({"kind": "train", **given_to_both})
    return dict(zip(OPTIONS, ask(*questions), strict=True))


@pytest.mark.parametrize("name", OPTIONS)
def test_losses_are_those_of_numpy_and_pytorch(name, answers, monkeypatch):
    """Given initial weights and orders: after each epoch, to 1e-12 and in single precision."""
    settings, weights, orders = given(name)
    answer = answers[name]
    expected = in_numpy(weights, orders, settings)
    assert answer["examples"] == settings["num_epochs"] * N
    np.testing.assert_allclose(answer["losses"], expected, rtol=1e-12)
    assert not answer["diverged"]
    theirs = in_pytorch(weights, orders, settings, monkeypatch)
    np.testing.assert_allclose(theirs, expected, rtol=1e-5)
    last = by_its_code(answer["code"], weights, orders)
    assert last == pytest.approx(expected[-1], rel=1e-12)
    assert 5 <= len(answer["code"].splitlines()) <= 7  # for so many there is room


STEPS = [
    {"budget": "steps", "batch_size": 100, "lr": 0.3, "num_epochs": 4},
    {"budget": "steps", "batch_size": 7, "lr": 0.02, "replacement": True},
    {"budget": "steps", "batch_size": 1000, "lr": 0.3, "num_epochs": 1, "copies": 9},
    {"budget": "steps", "num_epochs": 1, "batch_size": 600, "copies": 2, "grow": True, "lr": 0.2},
    {"budget": "steps", "num_epochs": 1, "batch_size": 900, "momentum": 0.3},
    {"budget": "steps", "batch_size": 1000, "lr": 0.3, "num_epochs": 1, "replacement": True},
    {"budget": "time", "batch_size": 25, "decay": True},
    {"budget": "time", "batch_size": 1500, "lr": 0.5},
]
"""Runs that end after so many steps, most of them within an epoch."""


def test_the_code_ends_where_the_run_ends():
    some = [
        (settings, weights, orders * 4)
        for settings, weights, orders in (given_for(settings) for settings in STEPS)
    ]
    found = ask(
        *(
            {"kind": "train", "settings": settings, "weights": weights, "orders": orders}
            for settings, weights, orders in some
        )
    )
    for (settings, weights, orders), answer in zip(some, found, strict=True):
        last = by_its_code(answer["code"], weights, orders)
        assert last == pytest.approx(answer["losses"][-1], rel=1e-12), settings
    assert any(answer["examples"] % N for answer in found)


def test_the_code_runs_with_a_generator_of_numpy():
    for some in ({}, {"copies": 3, "momentum": 0.5}, {"replacement": True, "grow": True}):
        settings, weights, orders = given_for(some)
        question = {"kind": "train", "settings": settings, "weights": weights, "orders": orders}
        (answer,) = ask(question)
        space = {"X": X, "y": TARGET, "w": np.zeros(6), "n": N, "rng": np.random.default_rng(1)}
        exec(answer["code"], space)
        assert ((X @ space["w"] - TARGET) ** 2).mean() / 2 < 0.27


def test_gradients_are_those_of_numpy():
    rng = np.random.default_rng(0)
    cases = [(rng.normal(size=6), rng.integers(N, size=size)) for size in (1, 2, 10, 333, 1500)]
    found = ask(
        *({"kind": "gradient", "weights": w.tolist(), "rows": rows.tolist()} for w, rows in cases)
    )
    for (w, rows), answer in zip(cases, found, strict=True):
        expected = X[rows].T @ (X[rows] @ w - TARGET[rows]) / len(rows)
        np.testing.assert_allclose(answer["minibatch"], expected, rtol=1e-9, atol=1e-12)
        assert answer["loss"] == pytest.approx(((X @ w - TARGET) ** 2).mean() / 2, rel=1e-10)


# --- The run in NumPy, which draws the same random numbers

RUNS = [
    {},
    {"batch_size": 1, "lr": 0.01, "seed": 3, "num_epochs": 1},
    {"batch_size": 7, "lr": 0.02, "momentum": 0.9, "seed": 9999},
    {"batch_size": 64, "lr": 0.2, "replacement": True, "seed": 5},
    {"batch_size": 1500, "lr": 0.5, "replacement": True},
    {"batch_size": 1500, "lr": 0.9, "num_epochs": 20},
    {"batch_size": 1250, "lr": 0.4, "copies": 3, "num_epochs": 5},
    {"batch_size": 5, "grow": True, "num_epochs": 4},
    {"batch_size": 30, "lr": 0.3, "decay": True, "num_epochs": 3},
    {"batch_size": 100, "lr": 0.3, "budget": "steps", "num_epochs": 4},
    {"batch_size": 600, "lr": 0.3, "budget": "steps", "num_epochs": 2, "copies": 2, "grow": True},
    {"batch_size": 20, "across": "angle", "up": "bias", "start_across": -1.5, "start_up": 0.25},
    {"across": "bias", "up": "bias", "start_across": 1.0, "start_up": 0.5},
]


def test_the_run_in_numpy_is_that_of_the_browser():
    found = ask(*({"kind": "run", "settings": settings} for settings in RUNS))
    for settings, answer in zip(RUNS, found, strict=True):
        examples, values = losses(all_settings(**settings))
        assert examples[-1] == answer["examples"][-1], settings
        logged = [values[examples.index(count)] for count in answer["examples"]]
        assert len(logged) >= 3
        np.testing.assert_allclose(answer["losses"], logged, rtol=1e-12, err_msg=str(settings))


def test_the_random_numbers_are_those_of_the_browser_and_uniform():
    numbers = [seeded_random(7)() for _ in range(2)]
    assert numbers[0] == numbers[1] != seeded_random(8)()
    uniform = seeded_random(2**40 + 7)  # as in the browser, only the last 32 bits count
    assert uniform() == numbers[0]
    drawn = np.array([uniform() for _ in range(20000)])
    assert 0 <= drawn.min() < drawn.max() < 1
    counts = np.histogram(drawn, 10, (0, 1))[0]
    np.testing.assert_allclose(counts, 2000, atol=5 * 2000**0.5)


@pytest.mark.parametrize("settings", RUNS[:4])
def test_the_still_shows_the_number_of_the_lab(settings):
    figure, sentence = Lab(**settings).still()
    (result,) = ask({"kind": "result", "settings": settings})
    shown = re.search(r"loss (\d\.\d{4}),", result)[1]
    assert f"the loss is {shown}." in sentence
    examples = re.search(r"after ([\d,]+) examples", sentence)[1]
    assert f"{examples} rows" in result
    (line,) = figure.axes[0].lines
    assert line.get_ydata()[-1] == pytest.approx(float(shown) - 0.24169, abs=6e-5)
    assert figure.axes[0].get_yscale() == "log"


def test_the_still_of_the_same_time_is_that_of_the_same_examples():
    for budget in ("time", "examples"):
        sentence = Lab(budget=budget).still()[1]
        assert "after 3,000 examples" in sentence


# --- Runs in PyTorch


@pytest.mark.parametrize("name", OPTIONS)
def test_every_option_trains_in_pytorch(name):
    settings = {"batch_size": 50, "lr": 0.05, **OPTIONS[name]}
    curve = train(settings, 10**5)
    assert curve["losses"][-1] < 0.34
    assert curve["examples"][-1] == N * settings.get("num_epochs", 2)
    assert len(curve["examples"]) == len(curve["losses"]) == len(curve["seconds"])


@pytest.mark.parametrize("steps", [0, 10**6 + 1, 2**62, 10**30])
def test_a_reference_run_has_an_end(steps):
    with pytest.raises(ValueError, match=rf"^steps={steps}: must be an integer 1 to 1000000$"):
        train({"budget": "steps"}, steps)


def test_a_rate_may_fall_for_more_epochs_than_numbers_have_tens():
    settings = {"budget": "steps", "batch_size": 1500, "decay": True}
    assert train(settings, 400)["losses"][-1] < 0.5


def counts(settings, steps):
    """How many rows each minibatch has."""
    return [len(target) for _, target in LabLoader(all_settings(**settings), steps)]


@pytest.mark.parametrize(
    ("settings", "steps", "expected"),
    [
        ({"batch_size": 1000}, 100, [1000, 500, 1000, 500]),
        ({"batch_size": 1000}, 3, [1000, 500, 1000]),
        ({"batch_size": 1250, "copies": 3}, 100, [1250, 1250, 500]),
        ({"batch_size": 1200, "copies": 2, "num_epochs": 3}, 9, [1200, 1200, 600, 1200, 300]),
        ({"batch_size": 300, "grow": True}, 100, [300] * 5 + [1500]),
        ({"batch_size": 700, "budget": "steps", "grow": True}, 5, [700, 700, 100, 1500, 1500]),
        ({"batch_size": 1500, "budget": "time", "replacement": True}, 2, [1500, 1500]),
    ],
)
def test_a_reference_run_has_the_minibatches_of_the_lab(settings, steps, expected):
    assert counts(settings, steps) == expected


def test_a_reference_run_shuffles_or_draws_with_replacement():
    torch.manual_seed(1)
    for replacement, distinct in ((False, 1), (True, 1 - np.exp(-1))):
        loader = LabLoader(all_settings(replacement=replacement, num_epochs=1), 10**6)
        rows = torch.cat([torch.cat(batch, dim=1) for batch in batches(loader)])
        assert len(rows) == N
        different = len({tuple(row) for row in rows.tolist()}) / N
        assert different == pytest.approx(distinct, abs=0.04)


def batches(loader):
    """Features and target, which becomes a column."""
    return [(features, target.reshape(-1, 1)) for features, target in loader]


def test_the_rate_falls_and_momentum_adds_up():
    loader = LabLoader(all_settings(decay=True, momentum=0.5), 10)
    rule = make_rule(loader)
    p = torch.zeros(1, requires_grad=True)
    seen = []
    for loader.epoch in (0, 0, 1, 2):
        p.grad = torch.ones(1)
        rule([p], None, {"lr": 1.0})
        seen.append(float(p.detach()))
    np.testing.assert_allclose(np.diff([0, *seen]), [-1, -1.5, -0.175, -0.01875], rtol=1e-5)


def test_a_seed_repeats_a_reference_run_and_leaves_the_random_numbers_alone():
    def last(seed):
        return train({"batch_size": 500, "num_epochs": 1, "seed": seed}, 3)["losses"][-1]

    assert last(3) == last(3) != last(4)
    torch.manual_seed(3)
    expected = torch.rand(4)
    torch.manual_seed(3)
    last(9)
    assert torch.equal(torch.rand(4), expected)


def test_a_reference_run_ends_near_the_run_of_the_browser():
    """Other random numbers, the same law: within what the seeds differ."""
    settings = {"batch_size": 100, "lr": 0.3, "num_epochs": 3}
    theirs = reference.train(settings, 10**6)["losses"][-1]
    assert theirs == pytest.approx(losses(all_settings(**settings))[1][-1], abs=0.006)


@pytest.mark.parametrize(("steps", "kind"), [(0, ValueError), (2.5, TypeError), (None, TypeError)])
def test_a_reference_run_has_a_number_of_steps(steps, kind):
    with pytest.raises(kind) as caught:
        train({}, steps)
    assert str(caught.value) == f"steps={steps!r}: must be an integer 1 to 1000000"
