"""What a minibatch is: rows light up, each with its gradient, and their mean is the step."""

from typing import Any

import numpy as np
from matplotlib.figure import Figure

from d2lmini.data import read_airfoil
from d2lmini.lab.piece import Piece
from d2lmini.lab.problem import rows, table_bytes

STILL_SIZE = 10
"""The batch size of the picture that is shown where the program cannot run."""


class Minibatch(Piece):
    """Minibatches of the airfoil table, drawn once a second, and the step that each one makes.

    All gradients are those at the first weights, zero. The program draws without replacement.

    Parameters
    ----------
    **settings
        First settings: ``batch_size`` (1 to 1500) and ``seed`` (0 to 9999).

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown or out of its range; also when it is set later.

    Examples
    --------
    >>> minibatch = Minibatch(batch_size=100)
    """

    module = "minibatch"

    @classmethod
    def data(cls) -> dict[str, Any]:
        """Return the rows of the table, the units of two columns, what all gradients are like."""
        table = read_airfoil()
        means, deviations = table.mean(axis=0).tolist(), table.std(axis=0).tolist()
        units = {"frequency": 0, "level": 5}
        return {
            "table": table_bytes(),
            "units": {name: [means[k], deviations[k]] for name, k in units.items()},
            "directions": _directions(),
        }

    @classmethod
    def still(cls) -> tuple[Figure, str]:
        """Draw one minibatch in NumPy."""
        steps, along, across = _steps()
        full = steps.mean(axis=0)
        drawn = steps[np.random.default_rng(0).choice(len(steps), STILL_SIZE, replace=False)]
        step = drawn.mean(axis=0)
        figure = Figure(figsize=(5, 3.4))
        axes = figure.subplots()
        axes.set_aspect("equal")
        for row in drawn:
            axes.plot([0, row @ along], [0, row @ across], color="#c24a00", linewidth=0.8)
        axes.plot([0, full @ along], [0, full @ across], linewidth=7, alpha=0.5, label="full")
        axes.plot([0, step @ along], [0, step @ across], color="#c24a00", linewidth=3, label="step")
        axes.set_xlabel("along the full step")
        axes.set_ylabel("across it")
        axes.legend()
        length, size = np.linalg.norm(full), np.linalg.norm(step)
        angle = np.degrees(np.arccos(step @ full / (size * length)))
        sentence = (
            f"The gradients of {STILL_SIZE} rows drawn in NumPy, and their mean, the step: it is "
            f"{size / length:.2f} times as long as the full step and {angle:.0f} degrees off "
            "its direction. The program itself draws other random numbers."
        )
        return figure, sentence


def _steps() -> tuple[Any, Any, Any]:
    """Return each row's negative gradient at zero, and the two directions that are drawn."""
    X, target = rows()
    steps = X * target[:, None]
    full = steps.mean(axis=0)
    along = full / np.linalg.norm(full)
    others = steps - (steps @ along)[:, None] * along
    across = np.linalg.eigh(np.cov(others.T))[1][:, -1]
    return steps, along, across * np.sign(across[0])  # the same one on every machine


def _directions() -> dict[str, Any]:
    """Return the directions, the full step's length, and how single rows spread around it."""
    steps, along, across = _steps()
    (xx, xy), (_, yy) = np.cov((steps @ np.c_[along, across]).T, bias=True).tolist()
    return {
        **{"along": along.tolist(), "across": across.tolist(), "covariance": [xx, xy, yy]},
        "length": float(np.linalg.norm(steps.mean(axis=0))),
        "variance": float(steps.var(axis=0).sum()),
    }
