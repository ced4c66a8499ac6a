"""The race: four batch sizes on one clock, each trained in the browser that shows it."""

import json
from itertools import islice
from typing import Any

from matplotlib.figure import Figure

from d2lmini.lab.lab_run import drawn_rows, start
from d2lmini.lab.piece import Piece
from d2lmini.lab.problem import constants, quadratic, rows as rows_of_table, table_bytes
from d2lmini.lab.settings import JS

N = 1500
"""How many rows the table has."""

LANES = {"b = 1": (1, 0.005), "b = 10": (10, 0.05), "b = 100": (100, 0.4), "all rows": (N, 0.9)}
"""The names of the runners, their batch sizes and learning rates."""

FINISH = 0.25
"""The loss at the finish."""


class Race(Piece):
    """Four batch sizes race to a loss, on one clock.

    A step takes α + βb seconds. The runners train in the browser; the reader chooses the clock,
    and puts them in order before the start.

    Parameters
    ----------
    **settings
        First settings: ``clock``, whose α and β count: ``"this browser"``, ``"PyTorch, arrays"``,
        ``"PyTorch, row-by-row loader"``, ``"a GPU (cited)"``, ``"128 workers (cited)"`` or
        ``"your own"``, which is then given by ``alpha`` in microseconds a step and ``beta`` in
        nanoseconds a row; ``copies`` of the data (1 to 1000), ``finish``, a loss (``"0.26"``,
        ``"0.25"`` or ``"0.245"``), ``seed`` (0 to 9999).

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown or out of its range; also when it is set later.

    Examples
    --------
    >>> race = Race(clock="PyTorch, row-by-row loader")
    """

    module = "race"

    @classmethod
    def data(cls) -> dict[str, Any]:
        """Return the rows of the table and their moments."""
        return {"table": table_bytes(), "constants": constants()}

    def still(self) -> tuple[Figure, str]:
        """Draw the times of the same runs as in the browser, on the clocks measured in PyTorch."""
        finish = float(self.finish)
        steps = {
            name: len(losses_to(finish, *lane, seed=self.seed)) - 1 for name, lane in LANES.items()
        }
        rows = {name: b if b < N else N * self.copies for name, (b, _) in LANES.items()}
        figure = Figure(figsize=(5, 3), layout="constrained")
        axes = figure.subplots()
        firsts = []
        clocks = [clock for clock in load_clocks() if clock["kind"] == "measured"]
        for clock, marker in zip(clocks, "os", strict=True):
            times = {name: k * step_seconds(clock, rows[name]) for name, k in steps.items()}
            axes.semilogx([1e3 * t for t in times.values()], list(times), marker)
            first = min(times, key=times.__getitem__)
            firsts.append(f"on the clock “{clock['name']}” {first} comes first")
        axes.legend([clock["name"] for clock in clocks])
        axes.set_xlabel(f"milliseconds to the loss {finish}")
        counts = ", ".join(f"{name}: {k:,}" for name, k in steps.items())
        sentence = f"Steps to the loss {finish}, seed {self.seed}: {counts}; {', '.join(firsts)}."
        return figure, sentence


def load_clocks() -> list[dict[str, Any]]:
    """Return what a step costs on each recorded clock: ``python -m benchmarks.clocks`` writes it.

    Returns
    -------
    list of dict
        Each with ``name``, ``kind``, ``alpha_us`` and ``beta_ns``.
    """
    record = json.loads((JS / "clocks.json").read_text(encoding="utf8"))
    clocks: list[dict[str, Any]] = record["clocks"]
    return clocks


def step_seconds(clock: dict[str, Any], rows: int) -> float:
    """Return how long a step takes [s].

    Parameters
    ----------
    clock : dict
        One of `load_clocks`.
    rows : int
        Rows that a step reads.
    """
    return 1e-6 * float(clock["alpha_us"]) + 1e-9 * float(clock["beta_ns"]) * rows


def losses_to(level: float, batch_size: int, lr: float, seed: int = 0) -> list[float]:
    """Return the losses from the start to a level, with the browser's random numbers.

    Parameters
    ----------
    level : float
        The loss.
    batch_size : int
        Rows in a minibatch, drawn without replacement in each epoch; it divides their number.
    lr : float
        The learning rate.
    seed : int
        Of the random order.

    Returns
    -------
    list of float
        After 0, 1, 2, … steps; it gives up after as many as in the browser.
    """
    most = 1000 if batch_size == N else 60_000 // batch_size
    X, target = rows_of_table()
    H, c, s = quadratic(X, target)
    uniform, w = start(seed)
    drawn = drawn_rows(uniform, N)
    losses = [float(w @ H @ w - 2 * c @ w + s) / 2]
    while losses[-1] > level and len(losses) <= most:
        rows = list(islice(drawn, batch_size))
        w -= lr * X[rows].T @ (X[rows] @ w - target[rows]) / len(rows)
        losses.append(float(w @ H @ w - 2 * c @ w + s) / 2)
    return losses
