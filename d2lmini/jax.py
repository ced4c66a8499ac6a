"""The section's helpers for JAX."""

# mypy: disallow-untyped-decorators=False
# (mypy does not follow the import of JAX, so it does not know the type of jax.jit)
# ruff: noqa: NPY002
# (random numbers are NumPy's, as in the 2026 edition, so that np.random.seed repeats a run)

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, TypeAlias

try:
    import jax
    import optax
    from flax import nnx
    from jax import Array, Device, numpy as jnp
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        "d2lmini.jax needs JAX: pip install d2lmini[jax]", name=error.name
    ) from error
import numpy as np
from numpy.typing import NDArray

from d2lmini import __all__ as __all__, loader, timer, training
from d2lmini._checks import check_fits, check_losses
from d2lmini.common import *
from d2lmini.data import whitened_airfoil

Params: TypeAlias = Sequence[Array]
Loss: TypeAlias = Callable[[Array, Array], Array]
UpdateRule: TypeAlias = Callable[[Params, Params, Any, dict[str, Any]], Params]

zeros, ones, arange, linspace = jnp.zeros, jnp.ones, jnp.arange, jnp.linspace
normal, tensor, meshgrid = jax.random.normal, jnp.array, jnp.meshgrid
sin, cos, sinh, cosh, tanh = jnp.sin, jnp.cos, jnp.sinh, jnp.cosh, jnp.tanh
exp, abs = jnp.exp, jnp.abs


def numpy(x: Array, *args: Any, **kwargs: Any) -> NDArray[Any]:
    """Return an array as a NumPy array of the same shape.

    Parameters
    ----------
    x : Array
    *args, **kwargs
        As for `numpy.asarray`.
    """
    return np.asarray(x, *args, **kwargs)


def best_device() -> Device:
    """Return the accelerator of this machine, such as a GPU, or the CPU if there is none."""
    return jax.devices()[0]


def to_device(array: Any, device: Device | str | None = None) -> Array:
    """Return an array as a JAX array on a device.

    Parameters
    ----------
    array : array
    device : jax.Device or str, optional
        A platform and a number, such as ``"cpu"`` or ``"gpu:1"``; by default a JAX array stays
        where it is, and others go to JAX's default device.

    Raises
    ------
    ValueError
        If this machine has no such device, or the type that JAX chooses cannot hold a number of
        the array.
    """
    if isinstance(device, str):
        parts = re.fullmatch(r"([^:]+)(?::(\d+))?", device)
        try:
            if parts is None:
                raise ValueError
            device = jax.devices(parts[1])[int(parts[2] or 0)]
        except (RuntimeError, IndexError, ValueError) as error:
            available = sorted({"cpu", best_device().platform})
            raise ValueError(
                f"device={device!r}: must be one this machine has: {available}"
            ) from error
    placed = jnp.asarray(array, device=device)
    if not isinstance(array, Array):
        check_fits("array", array, placed.dtype)
    return placed


def synchronize(arrays: Any) -> None:
    """Wait until arrays have been computed, so that the clock can be read.

    Parameters
    ----------
    arrays : Any
        An array, or a list or another tree of arrays.
    """
    jax.block_until_ready(arrays)


class ArrayLoader(loader.ArrayLoader):
    """Minibatches of JAX arrays; `numpy.random.seed` repeats their random order."""

    # One compiled call for each minibatch takes less time than slicing the arrays one by one.
    def __iter__(self) -> Iterator[tuple[Array, ...]]:
        """Yield the minibatches of one epoch."""
        order = self._permutation() if self.is_shuffled else np.arange(self.num_examples)
        for start in range(0, self.num_examples, self.batch_size):
            yield _take_rows(self.tensors, order[start : start + self.batch_size])


@jax.jit
def _take_rows(arrays: tuple[Array, ...], rows: Array) -> tuple[Array, ...]:
    return tuple(array[rows] for array in arrays)


def load_array(
    data_arrays: Sequence[Any],
    batch_size: int,
    is_train: bool = True,
    device: Device | str | None = None,
) -> ArrayLoader:
    """Return an iterator over minibatches of in-memory arrays.

    Parameters
    ----------
    data_arrays : sequence of arrays
        One or more, with the same number of rows.
    batch_size : int
        Rows in a minibatch, at least 1; the last minibatch of an epoch may be shorter.
    is_train : bool
        Whether every epoch has a new random order.
    device : jax.Device or str, optional
        The device that holds the data, such as ``"gpu"``; by default JAX arrays stay where they
        are, and others go to JAX's default device.

    Returns
    -------
    ArrayLoader

    Raises
    ------
    TypeError, ValueError
        If the arrays differ in length or are empty, ``batch_size`` is not an integer >= 1, or this
        machine has no such device.
    """
    tensors = [to_device(array, device) for array in data_arrays]
    return ArrayLoader(tensors, batch_size, is_train)


