"""Figures: the project's matplotlib style, line plots, live curves, and paths over contours."""

import html
import io
import re
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from IPython import get_ipython
from IPython.display import DisplayHandle, display
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib_inline.backend_inline import set_matplotlib_formats
from numpy.typing import NDArray

from d2lmini.checks import whole_number
from d2lmini.stills import describe, png

__all__ = [
    "INK",
    "Animator",
    "forms",
    "inline_svg",
    "interrupts_deferred",
    "plot",
    "plt",
    "set_axes",
    "set_figsize",
    "show_trace_2d",
    "svg",
    "train_2d",
    "use_svg_display",
]

INK = "#24292f"
"""The colour of text and frames; the book replaces it by the page's own text colour."""

FMTS = ("-", "--", "-.", ":")

_STYLE = str(Path(__file__).with_name("d2lmini.mplstyle"))
_REDRAW_EVERY = 0.1  # seconds
_UNDATED = {"Date": None, "Creator": None, "Format": None, "Type": None}


def use_svg_display() -> None:
    """Use the project's style, and show figures as SVG in a notebook.

    A PNG is kept beside the SVG, for where a notebook was not run yet and JupyterLab draws no SVG;
    and the figure's text is what it shows.
    """
    plt.style.use(_STYLE)
    if not _in_notebook():
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
    """
    use_svg_display()
    plt.rcParams["figure.figsize"] = tuple(figsize)


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
    """
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
    ValueError
        If there are several sets of x values, but not one for each line.
    """
    set_figsize(figsize)
    axes = plt.gca() if axes is None else axes
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
    axes.cla()
    for i, (x, y) in enumerate(zip(lines_x, lines_y, strict=True)):
        axes.plot(x, y, fmts[i % len(fmts)])
    set_axes(axes, xlabel, ylabel, xlim, ylim, xscale, yscale, legend)


class Animator:
    """One figure that grows while a program runs, redrawn in place.

    In a notebook the figure appears at the first point, is redrawn at most ten times a second, and
    always ends in its last state. Elsewhere the points are kept and nothing is shown.

    Parameters
    ----------
    xlabel, ylabel, legend, xlim, ylim, xscale, yscale
        As in `set_axes`, for the first of the axes.
    fmts : sequence of str
        Matplotlib formats, used in turn.
    nrows, ncols : int
        How many axes the figure has.
    figsize : (float, float)
        Width and height [inch].

    Attributes
    ----------
    X, Y : list of list of float, or None
        The points of each line; None before the first.
    """

    def __init__(
        self,
        xlabel: str | None = None,
        ylabel: str | None = None,
        legend: Sequence[str] | None = None,
        xlim: Sequence[float] | None = None,
        ylim: Sequence[float] | None = None,
        xscale: str = "linear",
        yscale: str = "linear",
        fmts: Sequence[str] = FMTS,
        nrows: int = 1,
        ncols: int = 1,
        figsize: tuple[float, float] = (3.5, 2.5),
    ) -> None:
        use_svg_display()
        # A figure of its own, unknown to pyplot: the notebook must not show it a second time.
        self.fig = Figure(figsize=figsize)
        self.axes = list(np.ravel(np.asarray(self.fig.subplots(nrows, ncols), dtype=object)))
        self.X: list[list[float]] | None = None
        self.Y: list[list[float]] | None = None
        self.fmts = fmts
        self._settings = (xlabel, ylabel, xlim, ylim, xscale, yscale, legend)
        self._handle: DisplayHandle | None = None
        self._drawn_at = -np.inf
        self._waiting = False  # points that the figure does not show yet

    def add(self, x: Any, y: Any) -> None:
        """Add one point to each line.

        Parameters
        ----------
        x : float or sequence of float
            The x value, or one for each line.
        y : float or sequence of float
            The y value of each line; None skips a line.
        """
        ys = list(y) if hasattr(y, "__len__") else [y]
        xs = list(x) if hasattr(x, "__len__") else [x] * len(ys)
        if self.X is None or self.Y is None:
            self.X, self.Y = [[] for _ in ys], [[] for _ in ys]
        for i, (a, b) in enumerate(zip(xs, ys, strict=True)):
            if a is not None and b is not None:
                self.X[i].append(a)
                self.Y[i].append(b)
        if not _in_notebook():
            return
        if not self._waiting:
            get_ipython().events.register("post_execute", self._finish)
            self._waiting = True
        if time.monotonic() - self._drawn_at >= _REDRAW_EVERY:
            self.draw()

    def draw(self) -> None:
        """Draw the present state."""
        with interrupts_deferred():
            self._draw_lines()
            if _in_notebook():
                self._show({"image/svg+xml": svg(self.fig), "text/plain": describe(self.fig)})
        self._drawn_at = time.monotonic()

    def _draw_lines(self) -> None:
        axes = self.axes[0]
        axes.cla()
        lines = zip(self.X or [], self.Y or [], strict=True)
        for i, (x, y) in enumerate(lines):
            axes.plot(x, y, self.fmts[i % len(self.fmts)])
        set_axes(axes, *self._settings)

    def _show(self, picture: dict[str, str]) -> None:
        if self._handle is None:
            self._handle = display(picture, raw=True, display_id=True)
        else:
            self._handle.update(picture, raw=True)

    def _finish(self) -> None:
        """Draw what came after the last redraw, with a PNG beside it; called when a cell ends."""
        get_ipython().events.unregister("post_execute", self._finish)
        self._waiting = False
        with interrupts_deferred():
            self._draw_lines()
            self._show(forms(self.fig))


@contextmanager
def interrupts_deferred() -> Iterator[None]:
    """Let a Ctrl-C wait until the block is done, and take effect then.

    Python raises `KeyboardInterrupt` at whatever it is at. While a figure is drawn that can be a
    callback or a finalizer, which swallow it: the run would go on as if nothing had been pressed.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    received: list[tuple[Any, ...]] = []
    previous = signal.signal(signal.SIGINT, lambda *signal_args: received.append(signal_args))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, previous)
    if received and callable(previous):
        previous(*received[0])


