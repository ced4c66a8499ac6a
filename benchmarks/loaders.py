"""The loader of each framework, as its users write it; JAX has none, and stacks rows itself."""

from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from typing import Any

import numpy as np


def torch_loader(tensors: Sequence[Any], batch_size: int) -> Any:
    """Return PyTorch's DataLoader.

    Parameters
    ----------
    tensors : sequence of Tensor
        Equally long.
    batch_size : int
        Examples in a minibatch.
    """
    from torch.utils.data import DataLoader, TensorDataset

    return DataLoader(TensorDataset(*tensors), batch_size, shuffle=True)


def tensorflow_loader(tensors: Sequence[Any], batch_size: int) -> Any:
    """Return a pipeline of tf.data.

    Parameters
    ----------
    tensors : sequence of Tensor
        Equally long.
    batch_size : int
        Examples in a minibatch.
    """
    import tensorflow as tf

    rows = tf.data.Dataset.from_tensor_slices(tuple(tensors))
    return rows.shuffle(len(tensors[0])).batch(batch_size)


def mxnet_loader(tensors: Sequence[Any], batch_size: int) -> Any:
    """Return Gluon's DataLoader.

    Parameters
    ----------
    tensors : sequence of ndarray
        Equally long.
    batch_size : int
        Examples in a minibatch.
    """
    from mxnet.gluon.data import ArrayDataset, DataLoader

    return DataLoader(ArrayDataset(*tensors), batch_size, shuffle=True)


class JaxLoader:
    """Fetch rows one by one and stack them.

    Parameters
    ----------
    tensors : sequence of Array
        Equally long.
    batch_size : int
        Examples in a minibatch.
    """

    def __init__(self, tensors: Sequence[Any], batch_size: int) -> None:
        self.arrays = [np.asarray(tensor) for tensor in tensors]
        self.starts = range(batch_size, len(self.arrays[0]), batch_size)

    def __iter__(self) -> Iterator[list[Any]]:
        """Yield minibatches of rows in random order."""
        from jax import numpy as jnp

        order = np.random.default_rng().permutation(len(self.arrays[0]))
        for rows in np.split(order, self.starts):
            yield [jnp.array(np.stack([a[i] for i in rows])) for a in self.arrays]


LOADERS: dict[str, Callable[[Sequence[Any], int], Any]] = {
    "torch": torch_loader,
    "tensorflow": tensorflow_loader,
    "mxnet": mxnet_loader,
    "jax": JaxLoader,
}
"""Flavour -> a function of tensors and batch size."""

TO_TENSOR: dict[str, Callable[[], Callable[[Any], Any]]] = {
    "torch": lambda: import_module("torch").from_numpy,
    "tensorflow": lambda: import_module("tensorflow").constant,
    "mxnet": lambda: import_module("mxnet").np.array,
    "jax": lambda: import_module("jax").numpy.asarray,
}
"""Flavour -> what imports the framework and returns its function that converts arrays."""
