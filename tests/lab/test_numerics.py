"""The lab's JavaScript against PyTorch and NumPy: training, gradients, their noise."""

import numpy as np
import pytest
import torch

from d2lmini.lab.reference import make_loader, make_rule, train
from d2lmini.torch import linreg, squared_loss
from tests.lab.node import FEATURES, TARGET, N, X, ask

OPTIONS = {
    "plain": {},
    "replacement": {"replacement": True},
    "decay": {"decay": True},
    "genie": {"genie": True},
    "momentum": {"momentum": 0.8},
}
SETTINGS = {
    "batch_size": 50,
    "lr": 0.05,
    "num_epochs": 2,
    "momentum": 0.0,
    "replacement": False,
    "decay": False,
    "genie": False,
    "seed": 1,
}
RATE = {1: 0.004, 7: 0.02, 10: 0.03, 64: 0.15, 100: 0.2, 1500: 0.35}


def in_pytorch(weights, orders, batch_size, lr, option):
    """The loss after each epoch, by the package's update rule in single precision."""
    rows = torch.tensor(FEATURES, dtype=torch.float32)
    wanted = torch.tensor(TARGET, dtype=torch.float32)
    w = torch.tensor(weights[:5], dtype=torch.float32).reshape(5, 1).requires_grad_()
    b = torch.tensor(weights[5:], dtype=torch.float32).requires_grad_()
    steps_per_epoch = -(-len(orders[0]) // batch_size)
    rule = make_rule(steps_per_epoch, option.get("momentum", 0.0), option.get("decay", False))
    losses = []
    for order in orders:
        for part in torch.tensor(order).remainder(N).split(batch_size):
            w.grad = b.grad = None
            squared_loss(linreg(rows[part], w, b), wanted[part]).mean().backward()
            rule([w, b], None, {"lr": lr})
        with torch.no_grad():
            losses.append(float(squared_loss(linreg(rows, w, b), wanted).double().mean()))
    return losses


@pytest.mark.parametrize("name", OPTIONS)
def test_losses_agree_with_pytorch(name):
    """Given initial weights and orders: after each of 3 epochs, to 1e-5."""
    rng, option = np.random.default_rng(3), OPTIONS[name]
    size = 2 * N if option.get("genie") else N
    questions, expected = [], []
    for batch_size, lr in RATE.items():
        lr = lr / 4 if name == "momentum" else lr
        weights = [*rng.normal(0, 0.01, 5), 0.0]
        draw = (
            (lambda: rng.integers(size, size=size))
            if option.get("replacement")
            else (lambda: rng.permutation(size))
        )
        orders = [draw().tolist() for _ in range(3)]
        settings = {"batch_size": batch_size, "lr": lr, "num_epochs": 3, **option}
        question = {"kind": "train", "settings": settings, "weights": weights, "orders": orders}
        questions += [{**question, "piece": 10**6}, {**question, "piece": 7}]
        expected.append(in_pytorch(weights, orders, batch_size, lr, option))
    answers = ask(*questions)
    for whole, in_pieces, losses in zip(answers[::2], answers[1::2], expected, strict=True):
        np.testing.assert_allclose(whole["losses"], losses, rtol=1e-5)
        assert in_pieces == whole


def test_floor_limit_and_minimum():
    (answer,) = ask({"kind": "problem"})
    best = np.linalg.lstsq(X, TARGET, rcond=None)[0]
    np.testing.assert_allclose(answer["best"], best, rtol=1e-6)
    assert answer["floor"] == pytest.approx(((X @ best - TARGET) ** 2).mean() / 2, rel=1e-9)
    assert answer["limit"] == pytest.approx(2 / np.linalg.eigvalsh(X.T @ X / N)[-1], rel=1e-9)


def test_gradients_agree_with_numpy():
    rng = np.random.default_rng(0)
    cases = []
    for size in (1, 2, 10, 333, 1500, 3000):
        w, rows = rng.normal(size=6), rng.integers(2 * N, size=size)
        cases.append((w, rows))
    answers = ask(
        *({"kind": "gradient", "weights": w.tolist(), "rows": rows.tolist()} for w, rows in cases)
    )
    for (w, rows), answer in zip(cases, answers, strict=True):
        taken = rows % N
        expected = X[taken].T @ (X[taken] @ w - TARGET[taken]) / len(rows)
        np.testing.assert_allclose(answer["minibatch"], expected, rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(answer["full"], X.T @ (X @ w - TARGET) / N, rtol=1e-9)
        assert answer["loss"] == pytest.approx(((X @ w - TARGET) ** 2).mean() / 2, rel=1e-10)


def test_the_covariance_of_gradients_agrees_with_numpy():
    """Its quadratic form along random directions determines the whole matrix."""
    rng = np.random.default_rng(1)
    cases = [(rng.normal(size=6), rng.normal(size=6)) for _ in range(30)]
    answers = ask(
        *({"kind": "variance", "weights": list(w), "direction": list(d)} for w, d in cases)
    )
    for (w, d), answer in zip(cases, answers, strict=True):
        gradients = (X @ w - TARGET)[:, None] * X
        assert answer == pytest.approx(d @ np.cov(gradients.T, ddof=0) @ d, rel=1e-9)


@pytest.mark.parametrize(
    "option", [{}, {"replacement": True}, {"genie": True}], ids=["plain", "replacement", "genie"]
)
def test_minibatch_gradients_scatter_as_theory_says(option):
    w = np.zeros(6)
    gradients = (X @ w - TARGET)[:, None] * X
    g = gradients.mean(0)
    along = gradients @ g / (g @ g)
    size = 2 * N if option.get("genie") else N
    questions = [
        {"kind": "noise", "weights": w.tolist(), "settings": {"batch_size": b, **option}}
        for b in (1, 10, 100, 700, 1500)
    ]
    for b, answer in zip((1, 10, 100, 700, 1500), ask(*questions), strict=True):
        left = 1 if option.get("replacement") else (size - b) / (size - 1)
        assert answer["sigma"] == pytest.approx(along.std() / b**0.5 * left**0.5, abs=1e-9)
        total = (gradients.var(0).sum() / b * left / (g @ g)) ** 0.5
        assert answer["total"] == pytest.approx(total, abs=1e-9)
        spread = np.sqrt(np.mean((np.array(answer["values"]) - 1) ** 2))
        # Of so few draws: within five standard errors of a standard deviation, heavy tails allowed.
        assert spread == pytest.approx(answer["sigma"], rel=0.4, abs=1e-9)


def test_log_points_and_divergence():
    orders = [list(range(N))] * 2
    question = {"kind": "train", "weights": [0.0] * 6, "orders": orders, "piece": 10**6}
    steady, wild = ask(
        {**question, "settings": {"batch_size": 64, "lr": 0.1}},
        {"kind": "train", "weights": [0.01] * 6, "piece": 10**6, "orders": [list(range(N))] * 20,
         "settings": {"batch_size": 1500, "lr": 3, "num_epochs": 20}},
    )  # fmt: skip
    assert steady["examples"][0] == 0
    assert steady["examples"][-1] == 2 * N
    assert len(steady["examples"]) == 16
    assert not steady["diverged"]
    assert wild["diverged"]
    assert wild["steps"] < 20


@pytest.mark.parametrize("option", [{}, *[o for n, o in OPTIONS.items() if n != "plain"]])
def test_every_option_trains_in_pytorch(option):
    settings = {**SETTINGS, **option}
    curve = train(settings)
    assert curve["losses"][-1] < 0.29
    assert curve["epochs"][-1] == 2
    assert make_loader(50, settings["genie"]).num_examples == (3000 if settings["genie"] else 1500)
