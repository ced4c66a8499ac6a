"""Figures whose data repeats: those that the build has drawn are those in the repository.

nbval compares text. Numbers of a figure may differ in the last digit from machine to machine, so
here they are compared with a tolerance.
"""

import re
from xml.etree import ElementTree

import pytest
from d2lbook.outputs import executed

from tests.chapter.pages import CHAPTER, NOTEBOOKS, ROOT

EXECUTED = ROOT / "_build" / "jupyter_execute" / "notebooks"
CACHE = ROOT / "_build" / ".jupyter_cache"
TOLERANCE = 0.75
"""Points; a line of a plot is 1.5 points thick."""

NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
DERIVED_FROM_NUMBERS = ("id", "href", "clip-path")
"""Attributes that hold a hash of the path they name."""


def figures(path):
    """Return the SVG of each output that repeats, with the cell's source."""
    cells = executed(path, CACHE).cells
    return [
        (cell.source, output.data["image/svg+xml"])
        for cell in cells
        if cell.cell_type == "code" and "nbval-ignore-output" not in cell.metadata.get("tags", [])
        for output in cell.outputs
        if "image/svg+xml" in output.get("data", {})
    ]


def shape_and_numbers(svg):
    """Return what must be equal, and the coordinates that must be close."""
    shape, numbers = [], []
    for element in ElementTree.fromstring(svg).iter():
        shape.append((element.tag, (element.text or "").strip()))
        for name, value in sorted(element.items()):
            if name.rpartition("}")[2] in DERIVED_FROM_NUMBERS:
                continue
            shape.append((name, NUMBER.sub("#", value)))
            numbers += [float(number) for number in NUMBER.findall(value)]
    return shape, numbers


def test_a_moved_point_is_noticed():
    svg = '<svg><path id="m1" d="M 1.00 2.00 L 3.00 {}"/></svg>'
    shape, numbers = shape_and_numbers(svg.format("4.00"))
    assert shape_and_numbers(svg.format("4.01")) == (shape, [1, 2, 3, 4.01])
    assert numbers == [1, 2, 3, 4]
    assert shape_and_numbers(svg.format("4.00 L 5.00 6.00"))[0] != shape


@pytest.mark.parametrize("page", CHAPTER)
def test_the_figures_of_the_build_are_those_of_the_repository(page):
    stored, built = (figures(folder / f"{page}.ipynb") for folder in (NOTEBOOKS, EXECUTED))
    assert [source for source, _ in built] == [source for source, _ in stored]
    for (source, new), (_, old) in zip(built, stored, strict=True):
        new_shape, new_numbers = shape_and_numbers(new)
        old_shape, old_numbers = shape_and_numbers(old)
        assert new_shape == old_shape, source
        assert new_numbers == pytest.approx(old_numbers, abs=TOLERANCE), source
