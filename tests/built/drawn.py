"""What the pieces draw and say, as the tests of both browsers read it."""

import re

RUNNERS = """() => [...document.querySelectorAll(".race-runner")].map((runner) => {
    const box = runner.getBoundingClientRect();
    const track = runner.parentElement.getBoundingClientRect();
    return (box.x + box.width / 2 - track.x) / track.width;
})"""
"""In JavaScript: where the runners of the race are in their lanes, 0 to 1."""

MIDDLES = """(name) => [...document.querySelectorAll(name)].map((one) => {
    const box = one.getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];
})"""
"""In JavaScript: where the middles of some elements are on the screen."""

SHARES = r"""() => [...document.querySelectorAll(".products-square > path")].map((path) => {
    let area = 0;
    const parts = path.getAttribute("d").matchAll(/M0 (\d+)H(\d+)V(\d+)H0Z/g);
    for (const [, top, right, bottom] of parts) area += right * (bottom - top);
    return area / 256 ** 2;
})"""
"""In JavaScript: which share of each square of the products has its colour."""

TIP = r"""() => {
    const plane = document.querySelector(".minibatch-plane").getScreenCTM();
    const arrow = document.querySelector(".minibatch-step");
    const x = Number(arrow.getAttribute("d").match(/L([\d.]+) 0L/)[1]);
    const tip = new DOMPoint(x, 0).matrixTransform(arrow.getScreenCTM());
    const end = tip.matrixTransform(plane.inverse());
    return [end.x, end.y];
}"""
"""In JavaScript: where the tip of the minibatch's step is on the screen, measured from the origin,
in units of the gradient."""

WIDTHS = """(name) => [...document.querySelectorAll(name)].map(
    (one) => one.getBoundingClientRect().width)"""
"""In JavaScript: how wide some elements are."""

UNITS = {"ns": 1e-9, "µs": 1e-6, "ms": 1e-3, "s": 1}


def seconds_in(text):
    """Return a time that is written with its unit."""
    number, unit = text.split()
    return float(number.replace(",", "")) * UNITS[unit]


def ends_in(path):
    """Return the ends of the arrows in a path of the minibatch, in units of the gradient."""
    return [tuple(map(float, end.split())) for end in path.split("M0 0L")[1:]]


def cells_in(path):
    """Return how many cells of the cache's grids a path covers, and where its parts begin."""
    parts = re.findall(r"M([\d.]+) ([\d.]+)h([\d.]+)v([\d.]+)", path)
    area = sum(float(width) * float(height) for *_, width, height in parts)
    side = float(parts[0][3]) if parts else 1
    return round(area / side**2), [(float(x), float(y)) for x, y, *_ in parts]
