"""Measure the lab in headless Chromium, beside PyTorch and the d2l package, in one run.

    python -m benchmarks.lab

The built book must be there (`make book`).
"""

import json
import math
import os
import subprocess
import sys
from pathlib import Path
from statistics import median, quantiles

import numpy as np
import torch
from playwright.sync_api import Page

from benchmarks.browser import ROOT, open_page
from benchmarks.epoch import LEARNING_RATES, seconds_per_epoch
from d2lmini.data import download, whitened_airfoil
from d2lmini.lab.problem import constants

PEER = ROOT / "_build" / "d2l"
"""Where the package d2l is downloaded to."""
LATE = 25
"""A frame that took longer [ms] was late: at 60 frames a second each has 16.7 ms."""

CALL = "async ([name, ...rest]) => (await import('/benchmarks/lab.js'))[name](...rest)"


def in_browser(page: Page, address: str) -> dict[int, float]:
    """Return the lab's seconds an epoch for each batch size.

    Parameters
    ----------
    page : Page
        A page of any content; it is left at another.
    address : str
        The server's address.
    """
    table = np.c_[whitened_airfoil()].ravel().tolist()
    page.goto(f"{address}/d2lmini/lab/js/package.json")
    times = {
        b: page.evaluate(CALL, ["epochTimes", table, constants(), b, lr])
        for b, lr in LEARNING_RATES.items()
    }
    return {b: median(milliseconds) / 1e3 for b, milliseconds in times.items()}


def in_d2l() -> dict[int, float]:
    """Return the seconds an epoch of the package d2l, or nothing where it cannot be had."""
    if not (PEER / "d2l").exists():
        requirements = str(ROOT / "benchmarks" / "d2l.txt")
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target"]
        command += [str(PEER), "--require-hashes", "--requirement", requirements]
        if subprocess.run(command, stderr=subprocess.DEVNULL).returncode:
            return {}
    for folder in ("data", "run"):
        (PEER / folder).mkdir(exist_ok=True)
    table = Path(download("airfoil")).read_bytes()
    (PEER / "data" / "airfoil_self_noise.dat").write_bytes(table)
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.d2l_epoch"],
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{PEER}"},
        cwd=PEER / "run",
        capture_output=True,
        text=True,
    )
    if done.returncode:
        print(done.stderr[-600:], file=sys.stderr)
        return {}
    return {int(b): seconds for b, seconds in json.loads(done.stdout.splitlines()[-1]).items()}


def print_epochs(lab: dict[int, float]) -> None:
    """Print the lab's time an epoch beside those of `train_ch11` and d2l.

    The time of d2l is that of the whole call, with its losses and its figure: it is no multiple of
    the others, which are the training's.

    Parameters
    ----------
    lab : dict
        Batch size -> seconds an epoch.
    """
    d2l = in_d2l()
    print(
        f"{'ms an epoch':>14} {'the lab':>9} {'train_ch11':>11} {'multiple':>9} {'d2l, drawn':>11}"
    )
    for b, seconds in lab.items():
        ours, theirs = seconds_per_epoch(b)["training"], d2l.get(b, math.nan)
        row = f"{1e3 * seconds:9.3f} {1e3 * ours:11.2f} {ours / seconds:9.0f} {1e3 * theirs:11.1f}"
        print(f"{f'b = {b}':>14} {row}")


def print_redraws(page: Page, address: str) -> None:
    """Print how long the lab's page takes to redraw, and whether its frames come in time.

    Parameters
    ----------
    page : Page
        A page of any content; it is left at the lab.
    address : str
        The server's address.
    """
    for b in LEARNING_RATES:
        page.goto(f"{address}/_build/html/notebooks/lab.html?b={b}&lr=0.02&epochs=5")
        page.locator(".d2l-hosted").first.scroll_into_view_if_needed()
        page.wait_for_selector(".d2l-hosted[data-ready]")
        page.wait_for_timeout(1000)  # what the page does once must not be measured
        redraws = page.evaluate(CALL, ["redrawTimes", 130])
        frames = page.evaluate(CALL, ["frameTimes"])
        print(
            f"b = {b:4d}, 5 epochs: slider to redraw {median(redraws):.1f} ms, 95th percentile "
            f"{quantiles(redraws, n=20)[-1]:.1f} ms; "
            f"{len(frames)} frames watched, {sum(frame > LATE for frame in frames)} late"
        )


def main() -> None:
    """Print both tables."""
    print(f"torch {torch.__version__}")
    with open_page() as (page, address):
        print_epochs(in_browser(page, address))
        print()
        print_redraws(page, address)


if __name__ == "__main__":
    main()
