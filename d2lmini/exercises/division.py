"""Find the fault: a step that is right for b = 1 and too small for every larger minibatch."""

import numpy as np

from d2lmini.exercises._answers import (
    Wrong,
    airfoil,
    all_near,
    call,
    length,
    near,
    numbers,
    short,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

HINTS = (
    "The larger b is, the less is learned, and at b = 1 nothing is wrong. What depends on b?",
    "Follow the sum over the rows, from gradient to step. What is it divided by on its way?",
    "The gradient is an average already when step gets it. Look at the end of both return lines.",
    "Keep the division by len(rows) in gradient, and take the one in step away.",
)

PRAISE = (
    "the gradient is averaged once, and two epochs end near the same loss for all three b. "
    "Before, the rate was b times too small: no error was raised, only less was learned."
)

SOLUTION = """\
import numpy as np

from d2lmini.data import whitened_airfoil

features, y = (a.astype(float) for a in whitened_airfoil())
n = len(y)
X = np.c_[features, np.ones(n)]


def gradient(w, rows):
    return X[rows].T @ (X[rows] @ w - y[rows]) / len(rows)


def step(w, rows, lr):
    return w - lr * gradient(w, rows)


np.random.seed(0)
for lr, b in ((0.005, 1), (0.05, 10), (0.4, 100)):
    w = np.zeros(6)
    for epoch in range(2):
        order = np.random.permutation(n)
        for start in range(0, n, b):
            w = step(w, order[start : start + b], lr)
    print(f"b = {b}: loss {((X @ w - y) ** 2).mean() / 2:.4f}")
"""

_LR = 0.05


def examine(names: "dict[str, Any]") -> None:
    """Raise `Wrong` if the reader's ``step`` is wrong.

    Parameters
    ----------
    names : dict
        The global names of the reader's code.

    Raises
    ------
    Wrong
        With what is wrong, and what it should be.
    """
    X, y = airfoil()
    n = len(y)
    for b in (10, 100, 1, n):
        rows = np.arange(0, n, n // b)  # the table is sorted: these are spread over all of it
        shown = f"step(w, rows, {_LR})"
        w = np.zeros(6)
        found = numbers(call(names, shown, w, rows, _LR), 6, shown)
        expected = _LR * X[rows].T @ y[rows] / b
        if not all_near(found, expected):
            _explain(found, expected, b, n)
    w = np.ones(6) / 10
    expected = w - _LR * X[rows].T @ (X[rows] @ w - y[rows]) / len(rows)
    moved = numbers(call(names, shown, w, rows, _LR), 6, shown)
    if not all_near(moved, expected):
        raise Wrong(
            "The step from w = 0 is right, but from w = 0.1 (all six) the first weight goes to "
            f"{short(moved[0])}, it should go to {short(float(expected[0]))}."
        )


def _explain(found: "list[float]", expected: "Any", b: int, n: int) -> None:
    moved, wanted = length(found), length(expected)
    ratio = sum(found[i] * float(expected[i]) for i in range(6)) / wanted**2
    start = f"at b = {b} the first step moves {short(moved)}, it should move {short(wanted)}"
    if not near(abs(ratio) * wanted, moved):
        raise Wrong(
            f"Your step has another direction: at b = {b} the first weight changes by "
            f"{short(found[0])} and the last by {short(found[5])}, it should be "
            f"{short(float(expected[0]))} and {short(float(expected[5]))}."
        )
    if ratio < 0 and moved > 0:
        raise Wrong(
            f"Your step goes up the gradient: at b = {b} the first weight changes by "
            f"{short(found[0])}, it should be {short(float(expected[0]))}. Subtract the step."
        )
    if b != 10 and ratio > 0:
        raise Wrong(
            f"Your step is right at b = 10, but {start}. "
            "Divide by the number of rows that the step gets, not by a fixed number."
        )
    for factor, reason in (
        (0, "Your step does not move w"),
        (1 / b, "Your step divides by b twice"),
        (b, "Your step does not divide by b any more, one division has to stay"),
        (1 / n, "Your step divides by b and by n, once by b is enough"),
        (b / n, "Your step divides by n, the mean is over the b rows of the minibatch"),
        (b**-0.5, "Your step divides by b and by its root, once by b is enough"),
        (b**0.5, "Your step divides by the root of b"),
    ):
        if abs(ratio - factor) < 1e-6:
            raise Wrong(f"{reason}: {start}.")
    raise Wrong(f"Your step is {short(ratio)} times as long as it should be: {start}.")
