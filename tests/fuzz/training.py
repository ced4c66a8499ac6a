"""Runs of training: what they are given, and the path that plain NumPy takes."""

import math
from random import Random
from typing import Any

import numpy as np

from d2lmini.loader import ArrayLoader
from tests.fuzz import values
from tests.fuzz.flavours import Flavour, as_numpy
from tests.fuzz.framework import wide, wild_rate
from tests.fuzz.function import (
    Anything,
    Function,
    Refused,
    Texts,
    at_least,
    number_of,
    positive,
    whole,
)

NETS = ("lambda X: X[:, :1]", "lambda X: X[:, 0]", "lambda X: 3 * X[:, 1:2]")


def batches(rng: Random, d: int, n: int | None = None) -> str:
    """Return the text of data in minibatches, that can be trained on."""
    n = n or rng.randrange(1, 40)
    X, y = values.numbers(rng, f"({n}, {d})"), values.numbers(rng, f"({n},)")
    b = rng.randrange(1, n + 4)
    rows = rng.randrange(1, n + 1)
    halves = [f"(array({X}[{cut}]), array({y}[{cut}]))" for cut in (f":{rows}", f"{rows}:")]
    return rng.choice(
        (
            f"d2l.load_array(({X}, {y}), {b})",
            f"d2l.load_array(({X}, {y}), {b}, False)",
            f"loader((array({X}), array({y})), {b})",
            f"[{', '.join(halves[: 2 if rows < n else 1])}]",
        )
    )


def wild_data(rng: Random) -> str:
    """Return the text of data that may be of any kind."""
    if rng.random() < 0.3:
        return values.anything(rng)
    X = rng.choice((values.tensor, values.tensor, values.anything))(rng)
    n, kind = rng.choice((0, 1, 4)), rng.choice(values.TYPES)
    shape = rng.choice((f"({n},)", f"({n}, 1)", f"({n}, 2)", "(1,)", "()"))
    y = f"array({rng.choice((values.numbers, values.filled))(rng, shape, kind)})"
    usual = f"array({rng.choice((values.numbers, values.filled))(rng, f'({n}, 5)', 'float32')})"
    X = rng.choice((X, usual, usual))
    pair = f"({X}, {y})"
    forms = ("[{}]", "[{}]", "[{}, {}]", "iter([{}])", "(p for p in [{}])", "{{0: {}}}", "zip(*{})")
    forms = (*forms, "d2l.load_array({}, 2)", "d2l.load_array(({0}), 3, False)", "loader({}, 2)")
    if rng.random() < 0.15:
        pair = rng.choice((f"({X},)", f"({X}, {y}, {y})", f"{{'X': {X}, 'y': {y}}}", X))
    return rng.choice(forms).replace("{}", pair).replace("({0})", pair).replace("{{", "{")


# --- The loss of a model


def draw_evaluate(rng: Random) -> Texts:
    return {
        "net": rng.choice(NETS),
        "data_iter": batches(rng, rng.randrange(2, 4)),
        "loss": rng.choice(("d2l.squared_loss", "lambda p, y: (p - y) ** 2")),
    }


def expect_evaluate(_: Flavour, a: dict[str, Any]) -> Any:
    total, count = 0.0, 0
    pairs = a["data_iter"]
    pairs = pairs.in_order() if isinstance(pairs, ArrayLoader) else pairs
    for X, y in pairs:
        y_hat = a["net"](X)
        if not len(X) or y_hat is None:
            raise Refused("an empty minibatch")
        total += _mean_loss(a["loss"], y_hat, y) * len(X)
        count += len(X)
    if not count:
        raise Refused("no example")
    return total / count if not abs(total) > 1e30 else Anything  # of which float32 has none


