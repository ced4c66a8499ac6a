"""Draw the moving picture of the front page and the README: three real runs, step by step.

    python -m tools.moving_picture

Each panel shows the loss over two of the six weights, and 60 steps of minibatch SGD on the airfoil
table from the same start. The animation is CSS inside of the SVG, so it moves wherever an image is
shown, stops where the reader wants no motion, and needs no script.
"""

from html import escape
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from contourpy import contour_generator
from numpy.typing import NDArray

from d2lmini.data import whitened_airfoil

Array = NDArray[np.float64]

FILE = Path(__file__).parents[1] / "book" / "moving.svg"
BATCH_SIZES = (1, 10, 1500)
COLORS = ("#c24a00", "#0072b2", "#007a58")
STEPS, RATE, SEED = 60, 0.08, 7
ACROSS, UP = 0, 4  # the weights of frequency and displacement thickness
START = (0.35, 0.75)
LEFT, RIGHT, BOTTOM, TOP = -1.15, 0.65, -0.75, 0.95
WIDTH, HEIGHT, GAP, HEAD, FOOT = 236, 223, 16, 28, 56
SECONDS, MOVING = 12, 0.6  # of a round, and the part of it in which the runs move


class Walk(NamedTuple):
    """One run: its weights after each step, and the loss at the end."""

    batch_size: int
    weights: Array
    loss: float


def _table() -> tuple[Array, Array]:
    """Return the features with a column of ones, and the target."""
    features, target = (array.astype(float) for array in whitened_airfoil())
    return np.c_[features, np.ones(len(target))], target


def _loss(weights: Array) -> Array:
    """Return the loss of one or more vectors of weights."""
    X, target = _table()
    return np.asarray(((weights @ X.T - target) ** 2).mean(-1) / 2)


def _best_weights() -> Array:
    """Return the weights with the least loss."""
    return np.asarray(np.linalg.lstsq(*_table(), rcond=None)[0])


def walk(batch_size: int) -> Walk:
    """Run minibatch SGD without replacement from the common start.

    Parameters
    ----------
    batch_size : int
        Rows that a step reads.
    """
    X, target = _table()
    rng = np.random.default_rng(SEED)
    order = np.array([], dtype=int)
    w = _best_weights()
    w[[ACROSS, UP]] = START
    weights = [w]
    for _ in range(STEPS):
        if len(order) < batch_size:
            order = rng.permutation(len(target))
        rows, order = order[:batch_size], order[batch_size:]
        w = w - RATE * X[rows].T @ (X[rows] @ w - target[rows]) / batch_size
        weights.append(w)
    return Walk(batch_size, np.array(weights), float(_loss(w)))


def _to_picture(x: Array, y: Array) -> Array:
    """Return points of the picture for pairs of weights."""
    across = (x - LEFT) / (RIGHT - LEFT) * WIDTH
    down = (TOP - y) / (TOP - BOTTOM) * HEIGHT
    return np.stack([across, down], axis=-1)


def _polyline(points: Array) -> str:
    """Return the path of an SVG through some points."""
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _contours() -> str:
    """Return the lines of equal loss around the minimum."""
    x, y = np.linspace(LEFT, RIGHT, 60), np.linspace(BOTTOM, TOP, 60)
    weights = np.tile(_best_weights(), (60, 60, 1))
    weights[..., ACROSS], weights[..., UP] = np.meshgrid(x, y)
    surface = _loss(weights)
    generator = contour_generator(x, y, surface)
    levels = surface.min() + np.geomspace(0.003, 0.9, 9)
    lines: list[Any] = [line for level in levels for line in generator.lines(level)]
    return "".join(_polyline(_to_picture(line[:, 0], line[:, 1])) for line in lines)


def _keyframes(name: str, values: list[str]) -> str:
    """Return an animation that takes one value a step, and then rests."""
    last = len(values) - 1
    stops = "".join(f"{100 * MOVING * k / last:.2f}%{{{v}}}" for k, v in enumerate(values))
    return f"@keyframes {name}{{{stops}100%{{{values[-1]}}}}}"


