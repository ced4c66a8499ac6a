"""The section's helpers for MXNet (Gluon), a framework that was retired in 2023."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, TypeAlias

try:
    from mxnet import MXNetError, autograd, context, gluon, init, np, npx
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        "d2lmini.mxnet needs MXNet: pip install d2lmini[mxnet]", name=error.name
    ) from error
from numpy.typing import NDArray

from d2lmini import __all__ as __all__, loader, timer, training
from d2lmini._checks import check_losses, check_unmasked
from d2lmini.common import *
from d2lmini.data import whitened_airfoil

npx.set_np()

Array: TypeAlias = np.ndarray
Params: TypeAlias = list[Array]
Loss: TypeAlias = Callable[[Array, Array], Array]
UpdateRule: TypeAlias = Callable[[Params, Any, dict[str, Any]], Any]

zeros, ones, arange, linspace = np.zeros, np.ones, np.arange, np.linspace
normal, tensor, meshgrid = np.random.normal, np.array, np.meshgrid
sin, cos, sinh, cosh, tanh = np.sin, np.cos, np.sinh, np.cosh, np.tanh
exp, abs = np.exp, np.abs


def numpy(x: Array) -> NDArray[Any]:
    """Return an MXNet array as a NumPy array of the same shape.

    Parameters
    ----------
    x : np.ndarray
    """
    return x.asnumpy()


def best_device() -> context.Context:
    """Return this machine's first GPU, or the CPU if there is none."""
    return npx.gpu(0) if npx.num_gpus() else npx.cpu()


def to_device(array: Any, device: context.Context | None = None) -> Array:
    """Return an array as an MXNet array on a device.

    Parameters
    ----------
    array : array
    device : mxnet.context.Context, optional
        Such as ``npx.gpu()``; the CPU by default.

    Raises
    ------
    ValueError
        If this machine has no such device, or a number of the array is masked.
    """
    check_unmasked("array", array)
    ctx = npx.cpu() if device is None else device
    try:
        np.zeros(1, ctx=ctx).wait_to_read()
    except (MXNetError, AttributeError) as error:
        available = sorted({str(npx.cpu()), str(best_device())})
        raise ValueError(f"device={device!r}: must be one this machine has: {available}") from error
    return np.array(array, ctx=ctx)


def synchronize(device: context.Context) -> None:
    """Wait until a device has finished its work, so that the clock can be read.

    Parameters
    ----------
    device : mxnet.context.Context
        Not used: MXNet waits for all devices at once.
    """
    npx.waitall()


class ArrayLoader(loader.ArrayLoader):
    """Minibatches of arrays; `npx.random.seed` repeats their random order."""

    # The order is drawn on the CPU, so that a seed gives the same one on every device.
    def _permutation(self) -> Array:
        order = np.arange(self.num_examples, dtype="int32")
        np.random.shuffle(order)
        return order.as_in_ctx(self.tensors[0].ctx)


