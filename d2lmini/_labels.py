"""Labels of a figure that grow where a page shows it small.

A page says how large a label has to be, in the figure's own units: `--d2l-label`. A figure without
that looks as it was drawn. What grows could leave the panel on the right: a legend moves.
"""

from functools import cache
from xml.etree.ElementTree import Element

from matplotlib.font_manager import findfont, get_font

from d2lmini._svg_parts import coordinates, declarations

_TEXT, _TSPAN, _PATH = (f"{{http://www.w3.org/2000/svg}}{tag}" for tag in ("text", "tspan", "path"))
_LABEL = "var(--d2l-label, 0)"
_EXPONENT = 0.8
"""How large, beside a label, what is small in a formula has to be."""


def let_labels_grow(root: Element) -> None:
    """Give the labels of a figure, and its legends, styles that follow ``--d2l-label``.

    Parameters
    ----------
    root : xml.etree.ElementTree.Element
        The figure, as matplotlib groups it: axes in a group, and in these the legend.
    """
    for text in root.iter(_TEXT):
        if len(text):
            _let_formula_grow(text)
        elif size := _size(text):
            _set_style(text, "font-size", f"max({size:g}px, {_LABEL} * 1px)")
    for axes in (axes for figure in root for axes in figure):
        for legend in filter(_is_legend, axes):
            _keep_inside(legend, _right_edge(axes))


def _let_formula_grow(text: Element) -> None:
    """Scale a formula, whose parts have places of their own."""
    sizes = [size for part in text.iter(_TSPAN) if (size := _size(part))]
    if sizes:
        shown_at = min(max(sizes), min(sizes) / _EXPONENT)
        _set_style(text, "scale", f"max(1, {_LABEL} / {shown_at:.4g})")


def _keep_inside(legend: Element, right: float) -> None:
    """Let a legend move to the left by as much as its longest label would leave the panel."""
    ends = [(float(text.get("x", 0)), _width(text.text or "")) for text in legend.iter(_TEXT)]
    moves = ", ".join(f"{_LABEL} * {width:.2f} - {right - x:.1f}" for x, width in ends)
    _set_style(legend, "translate", f"calc(-1px * max(0, {moves}))")


def _is_legend(group: Element) -> bool:
    """Return whether a group has words beside signs; those of an axis are in its middle."""
    words = [text for child in group for text in child if text.tag == _TEXT]
    signs = [child for child in group if next(child.iter(_TEXT), None) is None]
    return bool(words and signs) and all(_style(w).get("text-anchor") == "start" for w in words)


def _right_edge(axes: Element) -> float:
    """Return the right edge of the axes' patch, which is drawn first."""
    return max(coordinates(next(axes.iter(_PATH)))[0])


@cache
def _width(text: str) -> float:
    """Return how wide a text is, in units of its size."""
    font = get_font(findfont("DejaVu Sans"))
    font.set_size(100, 72)
    font.set_text(text)
    return float(font.get_width_height()[0]) / 64 / 100


def _size(element: Element) -> float:
    """Return the size of a text; older versions of matplotlib write it before the font's names."""
    style = _style(element)
    size = style.get("font-size") or style.get("font", "0").split()[0]
    return float(size.removesuffix("px"))


def _style(element: Element) -> dict[str, str]:
    return declarations(element.get("style", ""))


def _set_style(element: Element, name: str, value: str) -> None:
    style = {**_style(element), name: value}
    element.set("style", "; ".join(f"{key}: {value}" for key, value in style.items()))
