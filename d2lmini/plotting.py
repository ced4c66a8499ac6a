"""The project's matplotlib style, and line plots."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from IPython import get_ipython
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.cbook import is_math_text
from matplotlib.figure import Figure
from matplotlib.mathtext import MathTextParser
from matplotlib.scale import ScaleBase, get_scale_names
from matplotlib_inline.backend_inline import set_matplotlib_formats
from numpy.typing import NDArray

from d2lmini._checks import (
    check_characters,
    check_figsize,
    check_formats,
    check_legend,
    check_limits,
    shown,
)
from d2lmini.svg import describe, png, svg

__all__ = ["in_notebook", "plot", "plt", "set_axes", "set_figsize", "use_svg_display"]

FMTS = ("-", "--", "-.", ":")

_STYLE = str(Path(__file__).with_name("d2lmini.mplstyle"))


def in_notebook() -> bool:
    """Return whether the program runs in a Jupyter kernel.

    Returns
    -------
    bool
    """
    return getattr(get_ipython(), "kernel", None) is not None


def use_svg_display() -> None:
    """Use the project's style, and show figures as SVG in a notebook.

    A PNG is kept beside the SVG, for where a notebook was not run yet and JupyterLab draws no SVG;
    and the figure's text is what it shows.
    """
    plt.style.use(_STYLE)
    if not in_notebook():
        return
    set_matplotlib_formats("svg")
    formatters = get_ipython().display_formatter.formatters
    formatters["image/svg+xml"].for_type(Figure, svg)
    formatters["image/png"].for_type(Figure, png)
    formatters["text/plain"].for_type(Figure, lambda fig, printer, _: printer.text(describe(fig)))


def set_figsize(figsize: tuple[float, float] | Sequence[float] = (3.5, 2.5)) -> None:
    """Set the size of the figures to come.

    Parameters
    ----------
    figsize : (float, float)
        Width and height [inch].

    Raises
    ------
    TypeError, ValueError
        If these are not two numbers 0.1 to 50.
    """
    size = check_figsize(figsize)
    use_svg_display()
    plt.rcParams["figure.figsize"] = size


def set_axes(
    axes: Axes,
    xlabel: str | None,
    ylabel: str | None,
    xlim: Sequence[float] | None,
    ylim: Sequence[float] | None,
    xscale: str,
    yscale: str,
    legend: Sequence[str] | None,
) -> None:
    """Set labels, limits, scales and legend of ``axes``; None leaves a limit to matplotlib.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
    xlabel, ylabel : str or None
    xlim, ylim : (float, float) or None
    xscale, yscale : str
        'linear', 'log', or another scale that matplotlib knows.
    legend : sequence of str or None
        One entry a line, in order.

    Raises
    ------
    TypeError, ValueError
        If limits are not two finite numbers, the legend is a text, matplotlib has no such scale, or
        it cannot draw a character or the formula of a label or of the legend.
    """
    xlim, ylim, legend = check_looks(xlabel, ylabel, xlim, ylim, xscale, yscale, legend)
    axes.set_xscale(xscale)
    axes.set_yscale(yscale)
    axes.set_xlabel(xlabel or "")
    axes.set_ylabel(ylabel or "")
    if xlim is not None:
        axes.set_xlim(xlim[0], xlim[1])
    if ylim is not None:
        axes.set_ylim(ylim[0], ylim[1])
    if legend:
        axes.legend(legend)
    axes.grid(visible=True)


def check_looks(
    xlabel: Any, ylabel: Any, xlim: Any, ylim: Any, xscale: Any, yscale: Any, legend: Any
) -> tuple[Any, Any, list[Any]]:
    """Check what matplotlib would find wrong too late, when something is set already, or never.

    Parameters
    ----------
    xlabel, ylabel, xlim, ylim, xscale, yscale, legend
        As in `set_axes`.

    Returns
    -------
    xlim, ylim : (float or None, float or None), or None
    legend : list

    Raises
    ------
    TypeError, ValueError
        As in `set_axes`.
    """
    entries = check_legend(legend)
    for name, texts in (("xlabel", [xlabel]), ("ylabel", [ylabel]), ("legend", entries)):
        for text in texts:
            _check_text(name, text)
    for name, scale in (("xscale", xscale), ("yscale", yscale)):
        _check_scale(name, scale)
    return check_limits("xlim", xlim), check_limits("ylim", ylim), entries


def _check_scale(name: str, scale: Any) -> None:
    # Those of functions need the functions, too: a scale that is made already has them.
    names = [known for known in get_scale_names() if not known.startswith("function")]
    if not isinstance(scale, ScaleBase) and scale not in names:
        allowed = ", ".join(map(repr, names))
        raise ValueError(f"{name}={shown(scale)}: must be one of {allowed}")


def check_fmts(fmts: Any) -> None:
    """Check that matplotlib can draw lines in some formats.

    Parameters
    ----------
    fmts : sequence of str

    Raises
    ------
    ValueError
        If there is no format, or matplotlib does not know one.
    """
    check_formats(fmts)
    for fmt in fmts:
        try:
            _try_format(fmt)
        except ValueError as error:
            raise ValueError(
                f"fmts={shown(fmts)}: must be formats of matplotlib, such as '-' ({error})"
            ) from None


@cache
def _try_format(fmt: str) -> None:
    """Draw a line in another figure: matplotlib has no public function that reads a format."""
    Figure().subplots().plot([], [], fmt)


def _check_text(name: str, text: Any) -> None:
    if not isinstance(text, str):
        return
    check_characters(name, text)
    if not is_math_text(text):
        return
    try:
        MathTextParser("path").parse(text)
    except ValueError as error:
        reason = str(error).strip().splitlines()[-1].partition(": ")[2]
        raise ValueError(
            f"{name}={shown(text)}: must be a formula that matplotlib can draw ({reason})"
        ) from None


def plot(
    X: Any,
    Y: Any = None,
    xlabel: str | None = None,
    ylabel: str | None = None,
    legend: Sequence[str] | None = None,
    xlim: Sequence[float] | None = None,
    ylim: Sequence[float] | None = None,
    xscale: str = "linear",
    yscale: str = "linear",
    fmts: Sequence[str] = FMTS,
    figsize: tuple[float, float] = (3.5, 2.5),
    axes: Axes | None = None,
) -> None:
    """Draw one or several lines.

    Parameters
    ----------
    X : sequence, array or tensor, or a list of them
        The x values; one set may serve several lines. Without ``Y`` these are the y values, drawn
        against 0, 1, 2, ….
    Y : like X, optional
        The y values.
    xlabel, ylabel, legend, xlim, ylim, xscale, yscale
        As in `set_axes`.
    fmts : sequence of str
        Matplotlib formats, used in turn.
    figsize : (float, float)
        Size of the figure [inch], where none is given or open.
    axes : matplotlib.axes.Axes, optional
        Where to draw; the current axes by default.

    Raises
    ------
    TypeError, ValueError
        If there are several sets of x values, but not one for each line, or another number of x
        values than of y values, there is no format or an unknown one, the size is not two numbers
        0.1 to 50, or as in `set_axes`.
    """
    check_fmts(fmts)
    xlim, ylim, legend = check_looks(xlabel, ylabel, xlim, ylim, xscale, yscale, legend)
    if Y is None:
        lines_y = _lines(X)
        lines_x: list[Any] = [np.arange(len(y)) for y in lines_y]
    else:
        lines_x, lines_y = _lines(X), _lines(Y)
        if len(lines_x) == 1:
            lines_x = lines_x * len(lines_y)
    if len(lines_x) != len(lines_y):
        raise ValueError(
            f"X with {len(lines_x)} sets: must be 1 set or one for each of {len(lines_y)} lines"
        )
    lines = list(zip(lines_x, lines_y, strict=True))
    for x, y in lines:
        if len(x) != len(y):
            raise ValueError(f"X with {len(x)} values: must be as many as the {len(y)} of Y")
    # All was checked: an error from here on would leave an empty picture.
    set_figsize(figsize)
    axes = plt.gca() if axes is None else axes
    axes.cla()
    for i, (x, y) in enumerate(lines):
        axes.plot(x, y, fmts[i % len(fmts)])
    set_axes(axes, xlabel, ylabel, xlim, ylim, xscale, yscale, legend)


def _lines(values: Any) -> list[NDArray[Any]]:
    """Split what `plot` was given into lines: a list of lists or arrays holds one line each."""
    items = list(_detached(values))
    if items and all(getattr(item, "ndim", isinstance(item, list | tuple)) for item in items):
        return [_array(item) for item in items]
    return [_array(items)]


def _array(values: Any) -> NDArray[Any]:
    """Turn numbers, arrays or tensors, also those that carry gradients, into an array."""
    if isinstance(values, list | tuple):
        return np.array([float(_detached(value)) for value in values])
    return np.asarray(_detached(values))


def _detached(values: Any) -> Any:
    return values.detach() if hasattr(values, "detach") else values
