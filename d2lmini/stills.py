"""A figure for readers who cannot see its SVG: a small PNG, and a line of words.

Notebooks that were not run here yet are untrusted, and JupyterLab draws no SVG in those; a terminal
and a screen reader need words.
"""

import base64
import io

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from PIL import Image

_DPI = 80
_COLORS = 64  # a plot has few: a palette makes its file a third as large


def png(fig: Figure) -> str:
    """Return ``fig`` as a small PNG in base64, as notebooks keep it.

    Parameters
    ----------
    fig : matplotlib.figure.Figure

    Returns
    -------
    str
    """
    drawn, small = io.BytesIO(), io.BytesIO()
    fig.savefig(drawn, format="png", dpi=_DPI)
    Image.open(drawn).convert("RGB").quantize(_COLORS).save(small, "png", optimize=True)
    return base64.b64encode(small.getvalue()).decode()


def describe(fig: Figure) -> str:
    """Return in one line what ``fig`` shows: its titles, axis labels and legends.

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
    labels = [label for label in (axes.get_ylabel(), axes.get_xlabel()) if label]
    words = [axes.get_title(loc) for loc in ("left", "center", "right")]
    words += [" against ".join(labels)]
    legend = axes.get_legend()
    entries = [text.get_text() for text in legend.get_texts()] if legend else []
    text = ", ".join(word for word in words if word)
    return f"{text} ({', '.join(entries)})" if entries else text
