"""The section's helpers for MXNet (Gluon), a framework that was retired in 2023."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeAlias

try:
    from mxnet import MXNetError, autograd, context, gluon, init, np, npx
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        "d2lmini.mxnet needs MXNet: pip install d2lmini[mxnet]", name=error.name
    ) from error
from numpy.typing import NDArray

from d2lmini import timer, training
from d2lmini._checks import (
    count_rows,
    check_lengths,
    known_rate,
    required_rate,
    check_integer,
)
from d2lmini.data import DATA_HUB, DATA_URL, download, whitened_airfoil
from d2lmini.plotting import (
    Animator,
    plot,
    plt,
    set_axes,
    set_figsize,
    show_trace_2d,
    train_2d,
    use_svg_display,
)
from d2lmini.timer import Timer
from d2lmini.training import quiet

__all__ = [
    "DATA_HUB",
    "DATA_URL",
    "Animator",
    "ArrayLoader",
    "Timer",
    "abs",
    "arange",
    "best_device",
    "cos",
    "cosh",
    "download",
    "evaluate_loss",
    "exp",
    "get_data_ch11",
    "linreg",
    "linspace",
    "load_array",
    "median_time",
    "meshgrid",
    "normal",
    "numpy",
    "ones",
    "plot",
    "plt",
    "quiet",
    "set_axes",
    "set_figsize",
    "sgd",
    "show_trace_2d",
    "sin",
    "sinh",
    "squared_loss",
    "tanh",
    "tensor",
    "train_2d",
    "train_ch11",
    "train_concise_ch11",
    "use_svg_display",
    "zeros",
]

npx.set_np()

Array: TypeAlias = np.ndarray
Device: TypeAlias = context.Context | None
Params: TypeAlias = list[Array]
Loss: TypeAlias = Callable[[Array, Array], Array]
UpdateRule: TypeAlias = Callable[[Params, Any, dict[str, Any]], Any]

zeros, ones, arange, linspace = np.zeros, np.ones, np.arange, np.linspace
normal, tensor, meshgrid = np.random.normal, np.array, np.meshgrid
sin, cos, sinh, cosh, tanh = np.sin, np.cos, np.sinh, np.cosh, np.tanh
exp, abs = np.exp, np.abs

_CHUNK = 4096  # rows permuted at once, as far as whole minibatches allow
_PIECE = 2048  # rows; the loss of many rows is evaluated in pieces, to bound the memory it takes


def numpy(x: Array) -> NDArray[Any]:
    """Return an array's numbers as a NumPy array.

    Parameters
    ----------
    x : np.ndarray

    Returns
    -------
    ndarray, shape of ``x``
    """
    return x.asnumpy()


def best_device() -> context.Context:
    """Return this machine's first GPU, or the CPU where there is none.

    Returns
    -------
    mxnet.context.Context
    """
    return npx.gpu(0) if npx.num_gpus() else npx.cpu()


class ArrayLoader:
    """Minibatches of equally long arrays, in a new random order every time it is iterated.

    Many rows are permuted at once and then sliced. The order comes from MXNet's generator:
    `npx.random.seed` repeats it.

    Attributes
    ----------
    tensors : tuple of np.ndarray
        The arrays, whole.
    batch_size : int
    shuffle : bool
        Whether the order changes; if not, the rows come as they stand.
    num_examples : int
    """

    def __init__(self, tensors: Sequence[Array], batch_size: int, shuffle: bool) -> None:
        self.num_examples = check_lengths("data_arrays", tensors)
        self.batch_size = check_integer("batch_size", batch_size)
        self.tensors = tuple(tensors)
        self.shuffle = shuffle

    def __len__(self) -> int:
        """Return the number of minibatches, a short last one included."""
        return -(-self.num_examples // self.batch_size)

    def pieces(self) -> Iterator[tuple[Array, ...]]:
        """Yield the rows as they stand, in pieces that are small enough for any model."""
        for start in range(0, self.num_examples, _PIECE):
            yield tuple(tensor[start : start + _PIECE] for tensor in self.tensors)

    def __iter__(self) -> Iterator[tuple[Array, ...]]:
        """Yield the minibatches of one epoch."""
        order = np.arange(self.num_examples, dtype="int32", ctx=self.tensors[0].ctx)
        if self.shuffle:
            np.random.shuffle(order)
        size = max(1, _CHUNK // self.batch_size) * self.batch_size
        for first in range(0, self.num_examples, size):
            rows = order[first : first + size]
            tensors = [tensor[rows] for tensor in self.tensors]
            for start in range(0, len(rows), self.batch_size):
                yield tuple(tensor[start : start + self.batch_size] for tensor in tensors)


def load_array(
    data_arrays: Sequence[Any], batch_size: int, is_train: bool = True, device: Device = None
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
        Where the arrays are kept, such as ``npx.gpu()``; the CPU by default.

    Returns
    -------
    ArrayLoader

    Raises
    ------
    TypeError, ValueError
        If the arrays differ in length or are empty, ``batch_size`` is not an integer >= 1, or there
        is no such device.
    """
    place = _usable(device)
    return ArrayLoader([np.array(a, ctx=place) for a in data_arrays], batch_size, is_train)


