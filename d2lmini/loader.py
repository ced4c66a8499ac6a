"""Minibatches of arrays that are held in memory."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from d2lmini._checks import check_integer, check_lengths

CHUNK = 4096
"""Rows that are permuted at once, as far as whole minibatches allow."""

PIECE = 2048
"""Rows whose loss is evaluated at once, to bound the memory it takes."""


class ArrayLoader:
    """Minibatches of equally long arrays, in a new random order every time it is iterated.

    Many rows are permuted at once and then sliced, so that a minibatch costs a view and not a copy
    of each of its rows. This class takes NumPy arrays, and its order comes from NumPy's global
    generator. The frameworks override how rows are permuted, taken and split.

    Parameters
    ----------
    tensors : sequence of arrays
        One or more, with the same number of rows.
    batch_size : int
        Rows in a minibatch; the last minibatch of an epoch may be shorter.
    is_shuffled : bool
        Whether the order is random; otherwise the rows come in the order of the arrays.

    Attributes
    ----------
    tensors : tuple of arrays
    batch_size : int
    is_shuffled : bool
    num_examples : int

    Raises
    ------
    TypeError, ValueError
        If the arrays differ in length or are empty, or ``batch_size`` is not an integer >= 1.
    """

    def __init__(self, tensors: Sequence[Any], batch_size: int, is_shuffled: bool) -> None:
        self.tensors = tuple(tensors)
        self.num_examples = check_lengths("data_arrays", self.tensors)
        self.batch_size = check_integer("batch_size", batch_size)
        self.is_shuffled = is_shuffled

    def __len__(self) -> int:
        """Return the number of minibatches, a short last one included."""
        return -(-self.num_examples // self.batch_size)

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        """Yield the minibatches of one epoch."""
        size = min(self.batch_size, self.num_examples)  # frameworks take no huge integers
        for chunk in self._chunks(size):
            yield from zip(*(self._split(array, size) for array in chunk), strict=True)

    def in_order(self) -> Iterator[tuple[Any, ...]]:
        """Yield all rows in the order of the arrays, `PIECE` at a time."""
        for start in range(0, self.num_examples, PIECE):
            yield tuple(array[start : start + PIECE] for array in self.tensors)

    def _chunks(self, batch_size: int) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of one epoch in their order, several minibatches at a time."""
        size = max(1, CHUNK // batch_size) * batch_size
        order = self._permutation() if self.is_shuffled else None
        for start in range(0, self.num_examples, size):
            rows = slice(start, start + size)
            if order is None:
                yield tuple(array[rows] for array in self.tensors)
            else:
                # Slicing takes some frameworks longer than fetching the rows.
                drawn = order if size >= self.num_examples else order[rows]
                yield tuple(self._take(array, drawn) for array in self.tensors)

    def _permutation(self) -> Any:
        return np.random.permutation(self.num_examples)  # noqa: NPY002 (np.random.seed repeats it)

    def _take(self, array: Any, rows: Any) -> Any:
        return array[rows]

    def _split(self, array: Any, size: int) -> Sequence[Any]:
        return [array[start : start + size] for start in range(0, len(array), size)]
