"""Compare the seconds an epoch of `train_ch11` with those of another revision of the repository.

    python -m benchmarks.revision REVISION

The two are measured alternately, each time in a new process, so that what else the machine does
meets both.
"""

import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
ROUNDS = 7
QUANTITIES = ("training", "call")

Times = dict[str, dict[str, float]]
"""Batch size -> quantity -> seconds an epoch."""


def extract(revision: str, folder: Path) -> None:
    """Write the package, as it was at a revision, into a folder.

    Parameters
    ----------
    revision : str
        Any name that git has for a commit.
    folder : Path
        An existing folder.

    Raises
    ------
    SystemExit
        If git knows no such revision; the message is git's own.
    """
    command = ["git", "archive", "--format=tar", revision, "d2lmini"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True)
    if done.returncode:
        sys.exit(done.stderr.decode())
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(folder, filter="data")


def measure(tree: Path) -> Times:
    """Measure the package in a folder, in a process of its own.

    Parameters
    ----------
    tree : Path
        A folder that holds `d2lmini`.

    Raises
    ------
    CalledProcessError
        If the measurement fails.
    """
    program = ROOT / "benchmarks" / "epoch.py"
    done = subprocess.run(
        [sys.executable, "-P", program, tree],
        env={**os.environ, "PYTHONPATH": str(tree)},
        cwd=tree,
        stdout=subprocess.PIPE,
        check=True,
    )
    times: Times = json.loads(done.stdout)
    return times


def print_comparison(before: list[Times], now: list[Times]) -> None:
    """Print the medians over all rounds, and their ratio.

    Parameters
    ----------
    before, now : list of dict
        The results of `measure`, one a round.
    """
    print(f"{'ms an epoch':24} {'before':>10} {'now':>10} {'now / before':>13}")
    for quantity in QUANTITIES:
        for b in now[0]:
            old, new = (median(t[b][quantity] for t in times) for times in (before, now))
            name = f"{quantity}, b = {b}"
            print(f"{name:24} {1e3 * old:10.3f} {1e3 * new:10.3f} {new / old:13.3f}")


def main(revision: str) -> None:
    """Measure the revision and the present package in turns, and print the comparison.

    Parameters
    ----------
    revision : str
        Any name that git has for a commit.
    """
    before: list[Times] = []
    now: list[Times] = []
    with tempfile.TemporaryDirectory() as folder:
        extract(revision, Path(folder))
        for k in range(ROUNDS):
            # The first of a pair may find a busier or a cooler machine: each is first by turns.
            turns = [(before, Path(folder)), (now, ROOT)]
            for times, tree in turns if k % 2 else reversed(turns):
                times.append(measure(tree))
    print(f"train_ch11 at {revision} and now, medians of {ROUNDS} processes each")
    print_comparison(before, now)


if __name__ == "__main__":
    main(sys.argv[1])
