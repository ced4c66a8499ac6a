"""Measure what grows: batch sizes, rows, points of a live figure, workers.

    python -m benchmarks.scale             all flavours that are installed, each in its environment
    python -m benchmarks.scale FLAVOUR     one, in this environment

Loaders are compared with the framework's own, which fetches row by row.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from benchmarks.loaders import LOADERS, TO_TENSOR
from d2lmini.data import whitened_airfoil
from tools.environment import is_installed, python_of

ROOT = Path(__file__).parents[1]
BATCH_SIZES = (1, 10, 100, 1500)
COPIES = (1, 10, 100, 1000)
"""How often the table of 1,500 rows is repeated."""
POINTS = 10_000
WIDE = ("--batch-size", "1500", "--lr", "0.4", "--width", "2000", "--num-epochs", "20")
"""A model on which more workers pay: 2,001 weights, 1,500 rows a step."""


def seconds(function: Callable[[], object], repeats: int = 3) -> float:
    """Return the median time of a call [s], after one that is not counted.

    Parameters
    ----------
    function : callable
        Takes no argument.
    repeats : int
        Calls that are counted.
    """
    times = []
    for _ in range(repeats + 1):
        start = time.perf_counter()
        function()
        times.append(time.perf_counter() - start)
    return median(times[1:])


def exhaust(batches: Any) -> None:
    """Fetch all minibatches.

    Parameters
    ----------
    batches : iterable
        The minibatches.
    """
    for _ in batches:
        pass


def print_loaders(flavour: str, d2l: Any) -> None:
    """Print how much faster an epoch of our minibatches is than one of the framework's loader.

    Parameters
    ----------
    flavour : str
        A key of `LOADERS`.
    d2l : module
        The flavour.
    """
    for size in BATCH_SIZES:
        ours, _ = d2l.get_data_ch11(size)
        theirs = LOADERS[flavour](ours.tensors, size)
        own, other = (seconds(partial(exhaust, batches)) for batches in (ours, theirs))
        print(
            f"  loader, b = {size:4d}: {1e3 * own:8.2f} ms an epoch, the framework's "
            f"{1e3 * other:8.2f} ms, ratio {other / own:5.1f}"
        )


def print_growth(d2l: Any, to_tensor: Callable[[Any], Any]) -> None:
    """Print time and memory of an epoch of minibatches of 1,500 over ever more rows.

    Parameters
    ----------
    d2l : module
        The flavour.
    to_tensor : callable
        Makes a tensor of a NumPy array.
    """
    X, y = whitened_airfoil()
    for copies in COPIES:
        before = peak_memory()
        arrays = [np.tile(a, (copies, *[1] * (a.ndim - 1))) for a in (X, y)]
        data = d2l.load_array([to_tensor(a) for a in arrays], 1500)
        with d2l.quiet():
            log = [d2l.train_ch11(d2l.sgd, None, {"lr": 0.1}, data, 5, 1) for _ in range(3)]
        epoch = median(run.seconds[-1] for run in log[1:])
        size = sum(a.nbytes for a in arrays) / 2**20
        print(
            f"  {1500 * copies:9,d} rows ({size:5.1f} MiB): {1e3 * epoch:8.2f} ms an epoch, "
            f"{1e9 * epoch / 1500 / copies:7.1f} ns a row, "
            f"peak memory +{peak_memory() - before:.0f} MiB"
        )


def peak_memory() -> float:
    """Return the most memory that this process had so far [MiB]."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def print_animator() -> None:
    """Print how long a notebook takes for a live figure of many points."""
    import nbformat
    from nbclient import NotebookClient

    code = f"""\
import time
from d2lmini import Animator

began = time.perf_counter()
animator = Animator(xlabel="step", ylabel="loss", legend=["train"])
for step in range({POINTS}):
    animator.add(step, 1 / (1 + step))
print(time.perf_counter() - began)
"""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    NotebookClient(notebook).execute()
    text = next(o.text for o in notebook.cells[0].outputs if o.output_type == "stream")
    print(f"  Animator in a notebook, {POINTS:,d} points: {float(text):.2f} s")


def print_workers() -> None:
    """Print the time of a step of a wide model with one, two and four workers."""
    times = {}
    for workers in (1, 2, 4):
        with tempfile.TemporaryDirectory() as folder:
            output = Path(folder, "report.json")
            launcher = [sys.executable, "-m", "torch.distributed.run", "--standalone"]
            program = ["-m", "d2lmini.parallel", *WIDE, "--output", str(output)]
            command = [*launcher, "--nproc-per-node", str(workers), *program]
            environment = {**os.environ, "OMP_NUM_THREADS": "1"}
            subprocess.run(command, check=True, capture_output=True, env=environment)
            report = json.loads(output.read_text())
        times[workers] = report["compute"] + report["reduce"]
        print(
            f"  {workers} workers, 2,001 weights: {1e3 * times[workers]:6.1f} ms a step, "
            f"{times[1] / times[workers]:.2f} times as fast as one"
        )


def main(flavours: list[str]) -> None:
    """Measure one flavour here, or each in its environment.

    Parameters
    ----------
    flavours : list of str
        The flavour, or nothing for all.
    """
    if not flavours:
        for flavour in filter(is_installed, LOADERS):
            command = [str(python_of(flavour)), "-m", "benchmarks.scale", flavour]
            subprocess.run(command, check=True, cwd=ROOT)
        return
    flavour = flavours[0]
    d2l = import_module(f"d2lmini.{flavour}")
    print(f"{flavour}, {os.cpu_count()} cores", flush=True)
    print_loaders(flavour, d2l)
    print_growth(d2l, TO_TENSOR[flavour]())
    if flavour == "torch":
        print_animator()
        print_workers()


if __name__ == "__main__":
    main(sys.argv[1:])
