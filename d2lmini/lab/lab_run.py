"""The lab's run in NumPy: the same numbers as in the browser, to rounding."""

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from d2lmini.lab import problem
from d2lmini.lab.settings import load_table

STEPS_PER_EPOCH = 30
"""Steps for each epoch of the setting ``num_epochs``, where all runs have the same steps."""

_MASK = 2**32 - 1


def seeded_random(seed: int) -> Callable[[], float]:
    """Return the generator of uniform numbers that the browser's program uses.

    Parameters
    ----------
    seed : int

    Returns
    -------
    callable
        Mulberry32, by Tommy Ettinger.
    """
    state = seed & _MASK

    def uniform() -> float:
        nonlocal state
        state = (state + 0x6D2B79F5) & _MASK
        t = ((state ^ (state >> 15)) * (state | 1)) & _MASK
        t ^= (t + ((t ^ (t >> 7)) * (t | 61) & _MASK)) & _MASK
        return (t ^ (t >> 14)) / 2**32

    return uniform


def start(seed: int) -> tuple[Callable[[], float], problem.Array]:
    """Return the generator of a run, and the weights that the run begins with.

    Parameters
    ----------
    seed : int

    Returns
    -------
    callable
        It has already made the weights.
    ndarray
        Five weights from N(0, 0.01²), and a bias of 0.
    """
    uniform = seeded_random(seed * 2654435761 + 1)
    w = np.zeros(6)
    for i in range(5):
        w[i] = 0.01 * math.sqrt(-2 * math.log(1 - uniform())) * math.cos(2 * math.pi * uniform())
    return uniform, w


def drawn_rows(uniform: Callable[[], float], n: int) -> Iterator[int]:
    """Yield the rows that minibatches are cut from, in a new random order in each epoch.

    Parameters
    ----------
    uniform : callable
        What `start` returns.
    n : int
        The number of rows; the batch size has to divide it.

    Yields
    ------
    int
    """
    order = list(range(n))
    while True:
        for i in range(n):
            _draw(order, i, 1, n, uniform, replacement=False)
            yield order[i]


def losses(settings: dict[str, Any]) -> tuple[list[int], list[float]]:
    """Train as the lab does; where it gives all runs the same time, with the same examples.

    Parameters
    ----------
    settings : dict
        All settings of the lab.

    Returns
    -------
    list of int
        How many examples had been read at each step, from 0 on.
    list of float
        The losses over all rows.
    """
    X, y = problem.rows()
    H, c, s = problem.quadratic(X, y)
    w, v = _start(settings), np.zeros(6)
    examples, values = [0], [float(w @ H @ w - 2 * c @ w + s) / 2]
    for rows, lr in _minibatches(settings, len(y)):
        v = settings["momentum"] * v + X[rows].T @ (X[rows] @ w - y[rows]) / len(rows)
        w = w - lr * v
        examples.append(examples[-1] + len(rows))
        values.append(float(w @ H @ w - 2 * c @ w + s) / 2)
        if not values[-1] < 1e6:
            break
    return examples, values


def _start(settings: dict[str, Any]) -> problem.Array:
    names = load_table("lab")["across"]["options"]
    w = np.zeros(6)
    w[names.index(settings["across"])] = settings["start_across"]
    w[names.index(settings["up"])] = settings["start_up"]
    return w


def _minibatches(settings: dict[str, Any], n: int) -> Iterator[tuple[list[int], float]]:
    """Yield the rows and the learning rate of each step."""
    uniform, _ = start(settings["seed"])  # the lab's settings say where it begins
    size = n * settings["copies"]
    steps = settings["num_epochs"] * STEPS_PER_EPOCH if settings["budget"] == "steps" else math.inf
    left = math.inf if settings["budget"] == "steps" else settings["num_epochs"] * n
    order = [i % n for i in range(size)]
    epoch, taken = 0, 0
    while True:
        factor = 10**epoch
        lr = settings["lr"] / factor if settings["decay"] else settings["lr"]
        b = min(settings["batch_size"] * (factor if settings["grow"] else 1), size)
        for first in range(0, size, b):
            if taken >= steps or left <= 0:
                return
            count = int(min(b, size - first, left))
            if count < size or settings["replacement"]:
                _draw(order, first, count, n, uniform, settings["replacement"])
            yield order[first : first + count], lr
            taken, left = taken + 1, left - count
        epoch += 1


def _draw(
    order: list[int],
    first: int,
    count: int,
    n: int,
    uniform: Callable[[], float],
    replacement: bool,
) -> None:
    """Choose the next rows of an epoch, in place."""
    for i in range(first, first + count):
        if replacement:
            order[i] = math.floor(uniform() * n)
            continue
        j = i + math.floor(uniform() * (len(order) - i))
        order[i], order[j] = order[j], order[i]
