"""The clock and the genie: the time to a loss over the batch size, and what copies do to it."""

import json
import math
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from d2lmini.lab.bundle import JS
from d2lmini.lab.lab_run import drawn_rows, start
from d2lmini.lab.piece import Piece
from d2lmini.lab.problem import constants, quadratic, rows, table_bytes
from d2lmini.lab.race import N, load_clocks, step_seconds

PLAN: dict[str, Any] = json.loads(Path(JS / "clock" / "steps.json").read_text(encoding="utf8"))
"""The minibatches' ``sizes``; ``rates``, the highest first; how many ``seeds``; when to give up."""

COPIES = (1, 10, 100, 1000)
"""How often the picture copies the data."""


class Clock(Piece):
    """Time to a loss is steps(b) times α + βb: the best batch, and gradient descent beside it.

    The steps are measured by training in the browser. Copies of the data make each step of gradient
    descent longer and change nothing for a minibatch.

    Parameters
    ----------
    **settings
        First settings: ``clock``, ``alpha``, ``beta`` and ``copies`` as those of `Race`;
        ``level``, the loss: ``"0.25"``, ``"0.245"`` or ``"0.243"``.

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown or out of its range; also when it is set later.

    Examples
    --------
    >>> clock = Clock(clock="PyTorch, row-by-row loader", level="0.25")
    """

    module = "clock"

    @classmethod
    def data(cls) -> dict[str, Any]:
        """Return the rows of the table and their moments."""
        return {"table": table_bytes(), "constants": constants()}

    def still(self) -> tuple[Figure, str]:
        """Draw the times that the browser finds without copies, and gradient descent on copies."""
        level, clock, sizes = float(self.level), self._clock(), [*PLAN["sizes"], N]
        orders = Orders()
        steps = [fewest_steps(level, b, orders)[0] for b in sizes]
        times = [1e3 * k * step_seconds(clock, b) for k, b in zip(steps, sizes, strict=True)]
        copied = [1e3 * steps[-1] * step_seconds(clock, N * copies) for copies in COPIES]
        figure = Figure(figsize=(5, 3), layout="constrained")
        axes = figure.subplots()
        axes.loglog(sizes[:-1], times[:-1], "o-", label="minibatches")
        label = "all rows, copied 1 to 1,000 times"
        axes.loglog([N * copies for copies in COPIES], copied, "D:", label=label)
        axes.legend()
        axes.set_xlabel("rows a step")
        axes.set_ylabel(f"milliseconds to the loss {level}")
        best = int(np.argmin(times[:-1]))
        sentence = (
            f"With {clock['name']}, to the loss {level}: of the minibatches of {sizes[0]} to "
            f"{sizes[-2]} rows b = {sizes[best]} is the fastest, {_ms(times[best])} ms "
            f"({steps[best]} steps). Gradient descent takes {_ms(copied[0])} ms ({steps[-1]} "
            f"steps), and {_ms(copied[-1])} ms when the data is copied 1,000 times. Steps are "
            f"medians of {PLAN['seeds']} runs at the best of {len(PLAN['rates'])} learning rates."
        )
        return figure, sentence

    def _clock(self) -> dict[str, Any]:
        """Return the clock of the settings; the first recorded one for that of a browser."""
        own = {"name": "a clock of your own", "alpha_us": self.alpha, "beta_ns": self.beta}
        clocks = {"your own": own, **{one["name"]: one for one in load_clocks()}}
        return clocks.get(self.clock, load_clocks()[0])


class Orders:
    """The rows that the runs with all seeds draw, the weights that they begin with."""

    def __init__(self) -> None:
        generators, weights = zip(*map(start, range(PLAN["seeds"])), strict=True)
        self.weights = np.array(weights)
        self._drawn = [drawn_rows(uniform, N) for uniform in generators]
        self._rows = np.empty((PLAN["seeds"], 0), int)

    def take(self, first: int, count: int) -> Any:
        """Return some of the rows of each run.

        Parameters
        ----------
        first : int
            How many it has read.
        count : int
            How many it reads.

        Returns
        -------
        ndarray
            A row for each seed.
        """
        while self._rows.shape[1] < first + count:
            epoch = [list(islice(one, N)) for one in self._drawn]
            self._rows = np.c_[self._rows, epoch]
        return self._rows[:, first : first + count]


def fewest_steps(level: float, batch_size: int, orders: Orders) -> tuple[float, float]:
    """Return the fewest steps to a level, the median over the seeds, as the browser finds them.

    The runs with all seeds and rates are advanced together: the first rate with which half of the
    seeds have been at the level needs the fewest steps.

    Parameters
    ----------
    level : float
        The loss.
    batch_size : int
        Rows in a minibatch, which divides the number of rows.
    orders : Orders
        What the runs draw.

    Returns
    -------
    float
        The steps, infinity if no rate leads to the level.
    float
        The learning rate.
    """
    X, y = rows()
    H, c, s = quadratic(X, y)
    rates = np.array(PLAN["rates"])
    w = np.repeat(orders.weights[:, :, None], len(rates), axis=2)  # seeds, weights, rates
    reached = np.zeros((len(w), len(rates)), bool)
    most = int(min(PLAN["most_steps"], PLAN["most_rows"] / batch_size))
    with np.errstate(over="ignore", invalid="ignore"):  # a rate may be too large
        for step in range(most + 1):
            reached |= ((w * (H @ w - 2 * c[:, None])).sum(axis=1) + s) / 2 <= level
            enough = 2 * reached.sum(axis=0) > len(w)
            if enough.any():
                return step, float(rates[enough.argmax()])
            drawn = orders.take(step * batch_size, batch_size)
            inputs = X[drawn]
            errors = inputs @ w - y[drawn][:, :, None]
            w -= rates * (inputs.swapaxes(1, 2) @ errors) / batch_size
    return math.inf, 0.0


def _ms(milliseconds: float) -> str:
    """Return a number with three digits, or all before the point."""
    return f"{milliseconds:,.0f}" if milliseconds >= 1000 else f"{milliseconds:.3g}"