def load_array(
    data_arrays: Sequence[Any],
    batch_size: int,
    is_train: bool = True,
    device: context.Context | None = None,
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
    device : mxnet.context.Context, optional
        The device that holds the data, such as ``npx.gpu()``; the CPU by default.

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
    X, w, b : np.ndarray
        Of the shapes (batch_size, feature_dim), (feature_dim, 1) and (1,).
    """
    return np.dot(X, w) + b


def squared_loss(y_hat: Array, y: Array) -> Array:
    """Return half the squared error of each example, in the shape of ``y_hat``.

    Parameters
    ----------
    y_hat, y : np.ndarray
        Predictions, and as many targets.
    """
    if "float" not in str(y_hat.dtype):
        y_hat = y_hat.astype("float32")  # the difference of integers can overflow
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
        ``loss(y_hat, y)`` returns the loss of each example, their mean, or, if its attribute
        ``reduction`` is ``"sum"``, their sum. ``y`` gets the shape of ``y_hat``.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If ``data_iter`` is empty, or one of its minibatches is, or ``loss`` returns another number
        of losses than a minibatch has examples.
    """
    returns_sum = getattr(loss, "reduction", None) == "sum"

    def batch_loss(X: Array, y: Array) -> float:
        y_hat = net(X)
        value = loss(y_hat, y.reshape(y_hat.shape))
        if returns_sum:
            return float(value)
        check_losses(value, X)
        return float(value.mean()) * len(X)

    return training.mean_over_examples(batch_loss, data_iter)


def sgd(
    params: Iterable[Array],
    states: Any,
    hyperparams: dict[str, Any],
) -> None:
    """Take one step of stochastic gradient descent.

    Parameters
    ----------
    params : iterable of np.ndarray
        The parameters, with ``.grad`` set; changed in place.
    states : None
        Not used; other update rules keep their state there.
    hyperparams : dict
        ``lr``, the learning rate.
    """
    for p in params:
        p[:] -= hyperparams["lr"] * p.grad


def get_data_ch11(
    batch_size: int = 10,
    n: int = 1500,
    device: context.Context | None = None,
) -> tuple[ArrayLoader, int]:
    """Return minibatches of the whitened airfoil table, and its number of features.

    Parameters
    ----------
    batch_size : int
        Rows in a minibatch, at least 1.
    n : int
        How many rows of the table to use, 1 to 1503.
    device : mxnet.context.Context, optional
        The device that holds the data, and on which a run then trains; the CPU by default.

    Returns
    -------
    data_iter : ArrayLoader
        Yields features, shape (batch_size, 5), and targets, shape (batch_size,).
    feature_dim : int
        5.

    Raises
    ------
    TypeError, ValueError
        If a number is not an integer in its range, or this machine has no such device.
    """
    features, target = whitened_airfoil(n)
    data_iter = load_array((features, target), batch_size, device=device)
    return data_iter, features.shape[1]


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
        ``trainer_fn(params, states, hyperparams)`` changes the parameters ``[w, b]`` in place by
        their ``.grad``, which is new at every call.
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
    """
    X, _, n = training.check_arguments(
        data_iter,
        num_epochs,
        hyperparams,
        "lr",
        trainer_fn is sgd,
        feature_dim,
    )
    w = np.random.normal(scale=0.01, size=(feature_dim, 1))
    w = w.astype(X.dtype).as_in_ctx(X.ctx)
    b = np.zeros(1, dtype=X.dtype, ctx=X.ctx)
    w.attach_grad()
    b.attach_grad()

    def net(X: Array) -> Array:
        return linreg(X, w, b)

    def step(X: Array, y: Array) -> None:
        with autograd.record():
            loss = squared_loss(net(X), y).mean()
        loss.backward()
        trainer_fn([w, b], states, hyperparams)

    evaluate = partial(evaluate_loss, net, data_iter, squared_loss)
    return training.train(
        step,
        evaluate,
        data_iter,
        n,
        num_epochs,
        partial(synchronize, X.ctx),
    )


def train_concise_ch11(
    tr_name: str,
    hyperparams: dict[str, Any],
    data_iter: Any,
    num_epochs: int = 2,
) -> training.Log:
    """Train linear regression with one of Gluon's optimizers, on the device of the data.

    Model, initial weights and loss are those of `train_ch11`: after the same seed, the same
    algorithm takes the same path.

    Parameters
    ----------
    tr_name : str
        The optimizer's name, such as ``'sgd'``.
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
    X, _, n = training.check_arguments(
        data_iter,
        num_epochs,
        hyperparams,
        "learning_rate",
    )
    net = gluon.nn.Dense(1, in_units=X.shape[1], dtype=X.dtype)
    net.initialize(init.Zero(), ctx=X.ctx)
    # Drawn as in `train_ch11`; a Dense layer holds the transposed weights.
    weight = np.random.normal(scale=0.01, size=(X.shape[1], 1))
    net.weight.set_data(weight.T.astype(X.dtype))
    trainer = gluon.Trainer(net.collect_params(), tr_name, hyperparams)
    l2_loss = gluon.loss.L2Loss()

    def step(X: Array, y: Array) -> None:
        with autograd.record():
            loss = l2_loss(net(X), y)
        loss.backward()
        trainer.step(len(X))

    evaluate = partial(evaluate_loss, net, data_iter, squared_loss)
    return training.train(
        step,
        evaluate,
        data_iter,
        n,
        num_epochs,
        partial(synchronize, X.ctx),
    )


def median_time(function: Callable[[], Any], min_run_time: float = 0.1) -> float:
    """Return the median time of a call [s], synchronized with the device.

    Parameters
    ----------
    function : callable
        Called without arguments.
    min_run_time : float
        The minimum total time of measuring [s].
    """
    return timer.median_time(function, min_run_time, partial(synchronize, best_device()))