def train_2d(
    trainer: Callable[..., tuple[Any, Any, Any, Any]],
    steps: int = 20,
    f_grad: Callable[[Any, Any], tuple[Any, Any]] | None = None,
) -> list[tuple[float, float]]:
    """Follow an update rule of two variables from (-5, -2), and print where it ends.

    Parameters
    ----------
    trainer : callable
        ``trainer(x1, x2, s1, s2)`` or, with ``f_grad``, ``trainer(x1, x2, s1, s2, f_grad)``;
        returns the next values of the four.
    steps : int
        How many updates.
    f_grad : callable, optional
        The gradient, handed on to ``trainer``.

    Returns
    -------
    list of (float, float)
        The positions, the start included: ``steps + 1`` of them.

    Raises
    ------
    TypeError, ValueError
        If ``steps`` is not an integer >= 0.
    """
    steps = whole_number("steps", steps, lowest=0)
    x1, x2, s1, s2 = -5.0, -2.0, 0.0, 0.0
    extra = () if f_grad is None else (f_grad,)
    results = [(x1, x2)]
    for _ in range(steps):
        x1, x2, s1, s2 = trainer(x1, x2, s1, s2, *extra)
        results.append((float(x1), float(x2)))
    print(f"epoch {steps}, x1: {results[-1][0]:f}, x2: {results[-1][1]:f}")
    return results


def show_trace_2d(f: Callable[[Any, Any], Any], results: Sequence[tuple[float, float]]) -> None:
    """Draw a path over the contours of a function of two variables.

    Parameters
    ----------
    f : callable
        ``f(x1, x2)``, for two arrays of one shape.
    results : sequence of (float, float)
        The path, as `train_2d` returns it.
    """
    set_figsize()
    path = np.array([[float(x1), float(x2)] for x1, x2 in results])
    low = np.minimum([-5.5, -3.0], path.min(axis=0) - 0.5)
    high = np.maximum([1.0, 1.0], path.max(axis=0) + 0.5)
    x1, x2 = np.meshgrid(np.linspace(low[0], high[0], 90), np.linspace(low[1], high[1], 90))
    plt.contour(x1, x2, np.asarray(f(x1, x2)), colors="#0072b2", linewidths=0.9)
    plt.plot(path[:, 0], path[:, 1], "-o", color="#d55e00")
    plt.xlabel("x1")
    plt.ylabel("x2")


