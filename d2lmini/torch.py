"""The section's helpers for PyTorch."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, TypeAlias

try:
    import torch
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        "d2lmini.torch needs PyTorch: pip install d2lmini[torch]", name=error.name
    ) from error
from numpy.typing import NDArray
from torch import Tensor, nn

from d2lmini import timer, training
from d2lmini.checks import (
    count_rows,
    equal_lengths,
    known_rate,
    required_rate,
    whole_number,
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

Device: TypeAlias = torch.device | str | None
Params: TypeAlias = list[Tensor]
Loss: TypeAlias = Callable[[Tensor, Tensor], Tensor]
UpdateRule: TypeAlias = Callable[[Params, Any, dict[str, Any]], Any]

zeros, ones, arange, linspace = torch.zeros, torch.ones, torch.arange, torch.linspace
normal, tensor, meshgrid = torch.normal, torch.tensor, partial(torch.meshgrid, indexing="ij")
sin, cos, sinh, cosh, tanh = torch.sin, torch.cos, torch.sinh, torch.cosh, torch.tanh
exp, abs = torch.exp, torch.abs

_CHUNK = 4096  # rows permuted at once, as far as whole minibatches allow
_PIECE = 2048  # rows; the loss of many rows is evaluated in pieces, to bound the memory it takes


def numpy(x: Tensor, *args: Any, **kwargs: Any) -> NDArray[Any]:
    """Return a tensor's numbers as a NumPy array, without its gradient.

    Parameters
    ----------
    x : Tensor
    *args, **kwargs
        As `torch.Tensor.numpy` takes them.

    Returns
    -------
    ndarray, shape of ``x``
    """
    return x.detach().numpy(*args, **kwargs)


def best_device() -> torch.device:
    """Return the accelerator of this machine, such as a GPU, or the CPU where there is none.

    Returns
    -------
    torch.device
    """
    return torch.accelerator.current_accelerator(check_available=True) or torch.device("cpu")


class ArrayLoader:
    """Minibatches of equally long tensors, in a new random order every time it is iterated.

    Many rows are permuted at once and then sliced, so a minibatch costs a view, not a copy of each
    of its rows. The order comes from torch's generator: `torch.manual_seed` repeats it.

    Attributes
    ----------
    tensors : tuple of Tensor
        The arrays, whole.
    batch_size : int
    shuffle : bool
        Whether the order changes; if not, the rows come as they stand.
    num_examples : int
    """

    def __init__(self, tensors: Sequence[Tensor], batch_size: int, shuffle: bool) -> None:
        self.num_examples = equal_lengths("data_arrays", tensors)
        self.batch_size = whole_number("batch_size", batch_size)
        self.tensors = tuple(tensors)
        self.shuffle = shuffle

    def __len__(self) -> int:
        """Return the number of minibatches, a short last one included."""
        return -(-self.num_examples // self.batch_size)

    def pieces(self) -> Iterator[tuple[Tensor, ...]]:
        """Yield the rows as they stand, in pieces that are small enough for any model."""
        for start in range(0, self.num_examples, _PIECE):
            yield tuple(tensor[start : start + _PIECE] for tensor in self.tensors)

    def __iter__(self) -> Iterator[tuple[Tensor, ...]]:
        """Yield the minibatches of one epoch."""
        whole_minibatches = max(1, _CHUNK // self.batch_size) * self.batch_size
        for tensors in self._chunks(whole_minibatches):
            yield from zip(*(tensor.split(self.batch_size) for tensor in tensors), strict=True)

    def _chunks(self, size: int) -> Iterator[tuple[Tensor, ...]]:
        """Yield the rows of one epoch, in order, many at a time."""
        if not self.shuffle:
            yield from zip(*(tensor.split(size) for tensor in self.tensors), strict=True)
            return
        # Drawn on the CPU: a seed then gives one order on every device. Short integers and
        # index_select take less time of a row, the more so the more rows there are.
        order = torch.randperm(self.num_examples, dtype=torch.int32)
        for rows in order.to(self.tensors[0].device).split(size):
            yield tuple(tensor.index_select(0, rows) for tensor in self.tensors)


def load_array(
    data_arrays: Sequence[Any], batch_size: int, is_train: bool = True, device: Device = None
) -> ArrayLoader:
    """Return an iterator over minibatches of in-memory arrays.

    Parameters
    ----------
    data_arrays : sequence of tensors or arrays
        One or more, with the same number of rows.
    batch_size : int
        Rows in a minibatch, at least 1; the last minibatch of an epoch may be shorter.
    is_train : bool
        Whether every epoch has a new random order.
    device : torch.device or str, optional
        Where the arrays are kept, such as ``"cuda"``; where they are by default.

    Returns
    -------
    ArrayLoader

    Raises
    ------
    TypeError, ValueError
        If the arrays differ in length or are empty, ``batch_size`` is not an integer >= 1, or there
        is no such device.
    """
    place = None if device is None else _usable(device)
    return ArrayLoader(
        [torch.as_tensor(a, device=place) for a in data_arrays], batch_size, is_train
    )


def linreg(X: Tensor, w: Tensor, b: Tensor) -> Tensor:
    """Return the linear model's predictions ``X w + b``.

    Parameters
    ----------
    X : Tensor, shape (batch_size, feature_dim)
    w : Tensor, shape (feature_dim, 1)
    b : Tensor, shape (1,)

    Returns
    -------
    Tensor, shape (batch_size, 1)
    """
    return torch.matmul(X, w) + b


def squared_loss(y_hat: Tensor, y: Tensor) -> Tensor:
    """Return half the squared error of each example.

    Parameters
    ----------
    y_hat : Tensor
        The predictions.
    y : Tensor
        The targets, as many.

    Returns
    -------
    Tensor, shape of ``y_hat``
    """
    return (y_hat - y.reshape(y_hat.shape)) ** 2 / 2


def evaluate_loss(net: Callable[[Tensor], Tensor], data_iter: Iterable[Any], loss: Loss) -> float:
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
    with torch.no_grad():
        for X, y in batches:
            count += count_rows(data_iter, X)
            y_hat = net(X)
            value = loss(y_hat, y.reshape(y_hat.shape))
            total += float(value) if summed else float(value.mean()) * len(X)
    if count == 0:
        raise ValueError(f"data_iter={data_iter!r}: must hold at least one example")
    return total / count


def sgd(params: Iterable[Tensor], states: Any, hyperparams: dict[str, Any]) -> None:
    """Take one step of stochastic gradient descent, and clear the gradients.

    Parameters
    ----------
    params : iterable of Tensor
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
    with torch.no_grad():
        for p in params:
            p -= lr * p.grad
            p.grad.zero_()


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
    device : torch.device or str, optional
        Where the table is kept, such as ``"cuda"``; the CPU by default.

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
    device : torch.device or str, optional
        Where to train, such as ``"cuda"``; where the data is by default.

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
    w = torch.normal(0.0, 0.01, size=(feature_dim, 1)).to(place, X.dtype).requires_grad_()
    b = torch.zeros(1, dtype=X.dtype, device=place, requires_grad=True)

    def net(X: Tensor) -> Tensor:
        return linreg(X, w, b)

    def step(X: Tensor, y: Tensor) -> None:
        w.grad = b.grad = None
        squared_loss(net(X), y).mean().backward()
        trainer_fn([w, b], states, hyperparams)

    return training.train(
        step,
        lambda: evaluate_loss(net, data_iter, squared_loss),
        data_iter,
        n,
        num_epochs,
        synchronize=lambda: _synchronize(place),
    )


