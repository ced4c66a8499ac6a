"""Measure d2lmini beside its peers in one run, and print the ratios.

    python -m benchmarks.package

The peers do the same work the usual way: torch's DataLoader fetches row by row, and the loop of the
original section evaluates the loss through it, minibatch by minibatch.
"""

import time
from collections.abc import Callable, Iterable
from statistics import median
from typing import Any

import torch
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset

from benchmarks.epoch import LEARNING_RATES
from d2lmini import torch as d2l

REPEATS = 5
BATCH_SIZES = (1, 10, 100)

Batches = Iterable[tuple[Tensor, Tensor]]


def iterate(data_iter: Batches) -> None:
    """Fetch all minibatches.

    Parameters
    ----------
    data_iter : iterable of (X, y)
        The minibatches.
    """
    for _ in data_iter:
        pass


def plain_loss(data_iter: Batches, w: Tensor, b: Tensor) -> float:
    """Return the mean loss, evaluated minibatch by minibatch.

    Parameters
    ----------
    data_iter : iterable of (X, y)
        The minibatches.
    w, b : Tensor
        Weights and bias of the linear model.
    """
    total, count = 0.0, 0
    with torch.no_grad():
        for X, y in data_iter:
            total += float(d2l.squared_loss(d2l.linreg(X, w, b), y).sum())
            count += len(X)
    return total / count


def plain_training(data_iter: Batches, lr: float, num_epochs: int = 2) -> None:
    """Train, with a loss each 200 examples, as a program without d2lmini does it.

    Parameters
    ----------
    data_iter : iterable of (X, y)
        The minibatches.
    lr : float
        The learning rate.
    num_epochs : int
        Passes over the data.
    """
    w = torch.normal(0.0, 0.01, size=(5, 1), requires_grad=True)
    b = torch.zeros(1, requires_grad=True)
    seen = 0
    for _ in range(num_epochs):
        for X, y in data_iter:
            d2l.squared_loss(d2l.linreg(X, w, b), y).mean().backward()
            with torch.no_grad():
                for p in (w, b):
                    p -= lr * p.grad
                    p.grad.zero_()
            seen += len(X)
            if seen % 200 < len(X):
                plain_loss(data_iter, w, b)


def our_training(data_iter: Any, lr: float, num_epochs: int = 2) -> None:
    """Train with `train_ch11`, without figure.

    Parameters
    ----------
    data_iter : iterable of (X, y)
        The minibatches.
    lr : float
        The learning rate.
    num_epochs : int
        Passes over the data.
    """
    with d2l.quiet():
        d2l.train_ch11(d2l.sgd, None, {"lr": lr}, data_iter, 5, num_epochs)


def seconds(function: Callable[[], object]) -> float:
    """Return the median time of a call [s], after one that is not counted.

    Parameters
    ----------
    function : callable
        Takes no argument.
    """
    function()
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        function()
        times.append(time.perf_counter() - start)
    return median(times)


def seconds_per_row(copies: int, batch_size: int = 1500) -> float:
    """Return the processor time of an epoch, logged, for each row of copies of the table [s].

    Parameters
    ----------
    copies : int
        How often the table of 1,500 rows is repeated.
    batch_size : int
        Examples in a minibatch.
    """
    X, y = (t.repeat(copies, *[1] * (t.ndim - 1)) for t in d2l.get_data_ch11(10)[0].tensors)
    data_iter = d2l.load_array((X, y), batch_size)
    num_epochs = max(1, 1000 // copies)
    times = []
    for _ in range(REPEATS):
        start = time.process_time()
        our_training(data_iter, 0.1, num_epochs)
        times.append(time.process_time() - start)
    return min(times) / len(X) / num_epochs


def print_growth() -> None:
    """Print whether a row takes longer in a large data set; one thread, so that none waits."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    smallest = seconds_per_row(10)
    for copies in (10, 100, 1000):
        row = seconds_per_row(copies)
        print(f"{1500 * copies:9,d} rows: {1e6 * row:.3f} µs a row, ratio {row / smallest:.2f}")
    torch.set_num_threads(threads)


def print_comparison(batch_size: int) -> None:
    """Print the times of d2lmini and its peer at one batch size.

    Parameters
    ----------
    batch_size : int
        A key of `LEARNING_RATES`.
    """
    w, b, lr = torch.zeros(5, 1), torch.zeros(1), LEARNING_RATES[batch_size]
    ours, _ = d2l.get_data_ch11(batch_size)
    peer = DataLoader(TensorDataset(*ours.tensors), batch_size, shuffle=True)

    def our_loss() -> float:
        return d2l.evaluate_loss(lambda X: d2l.linreg(X, w, b), ours, d2l.squared_loss)

    rows: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
        "one epoch of minibatches": (lambda: iterate(ours), lambda: iterate(peer)),
        "loss over the data set": (our_loss, lambda: plain_loss(peer, w, b)),
        "two epochs, loss each 200": (
            lambda: our_training(ours, lr),
            lambda: plain_training(peer, lr),
        ),
    }
    for what, functions in rows.items():
        mine, theirs = map(seconds, functions)
        name = f"{what}, b = {batch_size}"
        print(f"{name:34} {1e3 * mine:7.2f} ms {1e3 * theirs:7.2f} ms {theirs / mine:15.1f}")


def main() -> None:
    """Print all comparisons."""
    print(f"torch {torch.__version__}, {torch.get_num_threads()} threads, medians of {REPEATS}")
    print(f"{'':34} {'d2lmini':>10} {'peer':>10} {'peer / d2lmini':>15}")
    for batch_size in BATCH_SIZES:
        print_comparison(batch_size)
    print_growth()


if __name__ == "__main__":
    main()
