"""Complete the training loop with momentum: the velocity v = m v + g, and the step w - lr v."""

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
    "Two things have to change: what the loop remembers from step to step, and what w moves by.",
    "The velocity v keeps a share m of its old value, and the new gradient is added to it.",
    "The gradient g is added whole, without a factor. Update v first, then let w use the new v.",
    "The new line is v = m * v + g, and in the line below it v takes the place of g.",
)

PRAISE = (
    "with m = 0.9 a gradient moves w by lr (1 + 0.9 + 0.81 + ...) g = 10 lr g in the end. "
    "So the rate of 0.005 goes about as far as 0.05 does without momentum."
)

SOLUTION = """\
import numpy as np

from d2lmini.data import whitened_airfoil

features, y = (a.astype(float) for a in whitened_airfoil())
n = len(y)
X = np.c_[features, np.ones(n)]


def train(lr, b, m, epochs=1):
    np.random.seed(0)
    w, v = np.zeros(6), np.zeros(6)
    for epoch in range(epochs):
        order = np.random.permutation(n)
        for start in range(0, n, b):
            rows = order[start : start + b]
            g = X[rows].T @ (X[rows] @ w - y[rows]) / len(rows)
            v = m * v + g
            w = w - lr * v
    return w


for lr, m in ((0.005, 0), (0.005, 0.9), (0.05, 0)):
    w = train(lr, 10, m)
    loss = ((X @ w - y) ** 2).mean() / 2
    print(f"lr = {lr}, m = {m}: loss {loss:.4f}")
"""

_LR, _M = 0.3, 0.8


def examine(names: "dict[str, Any]") -> None:
    """Raise `Wrong` if the reader's ``train`` is wrong.

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
    # All rows in each step: the order of the rows then makes no difference.
    paths = [_path(names, n, _M, epochs) for epochs in (1, 2, 4)]
    first = -(X.T @ y) / n
    _check_first_step(paths[0], first)
    _check_second_step(names, X, y, paths)
    w, v = 0 * first, 0 * first
    for _ in range(4):
        v = _M * v + X.T @ (X @ w - y) / n
        w = w - _LR * v
    if not all_near(paths[2], w):
        raise Wrong(
            f"The first two steps are right, but not the four of train({_LR}, {n}, {_M}, 4): "
            f"they lead to a loss of {short(_loss(X, y, paths[2]))}, "
            f"it should be {short(_loss(X, y, w))}."
        )
    _check_three_batches(names, X, y)


def _path(names: "dict[str, Any]", b: int, m: float, epochs: int) -> "list[float]":
    arguments = f"{_LR}, {b}, {m}" if epochs == 1 else f"{_LR}, {b}, {m}, {epochs}"
    shown = f"train({arguments})"
    values = (_LR, b, m) if epochs == 1 else (_LR, b, m, epochs)
    return numbers(call(names, shown, *values), 6, shown)


def _loss(X: "Any", y: "Any", w: "Any") -> float:
    error = sum(X[:, i] * float(w[i]) for i in range(6)) - y
    return float((error * error).mean() / 2)


def _check_first_step(w: "list[float]", gradient: "Any") -> None:
    """Compare with -lr g: v starts at zero, so the first step is that of plain SGD."""
    expected = -_LR * gradient
    if all_near(w, expected):
        return
    moved, wanted = length(w), length(expected)
    start = (
        f"At lr = {_LR}, m = {_M} the first step moves {short(moved)}, "
        f"it should move {short(wanted)}"
    )
    ratio = sum(w[i] * float(expected[i]) for i in range(6)) / wanted**2
    if not near(abs(ratio) * wanted, moved):
        raise Wrong(f"{start}, against the gradient: v starts at zero, so v = g.")
    if near(ratio, -1):
        raise Wrong(
            f"At lr = {_LR}, m = {_M} the first step changes the first weight by {short(w[0])}, "
            f"it should be {short(float(expected[0]))}: w moves up the gradient. Subtract the step."
        )
    for factor, reason in (
        (0, "v is still zero when w uses it. Update v before w."),
        (1 - _M, "the gradient is multiplied by 1 - m. Here v = m v + g takes it whole."),
        (_M, "the new gradient is multiplied by m, too. Only the old v is."),
        (
            1 + _M,
            "the gradient comes in twice, once with the factor m. Add it once, to v.",
        ),
        (1 / _LR, "the learning rate is missing. The step is lr times v."),
        (_LR, "the learning rate comes in twice. Multiply by lr in one of the two lines."),
    ):
        if abs(ratio - factor) < 1e-6:
            raise Wrong(f"{start}: {reason}")
    raise Wrong(f"{start}: v starts at zero, so the first step is lr times g.")


def _check_second_step(
    names: "dict[str, Any]", X: "Any", y: "Any", paths: "list[list[float]]"
) -> None:
    """Find the factor with which the first gradient comes back in the second step."""
    n = len(y)
    g0 = -(X.T @ y) / n
    w1 = -_LR * g0
    g1 = X.T @ (X @ w1 - y) / n
    if all_near(paths[1], w1 - _LR * (_M * g0 + g1)):
        return
    left = [(float(w1[i]) - paths[1][i]) / _LR - float(g1[i]) for i in range(6)]
    factor = sum(left[i] * float(g0[i]) for i in range(6)) / length(g0) ** 2
    start = (
        f"At m = {_M} the second step should hold the first gradient with the factor {_M}, "
        f"yours has {short(factor)}"
    )
    if abs(factor) < 1e-9:
        b = n // 3
        if not all_near(_path(names, b, _M, 1), _path(names, b, 0, 1)):
            raise Wrong(
                f"{start} when the two steps are two epochs: v is set to zero in each epoch. "
                "Set it once, before the loops."
            )
        with_momentum = w1 - _LR * (_M * g0 + g1)
        raise Wrong(
            f"{start}: the momentum m has no effect yet. Two steps lead to a loss of "
            f"{short(_loss(X, y, paths[1]))}; with momentum it is "
            f"{short(_loss(X, y, with_momentum))}."
        )
    if near(factor, 1):
        raise Wrong(f"{start}: v keeps all of its old value. Multiply the old v by m.")
    if near(factor, -_M):
        raise Wrong(f"{start}: m v is added, not subtracted.")
    raise Wrong(f"{start}. The velocity is m times the old v, and the new gradient.")


def _check_three_batches(names: "dict[str, Any]", X: "Any", y: "Any") -> None:
    """See that each minibatch has its step; this needs the order of the rows of the start."""
    n = len(y)
    b = n // 3
    found = _path(names, b, _M, 1)
    np.random.seed(0)  # noqa: NPY002 - as the reader's cell does
    order = np.random.permutation(n)  # noqa: NPY002
    w, v = np.zeros(6), np.zeros(6)
    for start in range(0, n, b):
        rows = order[start : start + b]
        v = _M * v + X[rows].T @ (X[rows] @ w - y[rows]) / b
        w = w - _LR * v
    if not all_near(found, w):
        raise Wrong(
            f"With all rows in a step it is right, but train({_LR}, {b}, {_M}), three steps, "
            f"leads to a loss of {short(_loss(X, y, found))}, it should be "
            f"{short(_loss(X, y, w))}. Do both lines stand in the inner loop, and is the "
            "shuffling as it was?"
        )
