"""Measure the engine of the live cells in headless Chromium.

    python -m benchmarks.live

The built book must be there (`make book`).
"""

import gzip
from statistics import median

from playwright.sync_api import Page

from benchmarks.browser import ROOT, open_page

CALL = "async ([name, ...rest]) => (await import('/benchmarks/live.js'))[name](...rest)"
SCRIPT = ROOT / "_build" / "html" / "_static" / "live" / "engine.js"
LIMITS = {1: 150, 10: 15, 100: 8}
"""The longest that an epoch may take [ms] for each batch size."""

CELL = """
import time
import numpy as np
from d2lmini.data import whitened_airfoil

features, target = whitened_airfoil()
X = np.c_[features.astype(float), np.ones(1500)]
y = target.astype(float)
for b, lr in ((1, 0.005), (10, 0.05), (100, 0.4)):
    w = np.zeros(6)
    for epoch in range(10):
        start = time.perf_counter()
        order = np.random.permutation(1500)
        for i in range(0, 1500, b):
            rows = order[i : i + b]
            w = w - lr * X[rows].T @ (X[rows] @ w - y[rows]) / b
        print(b, 1e3 * (time.perf_counter() - start))
"""


def epochs(page: Page) -> dict[int, list[float]]:
    """Return the milliseconds of each epoch for each batch size.

    Parameters
    ----------
    page : Page
        A page that has loaded the engine.
    """
    times: dict[int, list[float]] = {b: [] for b in LIMITS}
    for line in page.evaluate(CALL, ["runCell", CELL])["printed"].splitlines():
        b, milliseconds = line.split()
        times[int(b)].append(float(milliseconds))
    return times


def main() -> None:
    """Print weight, times until a cell has run, and times of an epoch."""
    with open_page() as (page, address):
        print(f"engine.js: {len(gzip.compress(SCRIPT.read_bytes(), 9)) / 1e3:.0f} KB (gzip)")
        page.goto(f"{address}/d2lmini/lab/js/package.json")
        source = f"{address}/{SCRIPT.relative_to(ROOT).as_posix()}"
        first = page.evaluate(CALL, ["firstRun", source, "print(1)"])["time"]
        print(f"first run, with loading: {first:.0f} ms")
        later = []
        for _ in range(9):
            page.wait_for_timeout(500)
            later.append(page.evaluate(CALL, ["runCell", "print(1)"])["time"])
        print(
            f"later runs: {median(later):.0f} ms, the longest of {len(later)} {max(later):.0f} ms"
        )
        for b, times in epochs(page).items():
            print(
                f"an epoch at b = {b}: {median(times):.1f} ms, the longest of {len(times)} "
                f"{max(times):.1f} ms; at most {LIMITS[b]} ms"
            )


if __name__ == "__main__":
    main()
