"""Figures in the forms a notebook keeps: SVG, a small PNG, and one line of text.

JupyterLab draws no SVG of a notebook that was not run there yet, so a PNG is kept beside it; a
terminal and a screen reader need the text. SVG is read and written with an XML parser.
"""

import base64
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from PIL import Image

from d2lmini._checks import check_characters, shown
from d2lmini._labels import let_labels_grow

TEXT_COLOR = "#24292f"
"""The colour of text and frames; in the book it becomes the text colour of the page."""

_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_HREF = f"{{{_XLINK}}}href"
_UNDATED = {"Date": None, "Creator": None, "Format": None, "Type": None}
_GREY = "#808890"  # is seen on light and on dark pages
_DPI = 80
_COLORS = 64  # a plot has few colours: a palette makes the file a third as large

ElementTree.register_namespace("", _SVG)
ElementTree.register_namespace("xlink", _XLINK)


def svg(fig: Figure) -> str:
    """Return a figure as the text of one ``<svg>`` element, small and the same at every run.

    Parameters
    ----------
    fig : matplotlib.figure.Figure

    Returns
    -------
    str

    Raises
    ------
    TypeError
        If it is no figure.
    """
    if not isinstance(fig, Figure):  # matplotlib would draw an empty one
        raise TypeError(f"fig={shown(fig)}: must be a figure of matplotlib")
    return ElementTree.tostring(_element(fig), encoding="unicode")


def _element(fig: Figure) -> Element:
    buffer = io.StringIO()
    # Not fig.savefig, which would draw the figure twice.
    FigureCanvasSVG(fig).print_svg(buffer, metadata=_UNDATED)
    root = ElementTree.fromstring(buffer.getvalue())
    _drop_indentation(root)
    for element in root.iter():
        _drop_group_id(element)
        for name, value in element.items():
            element.set(name, _rounded(value, 2))  # a hundredth of a point is less than a pixel
    return root


def _drop_indentation(root: Element) -> None:
    """Keep the ends of lines only: matplotlib's indentation is a tenth of a figure."""
    for element in root.iter():
        if element.text and element.text.isspace():
            element.text = "\n"
        if element.tail and element.tail.isspace():
            element.tail = "\n"


def _drop_group_id(element: Element) -> None:
    """Remove the numbers that matplotlib gives to groups; nothing refers to them."""
    if element.tag == f"{{{_SVG}}}g":
        element.attrib.pop("id", None)


def _rounded(value: str, digits: int) -> str:
    """Return an attribute whose numbers have at most that many digits after the point."""
    long = rf"\d+\.\d{{{digits + 1},}}"
    return re.sub(long, lambda number: f"{float(number[0]):.{digits}f}", value)


def png(fig: Figure) -> str:
    """Return a figure as a small PNG in base64.

    Parameters
    ----------
    fig : matplotlib.figure.Figure

    Returns
    -------
    str
    """
    full, small = io.BytesIO(), io.BytesIO()
    usual, fig.dpi = fig.dpi, _DPI
    FigureCanvasAgg(fig).print_png(full)  # not fig.savefig, for the same reason
    fig.dpi = usual
    Image.open(full).convert("RGB").quantize(_COLORS).save(small, "png", optimize=True)
    return base64.b64encode(small.getvalue()).decode()


def describe(fig: Figure) -> str:
    """Return in one line the titles, axis labels and legends of a figure.

    Parameters
    ----------
    fig : matplotlib.figure.Figure

    Returns
    -------
    str
        Such as ``Figure: loss against epoch (gd, sgd)``.
    """
    parts = [part for part in map(_describe_axes, fig.axes) if part]
    return f"Figure: {'; '.join(parts)}" if parts else "Figure"


def _describe_axes(axes: Axes) -> str:
    titles = [axes.get_title(loc) for loc in ("left", "center", "right")]
    labels = [label for label in (axes.get_ylabel(), axes.get_xlabel()) if label]
    legend = axes.get_legend()
    entries = [text.get_text() for text in legend.get_texts()] if legend else []
    text = ", ".join(part for part in [*titles, " against ".join(labels)] if part)
    return f"{text} ({', '.join(entries)})" if entries else text


