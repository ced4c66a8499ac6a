"""Measure what a step costs in PyTorch, and write it where the pieces of the book find it.

    python -m benchmarks.clocks

A step with b rows takes alpha + beta b seconds. Both are measured with arrays in memory and with
PyTorch's DataLoader, which fetches row by row. Those of a GPU and of 128 workers follow from the
cited figures below, and from what PyTorch does in a step: how many kernels, and how many bytes.
"""

import json
import os
import platform
import time
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils.data import DataLoader, TensorDataset

from d2lmini import torch as d2l

OUTPUT = Path(__file__).parents[1] / "d2lmini" / "lab" / "js" / "clocks.json"
BATCH_SIZES = (1, 10, 100, 1500)
REPEATS = 9
MIN_SECONDS = 0.05
"""How long a measurement takes at least; it is repeated `REPEATS` times."""

LAUNCH = 260e-6 / 80
"""Seconds a kernel launch: 80 kernels in 260 µs, CUDA.jl's manual."""
BANDWIDTH = 1555e9
"""Bytes a second of the memory of an A100 with 40 GB."""
WORKERS, NODES = 128, 16
BASE_LATENCY, NVLINK_LATENCY, NETWORK_LATENCY = 6.8e-6, 0.6e-6, 5.0e-6
"""Of a tree all-reduce with the protocol LL, from NCCL's model of its own latency."""
LAUNCH_SOURCE = (
    "a kernel launch takes 260 µs / 80 (CUDA.jl manual, “CUDA graphs”, "
    "https://cuda.juliagpu.org/dev/usage/graphs/)"
)
BANDWIDTH_SOURCE = (
    "memory at 1,555 GB/s (A100 40 GB, TechPowerUp GPU database, "
    "https://www.techpowerup.com/gpu-specs/a100-sxm4-40-gb.c3506)"
)
REDUCE_SOURCE = (
    "a tree all-reduce over 16 servers of 8 GPUs by NCCL’s own model, 6.8 + 2 (7 · 0.6 + 4 · 5.0) "
    "µs, without that of the network card (https://github.com/NVIDIA/nccl, src/graph/tuning.cc at "
    "b647562)."
)

BOUND = "A lower bound: PyTorch’s own work between two launches is not counted."

Batches = Iterable[Any]
Loader = Callable[[int], Batches]


def arrays(batch_size: int) -> Batches:
    """Return the minibatches of the package, whose rows are in memory.

    Parameters
    ----------
    batch_size : int
        Rows in a minibatch.
    """
    return d2l.get_data_ch11(batch_size)[0]


def row_by_row(batch_size: int) -> Batches:
    """Return the minibatches of PyTorch's loader, which fetches each row by itself.

    Parameters
    ----------
    batch_size : int
        Rows in a minibatch.
    """
    return DataLoader(
        TensorDataset(*d2l.get_data_ch11(batch_size)[0].tensors), batch_size, shuffle=True
    )


def train(data_iter: Batches) -> int:
    """Train for an epoch as `train_ch11` does, without a log; return the number of steps.

    Parameters
    ----------
    data_iter : iterable of (X, y)
        The minibatches.
    """
    w = torch.zeros(5, 1, requires_grad=True)
    b = torch.zeros(1, requires_grad=True)
    steps = 0
    for X, y in data_iter:
        w.grad = b.grad = None
        d2l.squared_loss(d2l.linreg(X, w, b), y).mean().backward()
        d2l.sgd([w, b], None, {"lr": 0.001})
        steps += 1
    return steps


def seconds_per_step(data_iter: Batches) -> float:
    """Return the median time of a step [s], its share of fetching included.

    Parameters
    ----------
    data_iter : iterable of (X, y)
        The minibatches.
    """
    train(data_iter)
    times = []
    for _ in range(REPEATS):
        steps, began = 0, time.perf_counter()
        while (elapsed := time.perf_counter() - began) < MIN_SECONDS:
            steps += train(data_iter)
        times.append(elapsed / steps)
    return median(times)


def fit(seconds: dict[int, float]) -> dict[str, float]:
    """Return alpha and beta that fit the times of steps, by least squares of relative errors.

    Parameters
    ----------
    seconds : dict
        Batch size -> seconds a step.

    Returns
    -------
    dict
        ``alpha_us``, ``beta_ns`` and ``misfit``, the largest relative error.
    """
    b, s = np.array(list(seconds)), np.array(list(seconds.values()))
    design = np.c_[1 / s, b / s]
    (alpha, beta), *_ = np.linalg.lstsq(design, np.ones(len(s)), rcond=None)
    misfit = np.abs((alpha + beta * b) / s - 1).max()
    return {**cost(alpha, beta), "misfit": rounded(misfit)}


