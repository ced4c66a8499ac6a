"""A plot without what cannot be read when it is small: its lines, bars and points alone."""

from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from sphinx.errors import ExtensionError

from d2lmini._svg_parts import coordinates, declarations

SVG = "http://www.w3.org/2000/svg"
GRID = "stroke-opacity: 0.28"
"""What only the lines of a grid have; d2lmini.mplstyle gives them this opacity."""
THICKER = 1.8
THIN = 1.2
"""Points; lines of plots are thicker, those of frames are not."""
ROOM = 5
"""Points around the panels."""


def bare_plot(text: str) -> str:
    """Return a plot of matplotlib cut to its panels, without words and scales.

    Parameters
    ----------
    text : str
        An SVG that `d2lmini.svg.svg` returned.

    Returns
    -------
    str

    Raises
    ------
    ExtensionError
        If it has no panel with scales, or its parts stand in another order.
    """
    root = ElementTree.fromstring(text)
    figure = next(root.iter(f"{{{SVG}}}g"))
    panels = list(figure)[1:]  # after the background
    boxes = [coordinates(panel[0][0]) for panel in panels if has_frame(panel)]
    if not boxes:
        raise ExtensionError(
            "bare_plot: a main figure has no panel that begins with its background"
        )
    for panel in panels:
        remove_words(panel)
    root.set("viewBox", around(boxes))
    for element in root.iter():
        element.set("style", thicker(element.get("style", "")))
    return ElementTree.tostring(root, encoding="unicode")


def has_frame(panel: Element) -> bool:
    """Return whether a panel has scales, and begins with its background therefore."""
    return any(has_words(part) for part in panel[1:3])


def has_words(part: Element) -> bool:
    """Return whether a part of a panel is an axis, a legend or a note."""
    texts = part.iter(f"{{{SVG}}}text")
    return any(True for _ in texts) or any(GRID in e.get("style", "") for e in part.iter())


def remove_words(panel: Element) -> None:
    """Remove axes, legends and notes from a panel."""
    for part in [part for part in panel if has_words(part)]:
        panel.remove(part)


def around(boxes: list[tuple[list[float], list[float]]]) -> str:
    """Return the part of the picture that holds some rectangles."""
    xs = [x for box in boxes for x in box[0]]
    ys = [y for box in boxes for y in box[1]]
    left, top = min(xs) - ROOM, min(ys) - ROOM
    return f"{left:.1f} {top:.1f} {max(xs) + ROOM - left:.1f} {max(ys) + ROOM - top:.1f}"


def thicker(style: str) -> str:
    """Return a style with thicker lines, where they are those of a plot."""
    parts = declarations(style).items()
    return "; ".join(f"{name}: {widened(name, value)}" for name, value in parts)


def widened(name: str, value: str) -> str:
    """Return a value of a style, a larger one for the width of a line of a plot."""
    if name == "stroke-width" and float(value) >= THIN:
        return f"{float(value) * THICKER:.2f}"
    return value