def svg(fig: Figure) -> str:
    """Return ``fig`` as the text of one ``<svg>`` element, small and the same at every run.

    Parameters
    ----------
    fig : matplotlib.figure.Figure

    Returns
    -------
    str
    """
    buffer = io.StringIO()
    # Not fig.savefig, which would draw the figure twice.
    FigureCanvasSVG(fig).print_svg(buffer, metadata=_UNDATED)
    text = buffer.getvalue()
    text = re.sub(r"<g id=\"\w+_\d+\">", "<g>", text[text.index("<svg") :])
    return re.sub(r"<[^>]+>", _with_short_numbers, text)  # tags only: labels keep their digits


def forms(fig: Figure, text: str | None = None) -> dict[str, str]:
    """Return ``fig`` in every form a notebook keeps: SVG, PNG and words.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
    text : str, optional
        What the figure shows, also the SVG's title; by default the words of `stills.describe`, and
        no title.

    Returns
    -------
    dict
        MIME type -> content.
    """
    picture = svg(fig)
    if text is not None:
        picture = picture.replace(">", f"><title>{html.escape(text)}</title>", 1)
    return {
        "image/svg+xml": picture,
        "image/png": png(fig),
        "text/plain": describe(fig) if text is None else text,
    }


def inline_svg(text: str, prefix: str, alt: str) -> str:
    """Make an SVG of this module fit to stand inside a web page.

    It takes the page's text colour and ground, is named for screen readers, scales with its
    place, and shares no id with another picture of the page.

    Parameters
    ----------
    text : str
        What `svg` returned, or a notebook shows.
    prefix : str
        Put before every id; unique in the page.
    alt : str
        What the picture shows, in words.

    Returns
    -------
    str
    """
    text = text[text.index("<svg") :]
    text = re.sub(r"<g id=\"\w+_\d+\">", "<g>", text)
    text = re.sub(r"<(style|title).*?</\1>", "", text, flags=re.DOTALL)
    text = text.replace("fill: #ffffff", "fill: none", 1).replace(INK, "currentColor")
    text = text.replace("xlink:href", "href")
    text = re.sub(r'(\bid="|url\(#|href="#)', lambda start: f"{start[0]}{prefix}-", text)
    width, height = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', text).groups()  # type: ignore[union-attr]
    head = (
        f'<svg class="d2l-figure" role="img" aria-label="{html.escape(alt)}" '
        f'viewBox="0 0 {width} {height}" width="{float(width) * 4 / 3:.0f}" '
        f'height="{float(height) * 4 / 3:.0f}" '
        'style="max-width:100%;height:auto;stroke-linejoin:round;stroke-linecap:butt">'
    )
    return head + text[text.index(">") + 1 :]


def _with_short_numbers(tag: re.Match[str]) -> str:
    """Round an SVG tag's coordinates to hundredths of a point."""
    return re.sub(r"\d+\.\d{3,}", lambda number: f"{float(number[0]):.2f}", tag[0])


def _lines(values: Any) -> list[NDArray[Any]]:
    """Split what `plot` was given into lines: a list of lists or arrays holds one line each."""
    items = list(values)
    if items and all(getattr(item, "ndim", isinstance(item, list | tuple)) for item in items):
        return [_array(item) for item in items]
    return [_array(items)]


def _array(values: Any) -> NDArray[Any]:
    """Turn numbers, arrays or tensors, also those that carry gradients, into an array."""
    if hasattr(values, "detach"):
        values = values.detach()
    if isinstance(values, list | tuple):
        return np.array([float(value) for value in values])
    return np.asarray(values)


def _in_notebook() -> bool:
    return getattr(get_ipython(), "kernel", None) is not None
