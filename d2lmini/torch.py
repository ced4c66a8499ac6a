"""The section's helpers for PyTorch."""

from collections.abc import Callable, Iterable, Sequence
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

from d2lmini import __all__ as __all__, loader, timer, training
from d2lmini._checks import check_losses, check_unmasked
from d2lmini.common import *
from d2lmini.data import whitened_airfoil

Params: TypeAlias = list[Tensor]
Loss: TypeAlias = Callable[[Tensor, Tensor], Tensor]
UpdateRule: TypeAlias = Callable[[Params, Any, dict[str, Any]], Any]

zeros, ones, arange, linspace = torch.zeros, torch.ones, torch.arange, torch.linspace
normal, tensor, meshgrid = torch.normal, torch.tensor, partial(torch.meshgrid, indexing="ij")
sin, cos, sinh, cosh, tanh = torch.sin, torch.cos, torch.sinh, torch.cosh, torch.tanh
exp, abs = torch.exp, torch.abs


def numpy(x: Tensor, *args: Any, **kwargs: Any) -> NDArray[Any]:
    """Return a tensor as a NumPy array of the same shape, detached from its gradient.

    Parameters
    ----------
    x : Tensor
    *args, **kwargs
        As for `torch.Tensor.numpy`.
    """
    return x.detach().numpy(*args, **kwargs)


def best_device() -> torch.device:
    """Return the accelerator of this machine, such as a GPU, or the CPU if there is none."""
    return torch.accelerator.current_accelerator(check_available=True) or torch.device("cpu")


def to_device(array: Any, device: torch.device | str | None = None) -> Tensor:
    """Return an array as a tensor on a device.

    Parameters
    ----------
    array : tensor or array
    device : torch.device or str, optional
        By default the array stays where it is.

    Raises
    ------
    ValueError
        If this machine has no such device, or a number of the array is masked.
    """
    check_unmasked("array", array)
    try:
        torch.empty(0, device=device)
    except (RuntimeError, AssertionError) as error:
        available = sorted({"cpu", best_device().type})
        raise ValueError(f"device={device!r}: must be one this machine has: {available}") from error
    return torch.as_tensor(array, device=device)


def synchronize(device: torch.device) -> None:
    """Wait until a device has finished its work, so that the clock can be read.

    Parameters
    ----------
    device : torch.device
    """
    if device.type != "cpu":
        torch.accelerator.synchronize(device)


class ArrayLoader(loader.ArrayLoader):
    """Minibatches of tensors; `torch.manual_seed` repeats their random order."""

    # The order is drawn on the CPU, so that a seed gives the same one on every device. Short
    # integers and index_select take the least time for each row.
    def _permutation(self) -> Tensor:
        order = torch.randperm(self.num_examples, dtype=torch.int32)
        return order.to(self.tensors[0].device)

    def _take(self, array: Tensor, rows: Tensor) -> Tensor:
        return array.index_select(0, rows)

    def _split(self, array: Tensor, size: int) -> Sequence[Tensor]:
        return array.split(size)