def linreg(X: Array, w: Array, b: Array) -> Array:
    """Return the linear model's predictions ``X w + b``, shape (batch_size, 1).

    Parameters
    ----------
    X, w, b : Array
        Of the shapes (batch_size, feature_dim), (feature_dim, 1) and (1,).
    """
    return jnp.matmul(X, w) + b


def squared_loss(y_hat: Array, y: Array) -> Array:
    """Return half the squared error of each example, in the shape of ``y_hat``.

    Parameters
    ----------
    y_hat, y : Array
        Predictions, and as many targets.
    """
    if not jnp.issubdtype(y_hat.dtype, jnp.inexact):
        y_hat = y_hat.astype(float)  # the difference of integers can overflow
    return (y_hat - y.reshape(y_hat.shape)) ** 2 / 2


def evaluate_loss(net: Callable[[Array], Array], data_iter: Iterable[Any], loss: Loss) -> float:
    """Return the mean loss over all examples.

    The rows of an `ArrayLoader` are taken in order, so that evaluating a loss does not change the
    random order of the run.

    Parameters
    ----------
    net : callable
        ``net(X)`` returns the predictions.
    data_iter : iterable of (X, y)
    loss : callable
        ``loss(y_hat, y)`` returns the loss of each example, or their mean. ``y`` gets the shape of
        ``y_hat``.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If ``data_iter`` is empty, or one of its minibatches is, or ``loss`` returns another number
        of losses than a minibatch has examples.
    """

    def batch_loss(X: Array, y: Array) -> float:
        y_hat = net(X)
        value = loss(y_hat, y.reshape(y_hat.shape))
        check_losses(value, X)
        return float(value.mean()) * len(X)

    return training.mean_over_examples(batch_loss, data_iter)


@jax.jit
def sgd(
    params: Params,
    grads: Params,
    states: Any,
    hyperparams: dict[str, Any],
) -> Params:
    """Return the parameters after one step of stochastic gradient descent, as a new list.

    Parameters
    ----------
    params, grads : list of Array
        The parameters, and the gradient of each.
    states : None
        Not used; other update rules keep their state there.
    hyperparams : dict
        ``lr``, the learning rate.
    """
    lr = hyperparams["lr"]
    return [p - lr * g for p, g in zip(params, grads, strict=True)]


def get_data_ch11(
    batch_size: int = 10,
    n: int = 1500,
    device: Device | str | None = None,
) -> tuple[ArrayLoader, int]:
    """Return minibatches of the whitened airfoil table, and its number of features.

    Parameters
    ----------
    batch_size : int
        Rows in a minibatch, at least 1.
    n : int
        How many rows of the table to use, 1 to 1503.
    device : jax.Device or str, optional
        The device that holds the data, and on which a run then trains; JAX chooses by default.

    Returns
    -------
    data_iter : ArrayLoader
        Yields features, shape (batch_size, 5), and targets, shape (batch_size,).
    feature_dim : int
        5.

    Raises
    ------
    TypeError, ValueError
        If a number is not an integer in its range, or this machine has no such
        device.
    """
    features, target = whitened_airfoil(n)
    data_iter = load_array((features, target), batch_size, device=device)
    return data_iter, features.shape[1]


def _batch_of_each_size(data_iter: Any, X: Any, y: Any, n: int) -> Iterator[tuple[Array, Array]]:
    """Yield a full minibatch, and a short last one: JAX compiles a function for each shape."""
    size = data_iter.batch_size if isinstance(data_iter, ArrayLoader) else len(X)
    for rows in {min(size, n), n % size} - {0}:
        yield _take_rows((X, y), np.arange(rows))


