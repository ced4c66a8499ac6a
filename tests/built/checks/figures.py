"""Whether the figures of a page are there, and can be seen and read."""

import re

from tests.built.pages import HOSTED, SLIDERS, notebook_of, pictures_in

LEAST_LABEL = 8.9
"""Pixels: what can be read on a telephone, but for the last digit of the browser."""

SHOW_ALL_FRAMEWORKS = "[class*=d2l-for-] { display: block !important; }"


def figures_need_no_script(reader):
    """As many figures as the notebook has pictures are seen before any script runs."""
    figures = reader.page.locator("article figure")
    if reader.name.startswith("notebooks/"):
        notebook = notebook_of(reader.name).with_suffix(".ipynb")
        assert figures.count() == pictures_in(notebook)
    for figure in figures.all():
        assert figure.locator("svg, img").first.is_visible()
    first_pictures = reader.page.locator(".d2l-still svg.d2l-figure")
    expected = (reader.name in SLIDERS) + HOSTED.get(reader.name, 0)
    assert first_pictures.count() == expected
    for picture in first_pictures.all():
        assert picture.is_visible()


def show_every_figure(reader):
    """Put the figures of all frameworks and of all positions of the sliders into the page."""
    reader.page.add_style_tag(content=SHOW_ALL_FRAMEWORKS)
    assert (reader.page.evaluate("addAllFrames()") > 1) == (reader.name in SLIDERS)


def figures_stand_out(reader):
    """Lines have a contrast of 3 to 1 to what lies behind them, text of 4.5 to 1."""
    assert reader.page.evaluate("faintFigures()") == []


def pieces_stand_out(reader):
    """So do the marks and the texts that a piece draws."""
    assert reader.page.evaluate("faintPieces()") == []


def labels_can_be_read(reader):
    """Labels are large enough, and neither cut nor on each other."""
    assert reader.page.evaluate("(least) => badLabels(least)", LEAST_LABEL) == []


def labels_are_drawn_in_their_order(reader):
    assert reader.page.evaluate("labelsOutOfOrder()") == []


def ink_is_light_in_the_dark(reader):
    """Text in figures is light where the page is dark, and dark where it is light."""
    ink = reader.page.evaluate("ink()")
    if not ink:
        return
    lightness = sum(int(part) for part in re.findall(r"\d+", ink)[:3]) / 3
    dark = reader.page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    assert (lightness > 160) == dark, ink
