r"""Data-parallel minibatch SGD: k workers share every minibatch, and average their gradients.

One machine, two workers::

    torchrun --standalone --nproc-per-node 2 -m d2lmini.parallel --batch-size 100 --lr 0.4

Four machines with eight GPUs each; the same line on each of them::

    torchrun --nnodes 4 --nproc-per-node 8 --rdzv-backend c10d --rdzv-endpoint HOST:29400 \
        -m d2lmini.parallel --batch-size 1024 --lr 0.4
"""

import argparse
import json
import os
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

import torch
import torch.distributed as dist
from torch import Tensor

from d2lmini import torch as d2l
from d2lmini._checks import check_integer, check_positive
from d2lmini.meeting import Meeting

MAX_WIDTH = 50_000
"""The largest ``width``; a worker then takes some 650 MB."""

_BYTES_PER_FEATURE = 13_000  # two arrays of 1,500 numbers, and the parameters


@dataclass
class Report:
    """How a run went, as worker 0 saw it.

    Attributes
    ----------
    workers, threads, steps : int
        How many workers there were, how many threads each computed with, and how many steps they
        took.
    backend, device : str
        Who carried the gradients, and where they were computed.
    losses : list of float
        Half the mean squared error after each epoch.
    weights : list of float
        The parameters at the end, the bias last.
    compute, reduce : float
        Median times of a step [s]: for the gradient of this worker's rows and the update, and for
        averaging, in which a worker also waits for slower ones.
    """

    workers: int
    threads: int
    steps: int
    backend: str
    device: str
    losses: list[float]
    weights: list[float]
    compute: float
    reduce: float


def share(rows: Tensor, rank: int, workers: int) -> Tensor:
    """Return the rows of a minibatch that fall to one worker.

    Parameters
    ----------
    rows : Tensor
        The minibatch; its first axis counts the examples.
    rank : int
        Which worker, from 0 on.
    workers : int
        How many there are. The shares differ by one row at most.

    Returns
    -------
    Tensor
        A view; with more workers than rows, some get none.
    """
    return rows.tensor_split(workers)[rank]


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
    for grad, part in zip(grads, message.split([g.numel() for g in grads]), strict=True):
        grad.copy_(part.view_as(grad))


def widened(features: Tensor, width: int) -> Tensor:
    """Return ``width`` random cosine features of the columns; zero leaves the columns alone.

    They make a model with as much work per example as one likes.

    Parameters
    ----------
    features : Tensor, shape (n, feature_dim)
    width : int
        How many features to make.

    Returns
    -------
    Tensor, shape (n, width)

    References
    ----------
    Rahimi and Recht, *Random features for large-scale kernel machines*, NIPS 2007.
    """
    if width == 0:
        return features
    draw = torch.Generator().manual_seed(0)
    directions = torch.randn(features.shape[1], width, generator=draw).to(features.device)
    phases = 2 * torch.pi * torch.rand(width, generator=draw).to(features.device)
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

    After the same seed every worker draws the same weights and the same order of rows, so that
    nothing has to be sent but gradients; and one worker takes the path of `torch.train_ch11`.

    Parameters
    ----------
    batch_size : int
        Rows in a minibatch, over all workers together.
    lr : float
        The learning rate.
    num_epochs : int
        How many passes over the data, at least 1.
    seed : int
        Repeats a run.
    width : int
        Random features instead of the five columns, if not zero; see `widened`. A worker takes
        about 13 MB of memory for every thousand of them; `MAX_WIDTH` at most.
    device : str or torch.device
        Where this worker computes.

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
    rank, workers = dist.get_rank(), dist.get_world_size()
    torch.manual_seed(check_integer("seed", seed, lowest=0))
    data_iter, feature_dim = d2l.get_data_ch11(batch_size, device=device)
    w = torch.normal(0.0, 0.01, size=(width or feature_dim, 1)).to(device).requires_grad_()
    b = torch.zeros(1, device=device, requires_grad=True)
    compute: list[float] = []
    reduce: list[float] = []
    losses = []

    def net(X: Tensor) -> Tensor:
        return d2l.linreg(widened(X, width), w, b)

    dist.all_reduce(torch.zeros(1, device=device))  # connects the workers before the clock starts
    for _ in range(num_epochs):
        for X, y in data_iter:
            began = time.perf_counter()
            w.grad = b.grad = None
            own = d2l.squared_loss(net(share(X, rank, workers)), share(y, rank, workers))
            (own.sum() / len(X)).backward()
            _finish(device)
            computed = time.perf_counter()
            sum_gradients([w, b])
            _finish(device)
            averaged = time.perf_counter()
            d2l.sgd([w, b], None, {"lr": lr})
            compute.append(computed - began + time.perf_counter() - averaged)
            reduce.append(averaged - computed)
        losses.append(d2l.evaluate_loss(net, data_iter, d2l.squared_loss))
    weights = torch.cat([w.detach().reshape(-1), b.detach()]).tolist()
    return Report(
        workers=workers,
        threads=torch.get_num_threads(),
        steps=len(compute),
        backend=dist.get_backend(),
        device=str(device),
        losses=losses,
        weights=weights,
        compute=median(compute),
        reduce=median(reduce),
    )