def train_concise_ch11(
    trainer_fn: Callable[..., torch.optim.Optimizer],
    hyperparams: dict[str, Any],
    data_iter: Any,
    num_epochs: int = 4,
    device: Device = None,
) -> tuple[list[float], list[float]]:
    """Train linear regression with one of PyTorch's optimizers.

    Model, initial weights and loss are those of `train_ch11`: after the same seed, the same
    algorithm takes the same path.

    Parameters
    ----------
    trainer_fn : callable
        The optimizer's class, such as `torch.optim.SGD`.
    hyperparams : dict
        Its keyword arguments, such as ``{'lr': 0.05}``.
    data_iter : iterable of (X, y)
        The minibatches, as from `get_data_ch11`.
    num_epochs : int
        How many passes over the data, at least 1.
    device : torch.device or str, optional
        Where to train, such as ``"cuda"``; where the data is by default.

    Returns
    -------
    seconds, losses : list of float
        As `train_ch11` returns them.

    Raises
    ------
    TypeError, ValueError
        If ``lr`` is not a finite number above zero, the data is empty, not floating-point or can be
        gone through only once, ``num_epochs`` is not an integer >= 1, or there is no such device.
    """
    known_rate(hyperparams, "lr")
    X, _, n = training.peek(data_iter)
    data_iter, place = _placed(data_iter, device)
    # Without nn.Linear's own initialization, which would use up random numbers.
    net = nn.utils.skip_init(nn.Linear, X.shape[1], 1)
    nn.init.normal_(net.weight, std=0.01)
    nn.init.zeros_(net.bias)
    net.to(place, X.dtype)
    optimizer = trainer_fn(net.parameters(), **hyperparams)

    def step(X: Tensor, y: Tensor) -> None:
        optimizer.zero_grad()
        squared_loss(net(X), y).mean().backward()
        optimizer.step()

    return training.train(
        step,
        lambda: evaluate_loss(net, data_iter, squared_loss),
        data_iter,
        n,
        num_epochs,
        synchronize=lambda: _synchronize(place),
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
    It waits for a GPU to finish before it reads the clock.
    """
    device = best_device()
    return timer.median_time(function, min_run_time, lambda: _synchronize(device))


class _Moved:
    """The minibatches of another loader, on a device."""

    def __init__(self, data_iter: Any, device: torch.device) -> None:
        self.data_iter, self.device = data_iter, device

    def __iter__(self) -> Iterator[tuple[Tensor, ...]]:
        for batch in self.data_iter:
            yield tuple(tensor.to(self.device) for tensor in batch)


def _placed(data_iter: Any, device: Device) -> tuple[Any, torch.device]:
    """Bring the data to the device, or find out where it is."""
    if device is None:
        of_arrays = isinstance(data_iter, ArrayLoader)
        return data_iter, data_iter.tensors[0].device if of_arrays else torch.device("cpu")
    place = _usable(device)
    if not isinstance(data_iter, ArrayLoader):
        return _Moved(data_iter, place), place
    tensors = [tensor.to(place) for tensor in data_iter.tensors]
    return ArrayLoader(tensors, data_iter.batch_size, data_iter.shuffle), place


def _usable(device: torch.device | str) -> torch.device:
    try:
        torch.empty(0, device=device)
    except (RuntimeError, AssertionError) as error:
        usable = sorted({"cpu", best_device().type})
        raise ValueError(f"device={device!r}: must be one this machine has: {usable}") from error
    return torch.device(device)


def _synchronize(device: torch.device) -> None:
    if device.type != "cpu":
        torch.accelerator.synchronize(device)
