"""What the texts of `tests.fuzz.values` mean in each framework."""

import importlib
import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

NAMES = ("plain", "torch", "jax", "tensorflow", "mxnet")
"""The part of the package without a framework, and the frameworks."""


@dataclass
class Flavour:
    """A framework, in the words that the fuzz needs."""

    name: str
    array: Callable[[Any], Any]
    seed: Callable[[int], Any]
    loader: Callable[..., Any]
    concise: Any
    rate: str
    start: Callable[[int], Any]
    """The initial weights of a run."""
    parameter: Callable[[Any, Any], Any]
    """A parameter with its gradient, as `sgd` of the framework finds them."""
    cpu: Any = None
    """The device that every machine has."""
    draw: Callable[..., Any] | None = None
    """Random numbers by the framework's function, a mean, a deviation and a shape."""
    d2l: Any = None

    def namespace(self) -> dict[str, Any]:
        """Return the names that texts of arguments use."""
        names = {"np": np, "math": math, "Fraction": Fraction, "Decimal": Decimal}
        names |= {"normal": normal, "spoilt": spoilt, "frozen": frozen, "d2l": self.d2l}
        own = ("array", "loader", "concise", "parameter", "cpu", "recorded")
        return names | {k: getattr(self, k) for k in own}

    def recorded(self, *arguments: Any) -> Any:
        """Take a step of `sgd`, and append to the states that it was taken."""
        *tensors, states, hyperparams = arguments
        states.append(1)
        return self.d2l.sgd(*tensors, None, hyperparams)


def load(name: str) -> Flavour:
    """Return a flavour, whose framework is imported now."""
    flavour = {"plain": _plain, "torch": _torch, "jax": _jax}.get(name)
    flavour = flavour or {"tensorflow": _tensorflow, "mxnet": _mxnet}[name]
    found = flavour()
    found.d2l = importlib.import_module("d2lmini" + (f".{name}" if name != "plain" else ""))
    return found


def normal(seed: int, shape: tuple[int, ...], kind: str) -> Any:
    """Return numbers around 0; whole types get about -20 to 20, or 0 to 20 without a sign."""
    drawn = np.random.default_rng(seed).normal(size=shape)
    if np.dtype(kind).kind in "iu":
        drawn = np.round(10 * (drawn if np.dtype(kind).kind == "i" else abs(drawn)))
    return np.asarray(drawn).astype(kind)


def spoilt(array: Any, value: float) -> Any:
    """Return an array with another first number."""
    array.flat[:1] = value
    return array


def frozen(array: Any) -> Any:
    """Return an array that cannot be written to."""
    array.setflags(write=False)
    return array


def as_numpy(value: Any) -> Any:
    """Return a tensor, variable or array of any framework as a NumPy array."""
    if hasattr(value, "asnumpy"):
        return value.asnumpy()
    if hasattr(value, "detach"):
        value = value.detach().resolve_conj().resolve_neg().numpy()
    return np.array(value)


def _nothing(*_: Any) -> None:
    return None


def _plain() -> Flavour:
    return Flavour(
        name="plain",
        array=np.asarray,
        seed=np.random.seed,
        loader=_nothing,
        concise=None,
        rate="",
        start=_nothing,
        parameter=_nothing,
    )


def _torch() -> Flavour:
    import torch
    from torch.utils.data import DataLoader, TensorDataset

    def parameter(value: Any, gradient: Any) -> Any:
        p = torch.nn.Parameter(torch.as_tensor(value), requires_grad=False)
        p.grad = torch.as_tensor(gradient)
        return p

    return Flavour(
        name="torch",
        array=torch.as_tensor,
        seed=torch.manual_seed,
        loader=lambda arrays, b: DataLoader(TensorDataset(*arrays), b),
        concise=torch.optim.SGD,
        rate="lr",
        start=lambda d: torch.normal(0.0, 0.01, size=(d, 1)),
        parameter=parameter,
        cpu="cpu",
        draw=lambda normal, mean, std, shape: normal(mean, std, size=shape),
    )


class _Batches:
    """NumPy arrays in minibatches, as a loader of another library yields them."""

    def __init__(self, arrays: Any, batch_size: int) -> None:
        self.arrays, self.batch_size = [np.asarray(array) for array in arrays], batch_size

    def __iter__(self) -> Any:
        for start in range(0, len(self.arrays[0]), self.batch_size):
            yield [array[start : start + self.batch_size] for array in self.arrays]


def _jax() -> Flavour:
    import jax
    import jax.numpy as jnp
    import optax

    def draw(normal: Any, mean: float, std: float, shape: tuple[int, ...]) -> Any:
        return mean + std * normal(jax.random.key(0), shape)

    return Flavour(
        name="jax",
        array=jnp.asarray,
        seed=np.random.seed,
        loader=_Batches,
        concise=optax.sgd,
        rate="learning_rate",
        start=lambda d: np.random.normal(0.0, 0.01, (d, 1)),  # noqa: NPY002
        parameter=lambda value, gradient: (jnp.asarray(value), jnp.asarray(gradient)),
        cpu="cpu",
        draw=draw,
    )


def _tensorflow() -> Flavour:
    import tensorflow as tf

    def loader(arrays: Any, b: int) -> Any:
        return tf.data.Dataset.from_tensor_slices(tuple(arrays)).batch(b)

    return Flavour(
        name="tensorflow",
        array=tf.convert_to_tensor,
        seed=tf.random.set_seed,
        loader=loader,
        concise=tf.keras.optimizers.SGD,
        rate="learning_rate",
        start=lambda d: tf.random.normal((d, 1), stddev=0.01),
        parameter=lambda value, gradient: (tf.Variable(value), tf.convert_to_tensor(gradient)),
        cpu="CPU:0",
        draw=lambda normal, mean, std, shape: normal(shape, mean, std),
    )


def _mxnet() -> Flavour:
    from mxnet import gluon, np as mnp, npx

    npx.set_np()

    def array(value: Any) -> Any:
        value = np.asarray(value)
        return mnp.array(value, dtype=value.dtype)

    def parameter(value: Any, gradient: Any) -> Any:
        p = array(value)
        p.attach_grad()
        p.grad[:] = array(gradient)
        return p

    def loader(arrays: Any, b: int) -> Any:
        return gluon.data.DataLoader(gluon.data.ArrayDataset(*arrays), b)

    return Flavour(
        name="mxnet",
        array=array,
        seed=npx.random.seed,
        loader=loader,
        concise="sgd",
        rate="learning_rate",
        start=lambda d: mnp.random.normal(scale=0.01, size=(d, 1)),
        parameter=parameter,
        cpu=npx.cpu(),
        draw=lambda normal, mean, std, shape: normal(mean, std, size=shape),
    )
