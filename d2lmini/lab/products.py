"""Four ways to multiply two matrices, as squares that fill at the speeds that were measured."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import traitlets
from matplotlib.figure import Figure

from d2lmini._checks import check_integer, check_positive
from d2lmini.lab.piece import Piece
from d2lmini.timer import median_time

WAYS = ("element", "column", "block of 64", "full")
"""The ways, by the names that the notebook gives them."""


class Products(Piece):
    """Squares that fill in as many calls, and at the relative speeds, as four ways to multiply.

    Parameters
    ----------
    seconds : mapping, optional
        How long one product took in each way: ``"element"`` by element, ``"column"`` by column,
        ``"block of 64"`` columns, and in ``"full"``. Without it, NumPy is measured here and now.
    n : int
        The number of rows and of columns of the matrices that were multiplied.
    **settings
        First settings: ``second``, which way takes one second: ``"the fastest"``,
        ``"the second"``, ``"the third"`` or ``"the slowest"``.

    Raises
    ------
    TypeError, ValueError
        If a way is missing or unknown, a time is no finite number above zero, ``n`` is no integer
        above zero, or a setting is not allowed.

    Examples
    --------
    >>> seconds = {"element": 0.7, "column": 0.015, "block of 64": 0.0005, "full": 0.0003}
    >>> products = Products(seconds, second="the third")
    """

    module = "products"
    handed = ("seconds", "n")

    seconds = traitlets.Dict().tag(sync=True)
    n = traitlets.Int().tag(sync=True)

    def __init__(
        self, seconds: Mapping[str, float] | None = None, n: int = 256, **settings: Any
    ) -> None:
        n = check_integer("n", n)
        measured = measure(n) if seconds is None else seconds
        if set(measured) != set(WAYS):
            raise ValueError(f"seconds={measured!r}: must have the keys {', '.join(WAYS)}")
        times = {way: check_positive(f"seconds[{way!r}]", measured[way]) for way in WAYS}
        super().__init__(seconds=times, n=n, **settings)

    def still(self) -> tuple[Figure, str]:
        """Draw the four times."""
        figure = Figure(figsize=(5, 2))
        axes = figure.subplots()
        axes.barh(WAYS, [self.seconds[way] for way in WAYS], color="#0072b2")
        axes.invert_yaxis()
        axes.set_xscale("log")
        axes.set_xlabel("time of one product [s]")
        times = ", ".join(f"{way} {1e3 * self.seconds[way]:.3g} ms" for way in WAYS)
        ratio = max(self.seconds.values()) / min(self.seconds.values())
        sentence = (
            f"The measured times of one product of two {self.n} by {self.n} matrices: {times}. "
            f"The slowest took {ratio:,.0f} times as long as the fastest."
        )
        return figure, sentence


def measure(n: int = 256) -> dict[str, float]:
    """Measure the four ways in NumPy.

    Parameters
    ----------
    n : int
        The number of rows and of columns.

    Returns
    -------
    dict
        The median time of a product in each way, in seconds.
    """
    rng = np.random.default_rng(0)
    B, C = rng.standard_normal((2, n, n), dtype=np.float32)
    A = np.zeros_like(B)

    def by_element() -> None:
        for i in range(n):
            for j in range(n):
                A[i, j] = B[i, :] @ C[:, j]

    def by_columns(size: int) -> None:
        for j in range(0, n, size):
            A[:, j : j + size] = B @ C[:, j : j + size]

    def by_column() -> None:
        for j in range(n):
            A[:, j] = B @ C[:, j]

    ways = (by_element, by_column, lambda: by_columns(64), lambda: np.matmul(B, C, out=A))
    return {name: median_time(way) for name, way in zip(WAYS, ways, strict=True)}