def cost(alpha: float, beta: float) -> dict[str, float]:
    """Return the two numbers in the units of the file.

    Parameters
    ----------
    alpha : float
        Seconds a step.
    beta : float
        Seconds a row.
    """
    return {"alpha_us": rounded(1e6 * alpha), "beta_ns": rounded(1e9 * beta)}


def measured(name: str, loader: Loader) -> dict[str, Any]:
    """Return what a step costs with a loader.

    Parameters
    ----------
    name : str
        What the reader chooses.
    loader : callable
        Batch size -> minibatches.
    """
    seconds = {b: seconds_per_step(loader(b)) for b in BATCH_SIZES}
    times = {str(b): rounded(1e6 * s) for b, s in seconds.items()}
    return {"name": name, "kind": "measured", **fit(seconds), "step_us": times}


class Counter(TorchDispatchMode):
    """Counts the kernels that PyTorch would launch, and the bytes that they read and write."""

    def __init__(self) -> None:
        super().__init__()
        self.kernels = self.bytes = 0

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        """Count an operation, unless it only makes a view, and carry it out.

        Parameters
        ----------
        func, types, args, kwargs : Any
            As PyTorch passes them.
        """
        result = func(*args, **(kwargs or {}))
        aliases = [one.alias_info for one in func._schema.returns]
        if any(alias is None or alias.is_write for alias in aliases):
            self.kernels += 1
            tensors = [one for one in (*args, result) if isinstance(one, Tensor)]
            self.bytes += sum(one.numel() * one.element_size() for one in tensors)
        return result


def count(rows: int, steps: int = 1) -> Counter:
    """Return the counts of an epoch of so many rows in so many steps.

    Parameters
    ----------
    rows : int
        How many rows the table has.
    steps : int
        How many minibatches they make.
    """
    data_iter = d2l.get_data_ch11(rows // steps, n=rows)[0]
    with Counter() as counter:
        train(data_iter)
    return counter


def from_figures() -> list[dict[str, Any]]:
    """Return the costs that follow from cited figures."""
    kernels = count(1000, steps=2).kernels - count(1000).kernels
    row_bytes = (count(1000).bytes - count(500).bytes) / 500
    alpha, beta = kernels * LAUNCH, row_bytes / BANDWIDTH
    tree = 2 * ((WORKERS // NODES - 1) * NVLINK_LATENCY + np.log2(NODES) * NETWORK_LATENCY)
    step = f"PyTorch launches {kernels} kernels a step and moves {row_bytes:.0f} bytes a row"
    gpu = f"{step}; {LAUNCH_SOURCE}; {BANDWIDTH_SOURCE}. {BOUND}"
    share = f"each with 1/{WORKERS} of the rows (of a few rows, some have none)"
    workers = f"As the GPU, {share}; then {REDUCE_SOURCE}"
    together = cost(alpha + BASE_LATENCY + tree, beta / WORKERS)
    return [
        {"name": "a GPU (cited)", "kind": "cited", **cost(alpha, beta), "source": gpu},
        {
            **{"name": f"{WORKERS} workers (cited)", "kind": "cited"},
            **{**together, "source": workers},
        },
    ]


def rounded(value: float) -> float:
    """Return a number with three digits.

    Parameters
    ----------
    value : float
        Any number.
    """
    short = float(f"{value:.3g}")
    return int(short) if short.is_integer() else short


def machine() -> str:
    """Return which processor measures, how many cores it has, and which PyTorch."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf8").splitlines()
        model = next(one.split(":")[1].strip() for one in lines if one.startswith("model name"))
    except (OSError, StopIteration):
        model = platform.processor() or platform.machine()
    cores = f"{os.cpu_count()} cores, {torch.get_num_threads()} threads"
    return f"{model}, {cores}, PyTorch {torch.__version__.split('+')[0]}"


def main() -> None:
    """Measure, print and write."""
    clocks = [
        measured("PyTorch, arrays", arrays),
        measured("PyTorch, row-by-row loader", row_by_row),
        *from_figures(),
    ]
    for one in clocks:
        alpha, beta, misfit = one["alpha_us"], one["beta_ns"], one.get("misfit", 0)
        print(f"{one['name']:28} {alpha:8.1f} µs + {beta:9.4f} ns a row, within {misfit:.0%}")
    record = {
        "command": "python -m benchmarks.clocks",
        "machine": machine(),
        "date": date.today().isoformat(),
        "clocks": clocks,
    }
    OUTPUT.write_text(json.dumps(record, indent=2, ensure_ascii=False) + "\n", encoding="utf8")
    print(f"written to {OUTPUT}")


if __name__ == "__main__":
    main()