def linreg(X: Array, w: Array, b: Array) -> Array:
    """Return the linear model's predictions ``X w + b``.

    Parameters
    ----------
    X : np.ndarray, shape (batch_size, feature_dim)
    w : np.ndarray, shape (feature_dim, 1)
    b : np.ndarray, shape (1,)

    Returns
    -------
    np.ndarray, shape (batch_size, 1)
    """
    return np.dot(X, w) + b


def squared_loss(y_hat: Array, y: Array) -> Array:
    """Return half the squared error of each example.

    Parameters
    ----------
    y_hat : np.ndarray
        The predictions.
    y : np.ndarray
        The targets, as many.

    Returns
    -------
    np.ndarray, shape of ``y_hat``
    """
    return (y_hat - y.reshape(y_hat.shape)) ** 2 / 2


def evaluate_loss(net: Callable[[Array], Array], data_iter: Iterable[Any], loss: Loss) -> float:
    """Return the mean loss over all examples.

    An `ArrayLoader` is evaluated in pieces of its rows as they stand: the number does not depend on
    its batch size, and its random order is left alone, so that watching a run does not change it.

    Parameters
    ----------
    net : callable
        ``net(X)`` returns the predictions.
    data_iter : iterable of (X, y)
    loss : callable
        ``loss(y_hat, y)`` returns the loss of each example, their mean, or, where its attribute
        ``reduction`` says so, their sum. ``y`` gets the shape of ``y_hat``.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If ``data_iter`` is empty, or one of its minibatches is.
    """
    batches = data_iter.pieces() if isinstance(data_iter, ArrayLoader) else data_iter
    total, count, summed = 0.0, 0, getattr(loss, "reduction", None) == "sum"
    for X, y in batches:
        count += count_rows(data_iter, X)
        y_hat = net(X)
        value = loss(y_hat, y.reshape(y_hat.shape))
        total += float(value) if summed else float(value.mean()) * len(X)
    if count == 0:
        raise ValueError(f"data_iter={data_iter!r}: must hold at least one example")
    return total / count


def sgd(params: Iterable[Array], states: Any, hyperparams: dict[str, Any]) -> None:
    """Take one step of stochastic gradient descent.

    Parameters
    ----------
    params : iterable of np.ndarray
        The parameters, with ``.grad`` set; changed in place.
    states : None
        Not used; other update rules keep their memory there.
    hyperparams : dict
        ``lr``, the learning rate.

    Raises
    ------
    TypeError, ValueError
        If ``lr`` is missing, or not a finite number above zero.
    """
    lr = required_rate(hyperparams)
    for p in params:
        p[:] -= lr * p.grad


def get_data_ch11(
    batch_size: int = 10, n: int = 1500, device: Device = None
) -> tuple[ArrayLoader, int]:
    """Return minibatches of the whitened airfoil table, and its number of features.

    Parameters
    ----------
    batch_size : int
        Rows in a minibatch, at least 1.
    n : int
        How many rows of the table to use, 1 to 1503.
    device : mxnet.context.Context, optional
        Where the table is kept, such as ``npx.gpu()``; the CPU by default.

    Returns
    -------
    data_iter : ArrayLoader
        Yields features, shape (batch_size, 5), and targets, shape (batch_size,).
    feature_dim : int
        5.

    Raises
    ------
    TypeError, ValueError
        If a number is not an integer in its range, or there is no such device.
    """
    features, target = whitened_airfoil(n)
    return load_array((features, target), batch_size, device=device), features.shape[1]