def forms(fig: Figure, text: str | None = None) -> dict[str, str]:
    """Return a figure in every form that a notebook keeps.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
    text : str, optional
        What the figure shows; by default the text of `describe`.

    Returns
    -------
    dict
        MIME type -> content.
    """
    drawn = svg(fig)
    with _layout_kept(fig):
        small = png(fig)
    return {
        "image/svg+xml": drawn,
        "image/png": small,
        "text/plain": describe(fig) if text is None else text,
    }


@contextmanager
def _layout_kept(fig: Figure) -> Iterator[None]:
    """Leave everything where it was drawn last: computing the layout is half of the drawing."""
    engine = fig.get_layout_engine()
    fig.set_layout_engine("none")
    try:
        yield
    finally:
        fig.set_layout_engine(engine)


def inline_svg(text: str, prefix: str, alt: str) -> str:
    """Return an SVG of this module as an element of a web page.

    It takes the page's text colour and background, has a name for screen readers, scales with its
    container, and shares no id with another picture of the page. Its labels are at least
    ``--d2l-label`` units of the figure large, where a style sheet defines that, as a multiple of
    ``--d2l-width``.

    Parameters
    ----------
    text : str
        An SVG that `svg` or `forms` returned.
    prefix : str
        Put before every id; unique in the page.
    alt : str
        What the picture shows.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If ``prefix`` or ``alt`` has a character that no SVG may have.
    """
    check_characters("alt", alt)
    root = _page_element(text, prefix)
    let_labels_grow(root)
    root.attrib |= {"role": "img", "aria-label": alt}
    return ElementTree.tostring(root, encoding="unicode", short_empty_elements=False)


def decoration(text: str, prefix: str) -> str:
    """Return an SVG of this module as a small decoration: its shapes without its words.

    Parameters
    ----------
    text : str
        An SVG that `svg` or `forms` returned.
    prefix : str
        Put before every id; unique in the page.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If ``prefix`` has a character that no SVG may have.
    """
    root = _page_element(text, prefix)
    _remove(root, "text")
    for element in root.iter():
        for name in {"d", "x", "y"} & set(element.keys()):
            # It is drawn at a third of its size.
            element.set(name, _rounded(element.get(name, ""), 1))
    root.attrib |= {"aria-hidden": "true", "color": _GREY}
    return ElementTree.tostring(root, encoding="unicode", short_empty_elements=False)


def _page_element(text: str, prefix: str) -> Element:
    """Return an SVG in the page's colours, with ids of its own, as wide as there is room."""
    check_characters("prefix", prefix)
    root = ElementTree.fromstring(text)
    _remove(root, "style", "title", "metadata")
    _make_background_transparent(root)
    for element in root.iter():
        if _HREF in element.attrib:
            element.set("href", element.attrib.pop(_HREF))
        for name, value in element.items():
            element.set(name, _with_prefix(name, value, prefix).replace(TEXT_COLOR, "currentColor"))
    _, _, width, height = map(float, root.get("viewBox", "").split())
    root.attrib = {
        "class": "d2l-figure",
        "viewBox": root.get("viewBox", ""),
        "width": f"{width * 4 / 3:.0f}",  # points to pixels
        "height": f"{height * 4 / 3:.0f}",
        "style": f"--d2l-width:{width:g};max-width:100%;height:auto;"
        "stroke-linejoin:round;stroke-linecap:butt",
    }
    return root


def _remove(root: Element, *tags: str) -> None:
    names = {f"{{{_SVG}}}{tag}" for tag in tags}
    for parent in list(root.iter()):
        for child in [child for child in parent if child.tag in names]:
            parent.remove(child)


def _make_background_transparent(root: Element) -> None:
    """Let the page show through: the first white patch is the figure's background."""
    for element in root.iter():
        style = element.get("style", "")
        if "fill: #ffffff" in style:
            element.set("style", style.replace("fill: #ffffff", "fill: none"))
            return


def _with_prefix(name: str, value: str, prefix: str) -> str:
    if name == "id":
        return f"{prefix}-{value}"
    if name == "href":
        return value.replace("#", f"#{prefix}-", 1)
    return value.replace("url(#", f"url(#{prefix}-")