def _mean_loss(loss: Any, y_hat: Any, y: Any) -> float:
    with np.errstate(all="ignore"):
        p, y = wide(y_hat), wide(y)
        y = y.reshape(p.shape)
        halves = 2 if getattr(loss, "__name__", "") == "squared_loss" else 1
        if halves == 2 or loss(3, 1) == 4:
            mean = np.mean((p - y) ** 2) / halves
            if np.imag(mean):
                raise Refused("no real number")
            return float(np.real(mean))
    losses = as_numpy(loss(p, y))
    if losses.size != 1 and (losses.size == 0 or losses.size % len(y_hat)):
        raise Refused("another number of losses")
    return float(losses.mean())


# --- Runs


def draw_run(rng: Random) -> Texts:
    d = rng.randrange(1, 4)
    trainer = rng.choice(("d2l.sgd", "recorded"))
    return {
        "trainer_fn": trainer,
        "states": rng.choice(("[]", "[1, 2]") if trainer == "recorded" else ("None", "[]")),
        "hyperparams": f"{{'lr': {rng.choice(('0.05', '0.3', '1', 'np.float32(0.1)', '9.0'))}}}",
        "data_iter": batches(rng, d),
        "feature_dim": rng.choice((str(d), f"np.int64({d})")),
        "num_epochs": rng.choice(("1", "2", "np.int64(2)", "3")),
    }


def draw_concise(rng: Random) -> Texts:
    run = draw_run(rng)
    rate = run["hyperparams"].replace("'lr'", "RATE").replace("np.float32(0.1)", "0.1")
    rate = rate.replace(" 1}", " 1.0}")  # Keras wants a float
    return {
        "trainer_fn": "concise",
        "hyperparams": rate,
        **{name: run[name] for name in ("data_iter", "num_epochs")},
    }


def run_scratch(flavour: Flavour, a: dict[str, Any]) -> Any:
    with flavour.d2l.quiet():
        return [*_log(flavour.d2l.train_ch11(**a)), a["states"]]


def run_concise(flavour: Flavour, a: dict[str, Any]) -> Any:
    with flavour.d2l.quiet():
        return _log(flavour.d2l.train_concise_ch11(*a.values()))


def _log(log: Any) -> Any:
    seconds, losses = log
    in_order = list(seconds) == sorted(seconds) and len(seconds) == len(losses)
    return [in_order, len(log.examples), log.examples[-1], log.losses[-1]]


def expect_run(flavour: Flavour, a: dict[str, Any]) -> Any:
    """Return the end of the log of the same path in NumPy."""
    data_iter, epochs = a["data_iter"], number_of(a["num_epochs"])
    if hasattr(data_iter, "__next__"):
        raise Refused("minibatches that come only once")
    own = isinstance(data_iter, ArrayLoader)
    X0 = as_numpy(data_iter.tensors[0] if own else next(iter(data_iter))[0])
    if X0.ndim != 2 or X0.dtype.kind != "f":
        raise Refused("features that are no table of floating-point numbers")
    rates = [number_of(v) for k, v in a["hyperparams"].items() if k in ("lr", "learning_rate")]
    if not rates and "feature_dim" not in a:
        return Anything  # a framework's optimizer may have a rate of its own
    (lr,) = rates
    name = getattr(a["trainer_fn"], "__name__", a["trainer_fn"])
    if name not in ("sgd", "SGD", "recorded"):
        return Anything  # another way, of which nothing is known
    if "feature_dim" in a and number_of(a["feature_dim"]) != X0.shape[1]:
        raise Refused("another number of columns")
    w = np.append(wide(flavour.start(X0.shape[1])).ravel(), 0.0)
    paths = [numbers_of(data_iter) for _ in range(int(epochs))]
    if X0.dtype == np.float16:
        return Anything  # the path depends on the precision
    found = _follow(w, paths, float(lr), list(_all_rows(data_iter)))
    if found is Anything or "states" not in a:
        return found
    taken = sum(map(len, paths)) if name == "recorded" else 0
    states = a["states"]
    return [*found, [*states, *[1] * taken] if isinstance(states, list) else Anything]


def _all_rows(data_iter: Any) -> Any:
    return numbers_of(data_iter.in_order() if isinstance(data_iter, ArrayLoader) else data_iter)


