"""Data-parallel minibatch SGD on the workers of the present process group."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

import torch
import torch.distributed as dist
from torch import Tensor

from d2lmini import torch as d2l
from d2lmini._checks import check_integer, check_positive, shown

MAX_WIDTH = 50_000
"""The largest ``width``; a worker then needs about 650 MB of memory."""

MAX_SEED = 2**64 - 1
"""The largest number that PyTorch takes for a seed."""

_BYTES_PER_FEATURE = 13_000  # two arrays of 1,500 numbers, and the parameters


@dataclass
class Report:
    """What rank 0 measured during a run.

    Attributes
    ----------
    world_size, threads, steps : int
        The number of workers, of threads of each worker, and of steps.
    backend, device : str
        The backend of `torch.distributed`, and the device of rank 0.
    losses : list of float
        Half the mean squared error after each epoch.
    weights : list of float
        The parameters at the end, the bias last.
    compute, reduce : float
        Median times of a step [s]: of computing the gradient and the update, and of averaging,
        which includes waiting for slower workers.
    """

    world_size: int
    threads: int
    steps: int
    backend: str
    device: str
    losses: list[float]
    weights: list[float]
    compute: float
    reduce: float


def shard(rows: Tensor, rank: int, world_size: int) -> Tensor:
    """Return one worker's shard of a minibatch.

    Parameters
    ----------
    rows : Tensor
        The minibatch; its first axis counts the examples.
    rank : int
        Which worker, from 0 on.
    world_size : int
        The number of workers. Shards differ by one row at most.

    Returns
    -------
    Tensor
        A view; with more workers than rows, some are empty.

    Raises
    ------
    TypeError
        If ``rank`` or ``world_size`` is not an integer.
    ValueError
        If there is no such worker.
    """
    world_size = check_integer("world_size", world_size)
    rank = check_integer("rank", rank, lowest=0, highest=world_size - 1)
    per_worker, left = divmod(len(rows), world_size)
    first = rank * per_worker + min(rank, left)
    return rows[first : first + per_worker + (rank < left)]


def sum_gradients(params: Iterable[Tensor]) -> None:
    """Replace each parameter's gradient by its sum over all workers, in one message.

    Parameters
    ----------
    params : iterable of Tensor
        The parameters, with ``.grad`` set.
    """
    grads = [p.grad for p in params]
    message = torch.cat([grad.reshape(-1) for grad in grads])
    dist.all_reduce(message)
    parts = message.split([grad.numel() for grad in grads])
    for grad, part in zip(grads, parts, strict=True):
        grad.copy_(part.view_as(grad))


def random_features(features: Tensor, width: int) -> Tensor:
    """Return ``width`` random cosine features of the columns, or the columns if ``width`` is 0.

    The width sets how much work the model has per example.

    Parameters
    ----------
    features : Tensor, shape (n, feature_dim)
    width : int
        The number of random features, at most `MAX_WIDTH`.

    Returns
    -------
    Tensor, shape (n, width)

    Raises
    ------
    TypeError
        If ``width`` is not an integer.
    ValueError
        If it is out of its range.

    References
    ----------
    Rahimi and Recht, *Random features for large-scale kernel machines*, NIPS 2007.
    """
    width = _check_width(width)
    if width == 0:
        return features
    generator = torch.Generator().manual_seed(0)
    directions = torch.randn(features.shape[1], width, generator=generator).to(features.device)
    phases = 2 * torch.pi * torch.rand(width, generator=generator).to(features.device)
    return torch.cos(features @ directions / 2 + phases) * (2 / width) ** 0.5


def train(
    batch_size: int = 100,
    lr: float = 0.4,
    num_epochs: int = 2,
    seed: int = 0,
    width: int = 0,
    device: str | torch.device = "cpu",
) -> Report:
    """Train linear regression with all workers of the present process group.

    With the same seed every worker draws the same weights and the same order of rows, so only
    gradients have to be sent. A single worker takes the same path as `torch.train_ch11`.

    Parameters
    ----------
    batch_size : int
        Rows in a minibatch, over all workers together.
    lr : float
        The learning rate.
    num_epochs : int
        How many passes over the data, at least 1.
    seed : int
        Repeats a run; at most `MAX_SEED`.
    width : int
        The number of `random_features`, at most `MAX_WIDTH`; 0 for the five columns. A worker needs
        about 13 MB of memory for every thousand.
    device : str or torch.device
        The device of this worker.

    Returns
    -------
    Report

    Raises
    ------
    TypeError, ValueError
        If an argument is out of its range.
    """
    lr = check_positive("lr", lr)
    num_epochs = check_integer("num_epochs", num_epochs)
    _check_width(width)
    seed = check_integer("seed", seed, lowest=0, highest=MAX_SEED)
    rank, world_size = dist.get_rank(), dist.get_world_size()
    torch.manual_seed(seed)
    data_iter, feature_dim = d2l.get_data_ch11(batch_size, device=device)
    w = torch.normal(0.0, 0.01, size=(width or feature_dim, 1)).to(device)
    w.requires_grad_()
    b = torch.zeros(1, device=device, requires_grad=True)
    compute: list[float] = []
    reduce: list[float] = []
    losses = []

    def net(X: Tensor) -> Tensor:
        return d2l.linreg(random_features(X, width), w, b)

    # Connects the workers, before the clock starts.
    dist.all_reduce(torch.zeros(1, device=device))
    for _ in range(num_epochs):
        for X, y in data_iter:
            began = time.perf_counter()
            w.grad = b.grad = None
            X_shard = shard(X, rank, world_size)
            y_shard = shard(y, rank, world_size)
            loss = d2l.squared_loss(net(X_shard), y_shard).sum() / len(X)
            loss.backward()
            d2l.synchronize(w.device)
            computed = time.perf_counter()
            sum_gradients([w, b])
            d2l.synchronize(w.device)
            averaged = time.perf_counter()
            d2l.sgd([w, b], None, {"lr": lr})
            updated = time.perf_counter()
            compute.append(computed - began + updated - averaged)
            reduce.append(averaged - computed)
        losses.append(d2l.evaluate_loss(net, data_iter, d2l.squared_loss))
    weights = torch.cat([w.detach().reshape(-1), b.detach()]).tolist()
    return Report(
        world_size=world_size,
        threads=torch.get_num_threads(),
        steps=len(compute),
        backend=dist.get_backend(),
        device=str(w.device),
        losses=losses,
        weights=weights,
        compute=median(compute),
        reduce=median(reduce),
    )


def _check_width(width: int) -> int:
    width = check_integer("width", width, lowest=0)
    if width > MAX_WIDTH:
        tenths = width * _BYTES_PER_FEATURE // 10**8  # of a GB, in integers: these may be huge
        raise ValueError(
            f"width={shown(width)}: must be an integer 0 to {MAX_WIDTH}; "
            f"a worker would take about {shown(tenths // 10)}.{tenths % 10} GB of memory"
        )
    return width
