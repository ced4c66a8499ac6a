"""Add up the gradient of many rows from small batches, and take one step with it."""

import numpy as np

from d2lmini.exercises._answers import (
    Wrong,
    airfoil,
    all_near,
    call,
    length,
    numbers,
    short,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

HINTS = (
    "gradient gives a mean over the rows of its batch. The step needs the mean over all rows.",
    "A batch with more rows has to count more. In 30 + 30 + 30 + 10 rows the last counts least.",
    "Multiply each batch's mean by its share of the rows, and add these products up.",
    "The share of a batch is len(part) / len(rows). Add share times gradient(w, part) to g.",
)

PRAISE = (
    "the step is that of all 100 rows, though never more than a few were held at once, and a last "
    "batch that is smaller counts by its rows. What is saved is memory, not time."
)

SOLUTION = """\
import numpy as np

from d2lmini.data import whitened_airfoil

features, y = (a.astype(float) for a in whitened_airfoil())
n = len(y)
X = np.c_[features, np.ones(n)]


def gradient(w, rows):
    return X[rows].T @ (X[rows] @ w - y[rows]) / len(rows)


def accumulated_step(w, rows, lr, size):
    g = np.zeros(6)
    for start in range(0, len(rows), size):
        part = rows[start : start + size]
        g = g + len(part) / len(rows) * gradient(w, part)
    return w - lr * g


np.random.seed(0)
w, rows = np.zeros(6), np.random.permutation(n)[:100]
wanted = w - 0.4 * gradient(w, rows)
for size in (10, 30):
    gap = np.abs(accumulated_step(w, rows, 0.4, size) - wanted).max()
    print(f"batches of {size}: off by {gap:.6f}")
"""

_LR = 0.1


def examine(names: "dict[str, Any]") -> None:
    """Raise `Wrong` if the reader's ``accumulated_step`` is wrong.

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
    rows = np.arange(0, 1500, 15)
    for size in (10, 30, 64, 100, 1):
        found, largest = _observed_step(names, rows, size)
        batches = _Batches(X, y, rows, size)
        if not all_near(found, batches.step_of_shares()):
            _explain(found, batches)
        if largest > size:
            raise Wrong(
                f"gradient was called with {largest} rows at once, but only {size} fit into the "
                "memory. Call it with part."
            )


def _observed_step(names: "dict[str, Any]", rows: "Any", size: int) -> "tuple[list[float], int]":
    """Return the new weights, and the most rows for which ``gradient`` was called."""
    shown = f"accumulated_step(w, rows, {_LR}, {size})"
    w, largest = np.ones(6) / 10, [0]
    gradient = names.get("gradient")

    def observed(*values: "Any") -> "Any":
        largest.append(len(values[1]))
        return gradient(*values)  # type: ignore[misc]

    if callable(gradient):
        names["gradient"] = observed
    try:
        found = numbers(call(names, shown, w, rows, _LR, size), 6, shown)
    finally:
        if callable(gradient):
            names["gradient"] = gradient
    if not all_near(w.tolist(), np.ones(6) / 10):
        raise Wrong(
            f"{shown} changes the w that it is given: its first weight was 0.1 and is now "
            f"{short(float(w[0]))}. Write w = w - ..., which makes a new array."
        )
    return found, max(largest)


class _Batches:
    """The small batches of some rows, their gradients, and what may be done with them."""

    def __init__(self, X: "Any", y: "Any", rows: "Any", size: int) -> None:
        self.X, self.y, self.size, self.count = X, y, size, len(rows)
        self.parts = [rows[i : i + size] for i in range(0, len(rows), size)]
        self.start = np.ones(6) / 10
        self.gradients = [self.gradient(self.start, part) for part in self.parts]

    def gradient(self, w: "Any", rows: "Any") -> "Any":
        return self.X[rows].T @ (self.X[rows] @ w - self.y[rows]) / len(rows)

    def step(self, weights: "list[float]") -> "Any":
        """Return one step with a weighted sum of the gradients."""
        g = np.zeros(6)
        for i in range(len(weights)):
            g = g + weights[i] * self.gradients[i]
        return self.start - _LR * g

    def step_of_shares(self) -> "Any":
        return self.step([len(part) / self.count for part in self.parts])

    def many_steps(self) -> "Any":
        w = self.start
        for part in self.parts:
            w = w - _LR * self.gradient(w, part)
        return w


def _explain(found: "list[float]", batches: _Batches) -> None:
    parts, size, count = batches.parts, batches.size, batches.count
    expected = batches.step_of_shares()
    moved = length([found[i] - 0.1 for i in range(6)])
    wanted = length(expected - batches.start)
    start = (
        f"With {count} rows in batches of {size} the step moves {short(moved)}, "
        f"it should move {short(wanted)}"
    )
    k, last = len(parts), len(parts[-1])
    only_last = [0.0] * (k - 1)
    only_last.append(1.0)
    full = sum(len(part) for part in parts if len(part) == size)
    fulls = [size / count if len(part) == size else 0.0 for part in parts]
    for step, reason in (
        (batches.start, "nothing has been added to g yet."),
        (batches.step([1.0] * k), f"the {k} means are added as they are. Give each its share."),
        (batches.step(only_last), "only the last batch is in it. Add to g, do not replace it."),
        (
            batches.step([last / count * weight for weight in only_last]),
            "only the last batch is in it. Add to g, do not replace it.",
        ),
        (
            batches.many_steps(),
            f"w has moved {k} times, once a batch. Move it once, after the loop.",
        ),
        (
            batches.step([1 / k] * k),
            f"the last batch has {last} rows, but counts as much as one of {size}, 1 / {k}. "
            f"Its share is {last} / {count}.",
        ),
        (
            batches.step([1 / (count // size)] * k),
            f"there are {k} batches, the last of {last} rows, but you divide by {count // size}. "
            f"The share of the last is {last} / {count}.",
        ),
        (
            batches.step([size / count] * k),
            f"each batch counts {size} / {count}, and the last has only {last} rows. "
            f"Use the rows that part holds.",
        ),
        (batches.step(fulls), f"the last {last} rows are left out."),
        (
            batches.step([weight * count / full for weight in fulls]) if full else batches.start,
            f"the last {last} rows are left out.",
        ),
    ):
        if all_near(found, step):
            raise Wrong(f"{start}: {reason}")
    raise Wrong(
        f"{start}, and the first weight should go from 0.1 to {short(float(expected[0]))}; "
        f"yours goes to {short(found[0])}. g should be the mean over all {count} rows."
    )