def numbers_of(pairs: Any) -> list[Any]:
    """Return the minibatches of an epoch, each of them features with a column of ones, targets."""
    found = []
    for X, y in pairs:
        X, y = wide(X).astype(float), wide(y)
        if not len(X) or y.size != len(X) or y.dtype.kind not in "fiub":
            raise Refused("no row, or another number of targets")
        found.append((np.c_[X, np.ones(len(X))], y.astype(float).ravel()))
    if not found:
        raise Refused("no example")
    return found


def take_step(w: Any, X: Any, y: Any, lr: float) -> Any:
    """Return the weights after a step of SGD on half the mean squared error."""
    return w - lr * X.T @ (X @ w - y) / len(y)


def loss_of(w: Any, data: list[Any]) -> float:
    """Return half the mean squared error over all minibatches."""
    n = sum(len(y) for _, y in data)
    return float(sum(((X @ w - y) ** 2).sum() / 2 for X, y in data) / n)


def _follow(w: Any, epochs: list[Any], lr: float, data: list[Any]) -> Any:
    n = sum(len(y) for _, y in data)
    interval, seen, logged, examples, loss = max(200, 2 * n // 15), 0, 0, 0, math.nan
    with np.errstate(all="ignore"):
        for X, y in (pair for epoch in epochs for pair in epoch):
            w = take_step(w, X, y, lr)
            seen += len(y)
            if seen // interval > logged // interval:
                logged, examples, loss = seen, examples + 1, loss_of(w, data)
                if not loss < 1e30:
                    return Anything  # where it ends depends on the precision
        if logged < seen:
            examples, loss = examples + 1, loss_of(w, data)
    return [True, examples, seen, Anything if not loss < 1e9 else loss]


def rate_rule(name: str) -> Any:
    """Return the rule of a dictionary with a learning rate of that name."""

    def rule(hyperparams: Any) -> bool | None:
        if not isinstance(hyperparams, dict) or name not in hyperparams:
            return None
        return False if positive(hyperparams[name]) is False else None

    return rule


def wild_epochs(rng: Random) -> str:
    """Return the text of a number that makes no endless run."""
    long = ("64", "1504", "2**31", "2**63", "10**30", "10**400", "10**5000")
    return rng.choice([text for text in values.NUMBERS if text not in long])


def functions(rate: str, weight: int) -> list[Function]:
    """Return the functions that train.

    ``rate`` is what the framework's own optimizers call the learning rate. Runs are drawn less
    often where each of them is compiled.
    """

    def with_rate(rng: Random) -> Texts:
        return {k: v.replace("RATE", repr(rate)) for k, v in draw_concise(rng).items()}

    wild = {"hyperparams": wild_rate, "data_iter": wild_data, "num_epochs": wild_epochs}
    epochs = ("num_epochs", whole(1))
    return [
        Function(
            "evaluate_loss",
            draw_evaluate,
            {
                "net": lambda rng: rng.choice((*NETS, "lambda X: X", values.thing(rng))),
                "data_iter": wild_data,
                "loss": values.thing,
            },
            expect_evaluate,
            weight=8,
        ),
        Function(
            "train_ch11",
            draw_run,
            {
                **wild,
                "trainer_fn": values.thing,
                "states": values.thing,
                "feature_dim": values.number,
            },
            expect_run,
            run_scratch,
            rules={
                "hyperparams": ("lr", rate_rule("lr")),
                "num_epochs": epochs,
                "feature_dim": ("feature_dim", at_least(1)),
            },
            weight=3 * weight,
        ),
        Function(
            "train_concise_ch11",
            with_rate,
            {
                **wild,
                "hyperparams": lambda rng: wild_rate(rng, rate),
                "trainer_fn": values.thing,
            },
            expect_run,
            run_concise,
            rules={"hyperparams": (rate, rate_rule(rate)), "num_epochs": epochs},
            weight=2 * weight,
        ),
    ]