def _style(walks: list[Walk]) -> str:
    """Return the style sheet with the animations of all runs."""
    rules = [
        "svg:root{color:#24292f}",
        "@media (prefers-color-scheme:dark){svg:root{color:#e6edf3}}",
        ".d2l-moving text{font:13px system-ui,sans-serif;fill:currentColor}",
        "@media (max-width:600px){.d2l-moving text{font-size:22px}}",
        ".d2l-moving .strong{font-weight:600}",
        ".d2l-moving .trail{fill:none;stroke-width:1.6;stroke-linejoin:round}",
    ]
    for number, run in enumerate(walks):
        points = _to_picture(run.weights[:, ACROSS], run.weights[:, UP])
        lengths = np.r_[0, np.hypot(*np.diff(points, axis=0).T).cumsum()]
        moves = [f"transform:translate({x:.1f}px,{y:.1f}px)" for x, y in points]
        offsets = [f"stroke-dashoffset:{lengths[-1] - length:.1f}" for length in lengths]
        dash = f"stroke-dasharray:{lengths[-1]:.1f}"
        rules += [
            _keyframes(f"dot{number}", moves),
            _keyframes(f"trail{number}", offsets),
            f".dot{number}{{{moves[-1]};animation:dot{number} {SECONDS}s step-end infinite}}",
            f".trail{number}{{{dash};animation:trail{number} {SECONDS}s step-end infinite}}",
        ]
    rules.append(
        "@media (prefers-reduced-motion:reduce){.d2l-moving .dot,.d2l-moving .trail"
        "{animation:none}}"
    )
    return "".join(rules)


def _panel(number: int, run: Walk) -> str:
    """Return the picture of one run, with its batch size above and its result below."""
    points = _to_picture(run.weights[:, ACROSS], run.weights[:, UP])
    cross = _to_picture(*_best_weights()[[ACROSS, UP]])
    color, x = COLORS[number], number * (WIDTH + GAP)
    rows = STEPS * run.batch_size
    return (
        f'<g transform="translate({x} {HEAD})"><text class="strong" y="-9">b = {run.batch_size:,}'
        f'</text><svg width="{WIDTH}" height="{HEIGHT}"><use href="#loss"/>'
        f'<path class="trail trail{number}" stroke="{color}" d="{_polyline(points)}"/>'
        f'<path d="M-7 0H7M0 -7V7" transform="translate({cross[0]:.1f} {cross[1]:.1f})"'
        ' stroke="currentColor" stroke-width="2"/>'
        f'<circle class="dot dot{number}" r="5" fill="{color}"/></svg>'
        f'<text y="{HEIGHT + 23}">{rows:,} rows read</text>'
        f'<text y="{HEIGHT + 47}">loss {run.loss:.4f}</text></g>'
    )


def _describe(walks: list[Walk]) -> str:
    """Return in words what the picture shows."""
    ends = "; ".join(
        f"b = {run.batch_size:,}: {STEPS * run.batch_size:,} rows read, loss {run.loss:.4f}"
        for run in walks
    )
    return (
        f"Three runs of {STEPS} steps from the same start towards the minimum, a cross, over lines "
        f"of equal loss. {ends}."
    )


def draw() -> str:
    """Return the whole picture."""
    walks = [walk(size) for size in BATCH_SIZES]
    width = len(walks) * (WIDTH + GAP) - GAP
    height = HEAD + HEIGHT + FOOT
    lines = f'<path id="loss" fill="none" stroke="#767676" stroke-width=".8" d="{_contours()}"/>'
    panels = "".join(_panel(number, run) for number, run in enumerate(walks))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="d2l-moving" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}" role="img" aria-label="{escape(_describe(walks))}">'
        f"<style>{_style(walks)}</style><defs>{lines}</defs>{panels}</svg>\n"
    )


if __name__ == "__main__":
    FILE.write_text(draw(), encoding="utf8")
    print(f"{FILE.name}: {FILE.stat().st_size / 1000:.0f} KB")
