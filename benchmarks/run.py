"""Measure d2lmini beside its peers in one run, and print the ratios.

The peers do the same work the usual way: torch's DataLoader fetches row by row, and the loop of the
original section evaluates the loss through it, minibatch by minibatch.
"""

import time
from statistics import median

import torch
from torch.utils.data import DataLoader, TensorDataset

from d2lmini import torch as d2l

REPEATS = 5


def walk(data_iter):
    for _batch in data_iter:
        pass


def plain_loss(data_iter, w, b):
    """Mean loss, through the loader."""
    total, count = 0.0, 0
    with torch.no_grad():
        for X, y in data_iter:
            total += d2l.squared_loss(d2l.linreg(X, w, b), y).sum()
            count += len(X)
    return float(total) / count


def plain_run(data_iter, lr, num_epochs=2):
    """Two epochs with a loss each 200 examples, as a program without d2lmini does it."""
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


def our_run(data_iter, lr, num_epochs=2):
    with d2l.quiet():
        d2l.train_ch11(d2l.sgd, None, {"lr": lr}, data_iter, 5, num_epochs)


def seconds(function):
    function()
    times = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        function()
        times.append(time.perf_counter() - began)
    return median(times)


def time_of_a_row(copies, batch_size=1500):
    """Processor time of an epoch, logged, for each row of copies of the table [s]."""
    X, y = (t.repeat(copies, *[1] * (t.ndim - 1)) for t in d2l.get_data_ch11(10)[0].tensors)
    data_iter = d2l.load_array((X, y), batch_size)
    times = []
    for _ in range(REPEATS):
        began = time.process_time()
        our_run(data_iter, 0.1, num_epochs=max(1, 1000 // copies))
        times.append(time.process_time() - began)
    return min(times) / len(X) / max(1, 1000 // copies)


def print_growth():
    """Whether a row takes longer in a large data set; one thread, so that none waits."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    smallest = time_of_a_row(10)
    for copies in (10, 100, 1000):
        row = time_of_a_row(copies)
        print(f"{1500 * copies:9,d} rows: {1e6 * row:.3f} µs a row, ratio {row / smallest:.2f}")
    torch.set_num_threads(threads)


def main():
    print(f"torch {torch.__version__}, {torch.get_num_threads()} threads, medians of {REPEATS}")
    print(f"{'':34} {'d2lmini':>10} {'peer':>10} {'peer / d2lmini':>15}")
    w, b = torch.zeros(5, 1), torch.zeros(1)

    def net(X):
        return d2l.linreg(X, w, b)

    for batch_size, lr in ((1, 0.005), (10, 0.05), (100, 0.4)):
        ours, _ = d2l.get_data_ch11(batch_size)
        peer = DataLoader(TensorDataset(*ours.tensors), batch_size, shuffle=True)
        rows = {
            "one epoch of minibatches": (lambda o=ours: walk(o), lambda p=peer: walk(p)),
            "loss over the data set": (
                lambda o=ours: d2l.evaluate_loss(
                    lambda X: d2l.linreg(X, w, b), o, d2l.squared_loss
                ),
                lambda p=peer: plain_loss(p, w, b),
            ),
            "two epochs, loss each 200": (
                lambda o=ours, r=lr: our_run(o, r),
                lambda p=peer, r=lr: plain_run(p, r),
            ),
        }
        for what, (our, their) in rows.items():
            mine, theirs = seconds(our), seconds(their)
            name = f"{what}, b = {batch_size}"
            print(f"{name:34} {1e3 * mine:7.2f} ms {1e3 * theirs:7.2f} ms {theirs / mine:15.1f}")
    print_growth()


if __name__ == "__main__":
    main()
