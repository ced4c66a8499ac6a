"""Measure the lab in headless Chromium, beside PyTorch and the d2l package, in one run.

The built book must be there (`make book`).
"""

import http.server
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from statistics import median, quantiles

import numpy as np
import torch
from playwright.sync_api import sync_playwright

from d2lmini import torch as d2l
from d2lmini.data import download, whitened_airfoil

ROOT = Path(__file__).parents[1]
PEER = ROOT / "_build" / "d2l"
sys.path.insert(0, str(ROOT / "tests"))
from find_browser import FLAGS, find  # noqa: E402

RUNS = {1: 0.005, 10: 0.05, 100: 0.4, 1500: 0.9}

EPOCH = """async ({ table, batch_size, lr }) => {
    const { makeProblem } = await import("/d2lmini/lab/js/problem.js");
    const { advance, begin, DEFAULTS, warm } = await import("/d2lmini/lab/js/training.js");
    const now = () => performance.now() / 1000, problem = makeProblem(Float32Array.from(table));
    warm(problem, now, 0.5);
    const settings = { ...DEFAULTS, batch_size, lr, num_epochs: 5 }, times = [];
    for (let block = 0; block < 15; block++) {
        const began = performance.now();
        for (let k = 0; k < 20; k++) advance(begin(problem, settings));
        times.push((performance.now() - began) / 100);
    }
    return times;
}"""

MOVES = """async (count) => {
    const slider = document.querySelectorAll(".d2l-explorer [role=slider]")[1], times = [];
    const key = (key) => slider.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    for (let k = 0; k < count; k++) {
        await new Promise(requestAnimationFrame);
        const began = performance.now();
        key(k % 8 < 4 ? "ArrowLeft" : "ArrowRight");
        document.querySelector(".lab-pictures").getBoundingClientRect();
        times.push(performance.now() - began);
    }
    return times.slice(10);
}"""

FRAMES = """async () => {
    [...document.querySelectorAll("button")].find((b) => b.innerText === "Watch it train").click();
    const ends = [], began = performance.now();
    while (performance.now() - began < 2000) ends.push(await new Promise(requestAnimationFrame));
    return ends.slice(1).map((end, k) => end - ends[k]);
}"""

PEER_RUN = """
import importlib.abc, importlib.machinery, importlib.util, json, sys
from unittest.mock import MagicMock
sys.path.insert(0, {peer!r})

class Stand(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path, target=None):
        if name.split(".")[0] in {missing!r}:
            return importlib.machinery.ModuleSpec(name, self)
    def create_module(self, spec):
        return MagicMock(__path__=[], __spec__=spec)
    def exec_module(self, module):
        pass

sys.meta_path.append(Stand())
import matplotlib
matplotlib.use("Agg")
import torch
from d2l import torch as d2l

def rule(params, states, hyperparams):
    with torch.no_grad():
        for p in params:
            p -= hyperparams["lr"] * p.grad
            p.grad.zero_()

seconds = {{}}
for batch_size, lr in {runs!r}.items():
    times = []
    for _ in range(3):
        data_iter, feature_dim = d2l.get_data_ch11(batch_size)
        clock = d2l.Timer()
        d2l.train_ch11(rule, None, {{"lr": lr}}, data_iter, feature_dim, 2)
        times.append(clock.stop() / 2)
    seconds[batch_size] = sorted(times)[1]
print(json.dumps(seconds))
"""
# What the package imports for other chapters.
NOT_NEEDED = ["torchvision", "gym", "gymnasium", "pandas", "requests", "scipy"]


def serve():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serve the repository without a word."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, directory=str(ROOT), **kwargs)

    def log_message(self, *args):
        pass


def in_browser(page, address):
    """Seconds per epoch for each batch size."""
    table = np.c_[whitened_airfoil()].ravel().tolist()
    page.goto(f"{address}/d2lmini/lab/js/package.json")
    return {
        b: median(page.evaluate(EPOCH, {"table": table, "batch_size": b, "lr": lr})) / 1e3
        for b, lr in RUNS.items()
    }


def in_pytorch():
    """Seconds per epoch of the package's own training function, without figure."""

    def run(batch_size, lr):
        data_iter, feature_dim = d2l.get_data_ch11(batch_size)
        with d2l.quiet():
            return d2l.train_ch11(d2l.sgd, None, {"lr": lr}, data_iter, feature_dim)[0][-1] / 2

    return {b: median(run(b, lr) for _ in range(5)) for b, lr in RUNS.items()}


def in_d2l():
    """Seconds per epoch of the original's package, figure included; None if it cannot be had."""
    if not (PEER / "d2l").exists():
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", PEER]
        if subprocess.run([*command, "d2l==1.0.3"], stderr=subprocess.DEVNULL).returncode:
            return None
    place = PEER / "data"
    place.mkdir(exist_ok=True)
    (place / "airfoil_self_noise.dat").write_bytes(Path(download("airfoil")).read_bytes())
    (PEER / "run").mkdir(exist_ok=True)
    program = PEER_RUN.format(peer=str(PEER), missing=NOT_NEEDED, runs=RUNS)
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=PEER / "run"
    )
    if done.returncode:
        print(done.stderr[-600:], file=sys.stderr)
        return None
    return {int(b): s for b, s in json.loads(done.stdout.splitlines()[-1]).items()}


def main():
    path = find()
    if path is None:
        sys.exit("no Chromium was found: run `make test` once, or name one in D2LMINI_CHROMIUM")
    peers = {"train_ch11": in_pytorch(), "d2l": in_d2l()}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        lab = in_browser(page, serve())
        print(f"Chromium {browser.version}, torch {torch.__version__}, {os.cpu_count()} cores\n")
        print(
            f"{'ms per epoch':>14} {'the lab':>9} {'train_ch11':>11} {'d2l':>9}   times the lab's"
        )
        for b in RUNS:
            own, theirs = [1e3 * peer[b] if peer else float("nan") for peer in peers.values()]
            here = 1e3 * lab[b]
            print(
                f"{f'b = {b}':>14} {here:9.3f} {own:11.2f} {theirs:9.1f}"
                f"   {own / here:.0f}, {theirs / here:.0f}"
            )
        print()
        for b in (1, 10, 100, 1500):
            book = (ROOT / "_build" / "html" / "notebooks" / "lab.html").as_uri()
            page.goto(f"{book}?b={b}&lr=0.02&epochs=5")
            page.locator(".d2l-widget").scroll_into_view_if_needed()
            page.wait_for_selector(".d2l-widget[data-ready]")
            page.wait_for_timeout(1000)
            moves = page.evaluate(MOVES, 130)
            frames = page.evaluate(FRAMES)
            late = sum(frame > 25 for frame in frames)
            print(
                f"b = {b:4d}, 5 epochs: slider to redraw {median(moves):.1f} ms, 95th percentile "
                f"{quantiles(moves, n=20)[-1]:.1f} ms; {len(frames)} frames watched, {late} late"
            )
        browser.close()


if __name__ == "__main__":
    main()