def train_ch11(
    trainer_fn: UpdateRule,
    states: Any,
    hyperparams: dict[str, Any],
    data_iter: Any,
    feature_dim: int,
    num_epochs: int = 2,
    device: Device = None,
) -> tuple[list[float], list[float]]:
    """Train linear regression with an update rule of your own.

    Parameters
    ----------
    trainer_fn : callable
        ``trainer_fn(params, states, hyperparams)`` changes the parameters ``[w, b]`` in place by
        their ``.grad``, which is fresh at every call.
    states : Any
        What the rule remembers from step to step.
    hyperparams : dict
        The settings of the rule; its learning rate is called ``lr``.
    data_iter : iterable of (X, y)
        The minibatches, as from `get_data_ch11`.
    feature_dim : int
        The number of features, columns of ``X``.
    num_epochs : int
        How many passes over the data, at least 1.
    device : mxnet.context.Context, optional
        Where to train, such as ``npx.gpu()``; where the data is by default.

    Returns
    -------
    seconds : list of float
        The training time at each log point [s].
    losses : list of float
        Half the mean squared error there, over the whole data set.

    Raises
    ------
    TypeError, ValueError
        If ``lr`` is not a finite number above zero, ``feature_dim`` is not the data's, the data is
        empty, not floating-point or can be gone through only once, ``num_epochs`` is not an
        integer >= 1, or there is no such device.
    """
    known_rate(hyperparams, "lr")
    X, _, n = training.peek(data_iter, feature_dim)
    data_iter, place = _placed(data_iter, device)
    w = np.random.normal(scale=0.01, size=(feature_dim, 1), ctx=place).astype(X.dtype)
    b = np.zeros(1, dtype=X.dtype, ctx=place)
    w.attach_grad()
    b.attach_grad()

    def net(X: Array) -> Array:
        return linreg(X, w, b)

    def step(X: Array, y: Array) -> None:
        with autograd.record():
            loss = squared_loss(net(X), y).mean()
        loss.backward()
        trainer_fn([w, b], states, hyperparams)

    return training.train(
        step,
        lambda: evaluate_loss(net, data_iter, squared_loss),
        data_iter,
        n,
        num_epochs,
        npx.waitall,
    )


def train_concise_ch11(
    tr_name: str,
    hyperparams: dict[str, Any],
    data_iter: Any,
    num_epochs: int = 2,
    device: Device = None,
) -> tuple[list[float], list[float]]:
    """Train linear regression with one of Gluon's optimizers.

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
        How many passes over the data, at least 1.
    device : mxnet.context.Context, optional
        Where to train, such as ``npx.gpu()``; where the data is by default.

    Returns
    -------
    seconds, losses : list of float
        As `train_ch11` returns them.

    Raises
    ------
    TypeError, ValueError
        If ``learning_rate`` is not a finite number above zero, the data is empty, not
        floating-point or can be gone through only once, ``num_epochs`` is not an integer >= 1, or
        there is no such device.
    """
    known_rate(hyperparams, "learning_rate")
    X, _, n = training.peek(data_iter)
    data_iter, place = _placed(data_iter, device)
    net = gluon.nn.Dense(1, in_units=X.shape[1], dtype=X.dtype)
    net.initialize(init.Zero(), ctx=place)
    # Drawn as in `train_ch11`; a Dense layer keeps its weights the other way round.
    weight = np.random.normal(scale=0.01, size=(X.shape[1], 1), ctx=place)
    net.weight.set_data(weight.T.astype(X.dtype))
    trainer = gluon.Trainer(net.collect_params(), tr_name, hyperparams)
    loss_of_each = gluon.loss.L2Loss()

    def step(X: Array, y: Array) -> None:
        with autograd.record():
            loss = loss_of_each(net(X), y)
        loss.backward()
        trainer.step(len(X))

    return training.train(
        step,
        lambda: evaluate_loss(net, data_iter, squared_loss),
        data_iter,
        n,
        num_epochs,
        npx.waitall,
    )


def median_time(function: Callable[[], Any], min_run_time: float = 0.1) -> float:
    """Return how long one call of ``function`` takes, as the median of many warm calls.

    Parameters
    ----------
    function : callable
        Called without arguments.
    min_run_time : float
        How long to go on measuring, at least [s].

    Returns
    -------
    float
        Seconds.

    Notes
    -----
    MXNet computes while the program goes on, so the clock is read when all is done.
    """
    return timer.median_time(function, min_run_time, npx.waitall)


class _Moved:
    """The minibatches of another loader, on a device."""

    def __init__(self, data_iter: Any, device: context.Context) -> None:
        self.data_iter, self.device = data_iter, device

    def __iter__(self) -> Iterator[tuple[Array, ...]]:
        for batch in self.data_iter:
            yield tuple(array.as_in_ctx(self.device) for array in batch)


def _placed(data_iter: Any, device: Device) -> tuple[Any, context.Context]:
    """Bring the data to the device, or find out where it is."""
    if device is None:
        of_arrays = isinstance(data_iter, ArrayLoader)
        return data_iter, data_iter.tensors[0].ctx if of_arrays else npx.cpu()
    place = _usable(device)
    if not isinstance(data_iter, ArrayLoader):
        return _Moved(data_iter, place), place
    tensors = [tensor.as_in_ctx(place) for tensor in data_iter.tensors]
    return ArrayLoader(tensors, data_iter.batch_size, data_iter.shuffle), place


def _usable(device: Device) -> context.Context:
    place = npx.cpu() if device is None else device
    try:
        np.zeros(1, ctx=place).wait_to_read()
    except (MXNetError, AttributeError) as error:
        usable = sorted({str(npx.cpu()), str(best_device())})
        raise ValueError(f"device={device!r}: must be one this machine has: {usable}") from error
    return place