def load_array(
    data_arrays: Sequence[Any],
    batch_size: int,
    is_train: bool = True,
    device: torch.device | str | None = None,
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
        The device that holds the data, such as ``"cuda"``; by default the data stays where it is.

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


def linreg(X: Tensor, w: Tensor, b: Tensor) -> Tensor:
    """Return the linear model's predictions ``X w + b``, shape (batch_size, 1).

    Parameters
    ----------
    X, w, b : Tensor
        Of the shapes (batch_size, feature_dim), (feature_dim, 1) and (1,).
    """
    return torch.matmul(X, w) + b


def squared_loss(y_hat: Tensor, y: Tensor) -> Tensor:
    """Return half the squared error of each example, in the shape of ``y_hat``.

    Parameters
    ----------
    y_hat, y : Tensor
        Predictions, and as many targets.
    """
    if not y_hat.is_floating_point():
        y_hat = y_hat * 1.0  # the difference of integers can overflow
    return (y_hat - y.reshape(y_hat.shape)) ** 2 / 2


def evaluate_loss(net: Callable[[Tensor], Tensor], data_iter: Iterable[Any], loss: Loss) -> float:
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

    def batch_loss(X: Tensor, y: Tensor) -> float:
        y_hat = net(X)
        value = loss(y_hat, y.reshape(y_hat.shape))
        if returns_sum:
            return float(value)
        check_losses(value, X)
        return float(value.mean()) * len(X)

    records = torch.is_grad_enabled()
    try:
        with torch.no_grad():
            return training.mean_over_examples(batch_loss, data_iter)
    finally:  # a Ctrl-C may come while `with` ends, or here: one of the two restores what was
        torch.set_grad_enabled(records)


@torch.no_grad()
def sgd(
    params: Iterable[Tensor],
    states: Any,
    hyperparams: dict[str, Any],
) -> None:
    """Take one step of stochastic gradient descent, and set the gradients to zero.

    Parameters
    ----------
    params : iterable of Tensor
        The parameters, with ``.grad`` set; changed in place.
    states : None
        Not used; other update rules keep their state there.
    hyperparams : dict
        ``lr``, the learning rate.
    """
    for p in params:
        p -= hyperparams["lr"] * p.grad
        p.grad.zero_()


def get_data_ch11(
    batch_size: int = 10,
    n: int = 1500,
    device: torch.device | str | None = None,
) -> tuple[ArrayLoader, int]:
    """Return minibatches of the whitened airfoil table, and its number of features.

    Parameters
    ----------
    batch_size : int
        Rows in a minibatch, at least 1.
    n : int
        How many rows of the table to use, 1 to 1503.
    device : torch.device or str, optional
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
        If a number is not an integer in its range, or this machine has no such
        device.
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
    w = torch.normal(0.0, 0.01, size=(feature_dim, 1)).to(X)
    b = torch.zeros(1).to(X)
    w.requires_grad_()
    b.requires_grad_()

    def net(X: Tensor) -> Tensor:
        return linreg(X, w, b)

    def step(X: Tensor, y: Tensor) -> None:
        w.grad = b.grad = None
        squared_loss(net(X), y).mean().backward()
        trainer_fn([w, b], states, hyperparams)

    evaluate = partial(evaluate_loss, net, data_iter, squared_loss)
    return training.train(
        step,
        evaluate,
        data_iter,
        n,
        num_epochs,
        partial(synchronize, X.device),
    )


def train_concise_ch11(
    trainer_fn: Callable[..., torch.optim.Optimizer],
    hyperparams: dict[str, Any],
    data_iter: Any,
    num_epochs: int = 4,
) -> training.Log:
    """Train linear regression with one of PyTorch's optimizers, on the device of the data.

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
        Passes over the data, at least 1.

    Returns
    -------
    Log
        As `train_ch11` returns it.

    Raises
    ------
    TypeError, ValueError
        If ``lr`` is not a finite number above zero, the data is empty, not floating-point or can be
        iterated only once, or ``num_epochs`` is not an integer >= 1.
    """
    X, _, n = training.check_arguments(
        data_iter,
        num_epochs,
        hyperparams,
        "lr",
    )
    # skip_init: nn.Linear's own initialization would use up random numbers.
    net = nn.utils.skip_init(nn.Linear, X.shape[1], 1)
    nn.init.normal_(net.weight, std=0.01)
    nn.init.zeros_(net.bias)
    net.to(X)
    optimizer = trainer_fn(net.parameters(), **hyperparams)

    def step(X: Tensor, y: Tensor) -> None:
        optimizer.zero_grad()
        squared_loss(net(X), y).mean().backward()
        optimizer.step()

    evaluate = partial(evaluate_loss, net, data_iter, squared_loss)
    return training.train(
        step,
        evaluate,
        data_iter,
        n,
        num_epochs,
        partial(synchronize, X.device),
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
