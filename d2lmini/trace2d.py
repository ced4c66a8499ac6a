"""An update rule of two variables, and its path over the contours of a function."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from d2lmini._checks import check_integer, check_number
from d2lmini.plotting import plt, set_figsize


def train_2d(
    trainer: Callable[..., tuple[Any, Any, Any, Any]],
    steps: int = 20,
    f_grad: Callable[[Any, Any], tuple[Any, Any]] | None = None,
) -> list[tuple[float, float]]:
    """Apply an update rule of two variables from (-5, -2) on, and print where it ends.

    Parameters
    ----------
    trainer : callable
        ``trainer(x1, x2, s1, s2)`` or, with ``f_grad``, ``trainer(x1, x2, s1, s2, f_grad)``;
        returns the next values of the four.
    steps : int
        How many updates.
    f_grad : callable, optional
        The gradient, passed to ``trainer``.

    Returns
    -------
    list of (float, float)
        The positions, the start included: ``steps + 1`` of them.

    Raises
    ------
    TypeError, ValueError
        If ``steps`` is not an integer >= 0.
    """
    steps = check_integer("steps", steps, lowest=0)
    x1, x2, s1, s2 = -5.0, -2.0, 0.0, 0.0
    extra = () if f_grad is None else (f_grad,)
    results = [(x1, x2)]
    for _ in range(steps):
        x1, x2, s1, s2 = trainer(x1, x2, s1, s2, *extra)
        results.append((float(x1), float(x2)))
    print(f"epoch {steps}, x1: {results[-1][0]:f}, x2: {results[-1][1]:f}")
    return results


def show_trace_2d(f: Callable[[Any, Any], Any], results: Sequence[tuple[float, float]]) -> None:
    """Draw a path over the contours of a function of two variables.

    Parameters
    ----------
    f : callable
        ``f(x1, x2)``, for two arrays of one shape.
    results : sequence of (float, float)
        The path, as `train_2d` returns it.

    Raises
    ------
    TypeError, ValueError
        If ``results`` holds something else than pairs of numbers.
    """
    path = np.array([[check_number("results", x) for x in (x1, x2)] for x1, x2 in results])
    set_figsize()
    low = np.minimum([-5.5, -3.0], path.min(axis=0) - 0.5)
    high = np.maximum([1.0, 1.0], path.max(axis=0) + 0.5)
    x1, x2 = np.meshgrid(np.linspace(low[0], high[0], 90), np.linspace(low[1], high[1], 90))
    plt.contour(x1, x2, np.asarray(f(x1, x2)), colors="#0072b2", linewidths=0.9)
    plt.plot(path[:, 0], path[:, 1], "-o", color="#d55e00")
    plt.xlabel("x1")
    plt.ylabel("x2")