def train_ch11(
    trainer_fn: UpdateRule,
    states: Any,
    hyperparams: dict[str, Any],
    data_iter: Any,
    feature_dim: int,
    num_epochs: int = 2,
) -> training.Log:
    """Train linear regression with an update rule of your own, on the device of the data.

    Parameters
    ----------
    trainer_fn : callable
        ``trainer_fn(params, grads, states, hyperparams)`` returns the new parameters ``[w, b]``.
    states : Any
        What the rule keeps from step to step.
    hyperparams : dict
        The hyperparameters of the rule; its learning rate is called ``lr``.
    data_iter : iterable of (X, y)
        The minibatches, as from `get_data_ch11`.
    feature_dim : int
        The number of features, columns of ``X``.
    num_epochs : int
        Passes over the data, at least 1.

    Returns
    -------
    Log
        ``seconds, losses``: at each log point the training time [s], and half the mean squared
        error over the whole data set. Its attribute ``examples`` holds the examples seen.

    Raises
    ------
    TypeError, ValueError
        If ``lr`` is not a finite number above zero, ``feature_dim`` is not the data's, the data is
        empty, not floating-point or can be iterated only once, or ``num_epochs`` is not an
        integer >= 1.

    Notes
    -----
    `numpy.random.seed` repeats a run: the initial weights are NumPy's, as the order of the rows is.
    """
    X, y, n = training.check_arguments(
        data_iter,
        num_epochs,
        hyperparams,
        "lr",
        trainer_fn is sgd,
        feature_dim,
    )
    X = jnp.asarray(X)
    start = np.random.normal(0.0, 0.01, (feature_dim, 1))
    w = jnp.asarray(start, X.dtype, device=X.device)
    b = jnp.zeros(1, X.dtype, device=X.device)

    def mean_loss(params: Params, X: Array, y: Array) -> Array:
        return squared_loss(linreg(X, *params), y).mean()

    gradient = jax.jit(jax.grad(mean_loss))
    # Compiled before the clock starts.
    for batch in _batch_of_each_size(data_iter, X, y, n):
        sgd([w, b], gradient([w, b], *batch), None, {"lr": 0.0})

    def net(X: Array) -> Array:
        return linreg(X, w, b)

    def step(X: Array, y: Array) -> None:
        nonlocal w, b
        grads = gradient([w, b], X, y)
        w, b = trainer_fn([w, b], grads, states, hyperparams)

    evaluate = partial(evaluate_loss, net, data_iter, squared_loss)
    return training.train(
        step,
        evaluate,
        data_iter,
        n,
        num_epochs,
        lambda: synchronize([w, b]),
    )


def train_concise_ch11(
    trainer_fn: Callable[..., optax.GradientTransformation],
    hyperparams: dict[str, Any],
    data_iter: Any,
    num_epochs: int = 2,
) -> training.Log:
    """Train linear regression with one of Optax's optimizers, on the device of the data.

    Model, initial weights and loss are those of `train_ch11`: after the same seed, the same
    algorithm takes the same path.

    Parameters
    ----------
    trainer_fn : callable
        The function that makes the optimizer, such as `optax.sgd`.
    hyperparams : dict
        Its keyword arguments, such as ``{'learning_rate': 0.05}``.
    data_iter : iterable of (X, y)
        The minibatches, as from `get_data_ch11`.
    num_epochs : int
        Passes over the data, at least 1.

    Returns
    -------
    Log
        As `train_ch11` returns it.

    Raises
    ------
    TypeError, ValueError
        If ``learning_rate`` is not a finite number above zero, the data is empty, not
        floating-point or can be iterated only once, or ``num_epochs`` is not an integer >= 1.
    """
    X, y, n = training.check_arguments(
        data_iter,
        num_epochs,
        hyperparams,
        "learning_rate",
    )
    X = jnp.asarray(X)
    layer = nnx.Linear(X.shape[1], 1, param_dtype=X.dtype, rngs=nnx.Rngs(0))
    start = np.random.normal(0.0, 0.01, (X.shape[1], 1))
    layer.kernel[...] = jnp.asarray(start, X.dtype)
    graph, params = nnx.split(layer)
    params = jax.device_put(params, X.device)
    optimizer = trainer_fn(**hyperparams)
    state = optimizer.init(params)

    def net(X: Array) -> Array:
        return nnx.merge(graph, params)(X)

    def mean_loss(params: nnx.State, X: Array, y: Array) -> Array:
        return squared_loss(nnx.merge(graph, params)(X), y).mean()

    @jax.jit
    def update(
        params: nnx.State,
        state: Any,
        X: Array,
        y: Array,
    ) -> tuple[nnx.State, Any]:
        grads = jax.grad(mean_loss)(params, X, y)
        updates, state = optimizer.update(grads, state, params)
        return optax.apply_updates(params, updates), state

    for batch in _batch_of_each_size(data_iter, X, y, n):
        update(params, state, *batch)  # compiled before the clock starts

    def step(X: Array, y: Array) -> None:
        nonlocal params, state
        params, state = update(params, state, X, y)

    evaluate = partial(evaluate_loss, net, data_iter, squared_loss)
    return training.train(
        step,
        evaluate,
        data_iter,
        n,
        num_epochs,
        lambda: synchronize(params),
    )


def median_time(function: Callable[[], Any], min_run_time: float = 0.1) -> float:
    """Return the median time of a call [s], until the arrays it returns have been computed.

    Parameters
    ----------
    function : callable
        Called without arguments.
    min_run_time : float
        The minimum total time of measuring [s].
    """
    return timer.median_time(lambda: jax.block_until_ready(function()), min_run_time)
