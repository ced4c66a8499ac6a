"""Draw the rows of each step with replacement, and see how many of them an epoch reads."""

import numpy as np

from d2lmini.exercises._answers import Wrong, airfoil, all_near, call, numbers, short

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

HINTS = (
    "A shuffled order holds each row once. Here a row that was drawn can be drawn again.",
    "Every step needs b numbers from 0 to n - 1, each independent of all the others.",
    "np.random.randint(low, high, size) draws such numbers; high itself is not drawn.",
    "In the loop, let rows be size b from np.random.randint, with low 0 and high n.",
)

PRAISE = (
    "about 950 of 1500 rows are seen. Each is missed with probability (1 - 1/n)^n, which is near "
    "1/e, so 37 % are missed in an epoch, and others are read twice or more."
)

SOLUTION = '''\
import numpy as np

from d2lmini.data import whitened_airfoil

features, y = (a.astype(float) for a in whitened_airfoil())
n = len(y)
X = np.c_[features, np.ones(n)]


def epoch(lr, b):
    """One epoch of SGD: the weights, and the rows that were read."""
    w, read = np.zeros(6), []
    for start in range(0, n, b):
        rows = np.random.randint(0, n, b)
        w = w - lr * X[rows].T @ (X[rows] @ w - y[rows]) / b
        read += rows.tolist()
    return w, read


np.random.seed(0)
w, read = epoch(0.05, 10)
print(f"loss {((X @ w - y) ** 2).mean() / 2:.4f}, ", end="")
print(f"{len(set(read))} of {n} rows seen")
'''

_LR, _EPOCHS = 0.01, 20


def examine(names: "dict[str, Any]") -> None:
    """Raise `Wrong` if the reader's ``epoch`` is wrong.

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
    w, read = _epoch(names, n, 10)
    _check_small_steps(read, n, 10)
    if _epoch(names, n, 10)[1] == read:
        raise Wrong(
            f"Two epochs drew the same {n} rows in the same order. "
            "Set the seed once, outside of the function."
        )
    half = n // 2
    _check_large_steps([_epoch(names, n, half)[1] for _ in range(_EPOCHS)], n, half)
    expected = _weights(X, y, read, 10)
    if not all_near(w, expected):
        raise Wrong(
            "The weights do not come from the rows in read: the first weight is "
            f"{short(w[0])}, by those rows it should be {short(float(expected[0]))}. "
            "Draw once in a step, and use these rows three times: for X, for y and for read."
        )


def _epoch(names: "dict[str, Any]", n: int, b: int) -> "tuple[list[float], list[int]]":
    shown = f"epoch({_LR}, {b})"
    value = call(names, shown, _LR, b)
    if not isinstance(value, (tuple, list)) or len(value) != 2:
        raise Wrong(f"{shown} should return two things, w and read, as the start does.")
    w, read = value
    count = len(read) if hasattr(read, "__len__") or isinstance(read, list) else 0
    if count != n:
        raise Wrong(
            f"{shown} reads {count} rows, it should read {n}: {n // b} steps of {b} rows each."
        )
    rows = [int(row) for row in read]
    if min(rows) < 0 or max(rows) >= n:
        raise Wrong(
            f"{shown} draws rows from {min(rows)} to {max(rows)}, they should be 0 to {n - 1}."
        )
    return numbers(w, 6, f"w of {shown}"), rows


def _weights(X: "Any", y: "Any", read: "list[int]", b: int) -> "Any":
    w = np.zeros(6)
    for start in range(0, len(read), b):
        rows = np.array(read[start : start + b])
        w = w - _LR * X[rows].T @ (X[rows] @ w - y[rows]) / b
    return w


def _check_small_steps(read: "list[int]", n: int, b: int) -> None:
    """See that an epoch neither shuffles, nor repeats itself, nor draws from neighbours only."""
    seen = len(set(read))
    usual = round(n * (1 - (1 - 1 / n) ** n))
    if seen == n:
        raise Wrong(
            f"The epoch sees all {n} rows, each once: this is still the shuffled order. "
            f"With replacement it sees about {usual} of them."
        )
    if seen <= 2 * b:
        raise Wrong(
            f"The {n // b} steps of the epoch read only {seen} rows, again and again. Draw anew "
            f"in each step, from all {n} rows; then about {usual} of them are seen."
        )
    steps = [read[i : i + b] for i in range(0, n, b)]
    narrow = [rows for rows in steps if max(rows) - min(rows) < n // 3]
    if len(narrow) > len(steps) // 2:
        raise Wrong(
            f"The {b} rows of a step lie close together, in the first one from "
            f"{min(steps[0])} to {max(steps[0])}. Each row should be drawn from all {n}."
        )


def _check_large_steps(epochs: "list[list[int]]", n: int, b: int) -> None:
    """See that a step can hold a row twice, and that all rows are equally likely."""
    distinct = len(set(epochs[0][:b]))
    if distinct == b:
        usual = round(n * (1 - (1 - 1 / n) ** b))
        raise Wrong(
            f"At b = {b} a step holds {b} different rows: within a step you still draw without "
            f"replacement. With replacement about {usual} of the {b} are different."
        )
    times = [0] * n
    for read in epochs:
        for row in read:
            times[row] += 1
    total = len(epochs) * n
    for row in (0, n - 1):
        if times[row] == 0:
            raise Wrong(
                f"Row {row} was never drawn in {total} draws, it should come about "
                f"{len(epochs)} times. The rows go from 0 to {n - 1}, and the upper end of "
                "randint is not drawn."
            )
    tenth = n // 10
    for first in range(0, n, tenth):
        drawn = sum(times[first : first + tenth])
        # Six standard deviations of an honest draw
        if abs(drawn - total / 10) > 6 * (total * 0.09) ** 0.5:
            raise Wrong(
                f"Not all rows are equally likely: rows {first} to {first + tenth - 1} came "
                f"{drawn} times in {total} draws, it should be about {total // 10}."
            )
