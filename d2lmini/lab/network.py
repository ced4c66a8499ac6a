"""A small network, trained by the browser with each batch size and three optimizers."""

import json
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from d2lmini.data import whitened_airfoil
from d2lmini.lab.bundle import JS, bundle
from d2lmini.lab.piece import Piece
from d2lmini.lab.problem import table_bytes

PLAN: dict[str, Any] = json.loads(Path(JS / "network" / "plan.json").read_text(encoding="utf8"))
"""``batch_sizes``; ``rates`` of each optimizer; how many rows are ``held_out`` for the test."""

STILL: dict[str, Any] = {"batch_sizes": [16, 64, 256, 1200], "num_epochs": 10}
"""What the picture shows that stands where the piece cannot run: SGD only."""

Array = NDArray[np.float64]


class Network(Piece):
    """A network 5-16-16-1 on the airfoil table: its errors against the batch size.

    The browser trains it in the background, with SGD, momentum 0.9 and Adam, when the reader
    presses Run: for each batch size a run with each rate of a list, of which the rate with the
    lowest training error is shown. 300 of the 1500 rows are held out for the test error.

    Parameters
    ----------
    **settings
        First settings: ``num_epochs`` (1 to 50), ``num_seeds`` (1 to 5); ``rates``, which is
        ``"best of a list"`` or ``"my own"``, and then ``sgd_rate``, ``momentum_rate`` and
        ``adam_rate`` (0.0001 to 10); ``sgd``, ``momentum``, ``adam`` and ``sorted_data`` are True
        or False.

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown or out of its range; also when it is set later.

    Examples
    --------
    >>> network = Network(sorted_data=True)
    >>> network.num_epochs = 5
    """

    module = "network"

    @classmethod
    def data(cls) -> dict[str, Any]:
        """Return the rows of the table, and the program that runs in the background."""
        return {"table": table_bytes(), "worker": bundle("network/worker")}

    @classmethod
    def still(cls) -> tuple[Figure, str]:
        """Draw the errors of SGD, trained in NumPy."""
        batch_sizes, num_epochs = STILL["batch_sizes"], STILL["num_epochs"]
        errors = np.array([_errors(b, PLAN["rates"]["sgd"], num_epochs) for b in batch_sizes])
        best = errors[np.arange(len(batch_sizes)), errors[:, :, 0].argmin(axis=1)]
        figure = Figure(figsize=(5, 3))
        axes = figure.subplots()
        for values, label in zip(best.T, ("training error", "test error"), strict=True):
            axes.loglog(batch_sizes, values, "o-", label=label)
        axes.set_xticks(batch_sizes, [str(b) for b in batch_sizes])
        axes.set_xticks([], minor=True)
        axes.set_xlabel("batch size b")
        axes.set_ylabel("error (half mean square)")
        axes.legend()
        sentence = (
            f"A network 5-16-16-1 after {num_epochs} epochs of SGD in NumPy, at the best of "
            f"{len(PLAN['rates']['sgd'])} rates: the test error is {best[0, 1]:.3f} with "
            f"b = {batch_sizes[0]} and {best[-1, 1]:.3f} with b = {batch_sizes[-1]}. "
            "The piece itself draws other random numbers."
        )
        return figure, sentence


def _errors(batch_size: int, rates: list[float], num_epochs: int) -> Array:
    """Return training and test error at the end of a run with each rate, a row for each rate."""
    features, target = (a.astype(float) for a in whitened_airfoil())
    rng = np.random.default_rng(0)
    test, train = np.split(rng.permutation(len(target)), [PLAN["held_out"]])
    # The runs with all rates are one run of arrays that have the rate as their first axis.
    shapes = [(5, 16), (16, 16), (16, 1)]
    weights = [np.tile(rng.normal(0, i**-0.5, (i, o)), (len(rates), 1, 1)) for i, o in shapes]
    params = [weights, [np.zeros((len(rates), 1, o)) for _, o in shapes]]
    lr = np.array(rates)[:, None, None]
    with np.errstate(over="ignore", invalid="ignore"):  # a rate may be too large
        for _ in range(num_epochs):
            order = rng.permutation(train)
            for start in range(0, len(order), batch_size):
                rows = order[start : start + batch_size]
                _step(params, lr, features[rows], target[rows])
        ends = [_forward(params, features[r])[-1][..., 0] - target[r] for r in (train, test)]
        errors = np.stack([(residual**2).mean(axis=1) / 2 for residual in ends], axis=1)
    return np.nan_to_num(errors, nan=np.inf)


def _forward(params: list[list[Array]], features: Array) -> list[Array]:
    """Return the input of each layer, and the output of the last one."""
    values = [features]
    for k, (W, b) in enumerate(zip(*params, strict=True)):
        total = values[-1] @ W + b
        values.append(total if k == len(params[0]) - 1 else np.tanh(total))
    return values


def _step(params: list[list[Array]], lr: Array, features: Array, target: Array) -> None:
    """Take a step of SGD."""
    *inputs, output = _forward(params, features)
    delta = (output - target[:, None]) / len(target)
    for W, b, values in reversed([*zip(*params, inputs, strict=True)]):
        below = (delta @ W.swapaxes(1, 2)) * (1 - values**2)
        W -= lr * (values.swapaxes(-1, -2) @ delta)
        b -= lr * delta.sum(axis=1, keepdims=True)
        delta = below
