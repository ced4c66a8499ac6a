"""The clock and the genie: the time to a loss over the batch size, and what copies do to it."""

from typing import Any

import numpy as np
from matplotlib.figure import Figure

from d2lmini.lab.piece import Piece
from d2lmini.lab.problem import constants, table_bytes
from d2lmini.lab.race import FINISH, LANES, load_clocks, step_seconds, steps_to

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
        """Draw the times of a few batch sizes, and of gradient descent on copies of the data."""
        clock = load_clocks()[0]
        sizes = [b for b, _ in LANES.values()]
        steps = [
            float(np.median([steps_to(FINISH, *lane, seed=seed) for seed in range(5)]))
            for lane in LANES.values()
        ]
        times = [k * step_seconds(clock, b) for k, b in zip(steps, sizes, strict=True)]
        copied = [steps[-1] * step_seconds(clock, sizes[-1] * copies) for copies in COPIES]
        figure = Figure(figsize=(5, 3), layout="constrained")
        axes = figure.subplots()
        axes.loglog(sizes[:-1], [1e3 * t for t in times[:-1]], "o-", label="minibatches")
        axes.loglog(
            [sizes[-1] * copies for copies in COPIES],
            [1e3 * t for t in copied],
            "D:",
            label="all rows, copied 1 to 1,000 times",
        )
        axes.legend()
        axes.set_xlabel("rows a step")
        axes.set_ylabel(f"milliseconds to the loss {FINISH}")
        best = int(np.argmin(times[:-1]))
        sentence = (
            f"With {clock['name']}, to the loss {FINISH}: of three batch sizes b = {sizes[best]} "
            f"is the fastest, {1e3 * times[best]:,.1f} ms. Gradient descent takes "
            f"{1e3 * copied[0]:,.1f} ms, and {1e3 * copied[-1]:,.1f} ms when the data is copied "
            "1,000 times. Steps are medians of five runs in NumPy."
        )
        return figure, sentence