def main(arguments: list[str] | None = None) -> None:
    """Join the other workers, train, and let worker 0 report.

    Parameters
    ----------
    arguments : list of str, optional
        The command line's by default.

    Raises
    ------
    SystemExit
        With a message: if the workers were started with different settings, the report could not
        be written, or other workers do not answer, whose ranks it names.
    """
    options = _options(arguments)
    settings = {k: v for k, v in vars(options).items() if k != "output"}
    if "OMP_NUM_THREADS" not in os.environ:
        torch.set_num_threads(1)  # one for each worker, however many there are
    device, backend = _place()
    meeting = Meeting.from_environment()
    problem = _output_problem(options.output) if meeting.rank == 0 else None
    meeting.join({**settings, "device": device.type}, problem)
    try:
        meeting.connect(backend)
        report = train(**settings, device=device)
    except RuntimeError as error:
        meeting.name_the_lost(error)
        raise  # all are there: the error is of another kind
    if meeting.rank == 0:
        _publish(report, options.output)
    meeting.disconnect()


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="d2lmini.parallel", description=main.__doc__)
    parser.add_argument("--batch-size", type=int, default=100, help="rows, over all workers")
    parser.add_argument("--lr", type=float, default=0.4, help="learning rate")
    parser.add_argument("--num-epochs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--width",
        type=int,
        default=0,
        help=f"random features, up to {MAX_WIDTH}, 13 MB a thousand; 0: the columns",
    )
    parser.add_argument("--output", type=Path, help="a file for the report, as JSON")
    return parser.parse_args(arguments)


def _place() -> tuple[torch.device, str]:
    """Each worker has a GPU of its own, or all compute on the CPU."""
    if torch.cuda.is_available():
        device = torch.device("cuda", int(os.environ.get("LOCAL_RANK", "0")))
        torch.cuda.set_device(device)
        return device, "nccl"
    return torch.device("cpu"), "gloo"


def _finish(device: str | torch.device) -> None:
    if torch.device(device).type == "cuda":
        torch.cuda.synchronize(device)


def _check_width(width: int) -> None:
    check_integer("width", width, lowest=0)
    if width > MAX_WIDTH:
        raise ValueError(
            f"width={width}: must be an integer 0 to {MAX_WIDTH}; "
            f"a worker would take about {width * _BYTES_PER_FEATURE / 1e9:,.1f} GB of memory"
        )


def _output_problem(output: Path | None) -> str | None:
    """Say why a report could not be written there, before hours are spent on it."""
    if output is None:
        return None
    folder_fits = output.parent.is_dir() and os.access(output.parent, os.W_OK)
    file_fits = not output.exists() or (output.is_file() and os.access(output, os.W_OK))
    if folder_fits and file_fits:
        return None
    return f"output={str(output)!r}: must be a file that can be written, in a folder that exists"


def _publish(report: Report, output: Path | None) -> None:
    compute, reduce = 1e3 * report.compute, 1e3 * report.reduce
    print(
        f"{report.workers} workers, {report.backend} on {report.device}: "
        f"loss {report.losses[-1]:.4f}; "
        f"a step took {compute:.3f} ms to compute and {reduce:.3f} ms to average"
    )
    if output:
        output.write_text(json.dumps(asdict(report)))


if __name__ == "__main__":
    main()
