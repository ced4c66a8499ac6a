"""A simulated cache: what the order of a matrix product costs, on every machine."""

from collections.abc import Iterator

from matplotlib.figure import Figure

from d2lmini.lab.piece import Piece
from d2lmini.lab.settings import load_table

ORDERS = ("elements", "columns", "rows", "blocks")


class Cache(Piece):
    """The cache misses of A = B C, for four orders of the same products.

    The cache is simulated: it is fully associative, and the line that was not used for the longest
    time makes room for a new one. The reader plays an order touch by touch, and compares the misses
    of all four.

    Parameters
    ----------
    **settings
        First settings: ``order`` (``"elements"``, ``"columns"``, ``"rows"`` or ``"blocks"``),
        ``size`` of the matrices (4 to 24), ``line_size``, the numbers in a cache line (1 to 8),
        ``num_lines`` of the cache (4 to 64), ``block_size`` (1 to 24), and ``speed`` (``"slow"``,
        ``"medium"`` or ``"fast"``).

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown or out of its range; also when it is set later.

    Examples
    --------
    >>> cache = Cache(order="blocks", block_size=8)
    >>> cache.num_lines = 32
    """

    module = "cache"

    @classmethod
    def still(cls) -> tuple[Figure, str]:
        """Draw the misses of the four orders at the first settings."""
        defaults = {name: one["default"] for name, one in load_table(cls.module).items()}
        sizes = [defaults[name] for name in ("size", "line_size", "num_lines", "block_size")]
        misses = {order: count_misses(order, *sizes) for order in ORDERS}
        figure = Figure(figsize=(5, 2.2))
        axes = figure.subplots()
        axes.barh(list(misses), list(misses.values()))
        axes.invert_yaxis()
        axes.set_xlabel("cache misses")
        listed = ", ".join(f"{order} {count:,}" for order, count in misses.items())
        n, line_size, num_lines, block_size = sizes
        sentence = (
            f"Misses of a simulated cache of {num_lines} lines of {line_size} numbers in a product "
            f"of {n} × {n} matrices, blocks of {block_size}: {listed}."
        )
        return figure, sentence


def count_misses(order: str, n: int, line_size: int, num_lines: int, block_size: int) -> int:
    """Return how often a matrix product touches a number whose line is not in the cache.

    Parameters
    ----------
    order : str
        One of `ORDERS`.
    n : int
        Rows and columns of the matrices.
    line_size : int
        Numbers in a cache line.
    num_lines : int
        Lines in the cache.
    block_size : int
        Rows and columns of a block.

    Returns
    -------
    int
    """
    cache: list[tuple[str, int]] = []  # the line that was used last comes last
    misses = 0
    for matrix, row, column in _touches(order, n, block_size):
        line = (matrix, (row * n + column) // line_size)
        if line in cache:
            cache.remove(line)
        else:
            misses += 1
        cache = [*cache, line][-num_lines:]
    return misses


def _touches(order: str, n: int, block_size: int) -> Iterator[tuple[str, int, int]]:
    """Yield the matrix, row and column of each number that is touched."""
    whole = range(n)
    if order == "rows":
        for i in whole:
            for k in whole:
                yield ("B", i, k)
                for j in whole:
                    yield from (("C", k, j), ("A", i, j))
        return
    starts = range(0, n, block_size)
    parts = [range(start, min(start + block_size, n)) for start in starts]
    sums = {
        "elements": [(i, j, whole) for i in whole for j in whole],
        "columns": [(i, j, whole) for j in whole for i in whole],
        "blocks": [
            (i, j, part)
            for rows in parts
            for columns in parts
            for part in parts
            for i in rows
            for j in columns
        ],
    }
    for i, j, part in sums[order]:
        for k in part:
            yield from (("B", i, k), ("C", k, j))
        yield ("A", i, j)
