"""A figure that grows while a program runs."""

import signal
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from IPython import get_ipython
from IPython.display import DisplayHandle, display
from matplotlib.figure import Figure

from d2lmini._checks import check_figsize, check_integer, check_number, shown
from d2lmini.plotting import FMTS, check_fmts, check_looks, in_notebook, set_axes, use_svg_display
from d2lmini.svg import describe, forms, svg

_REDRAW_EVERY = 0.1  # seconds
_MOST_AXES = 10  # in a row or a column; hundreds take minutes to draw


class Animator:
    """One figure that grows while a program runs, redrawn in place.

    In a notebook the figure appears at the first point, is redrawn at most ten times a second, and
    shows all points when the cell ends. Elsewhere the points are kept and nothing is shown.

    Parameters
    ----------
    xlabel, ylabel, legend, xlim, ylim, xscale, yscale
        As in `set_axes`, for the first of the axes.
    fmts : sequence of str
        Matplotlib formats, used in turn.
    nrows, ncols : int
        How many axes the figure has, 1 to 10 each.
    figsize : (float, float)
        Width and height [inch].

    Attributes
    ----------
    X, Y : list of list of float, or None
        The points of each line; None before the first.

    Raises
    ------
    TypeError, ValueError
        If the figure cannot look as asked for.
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
        check_fmts(fmts)
        xlim, ylim, legend = check_looks(xlabel, ylabel, xlim, ylim, xscale, yscale, legend)
        nrows = check_integer("nrows", nrows, highest=_MOST_AXES)
        ncols = check_integer("ncols", ncols, highest=_MOST_AXES)
        use_svg_display()
        # Not made by pyplot: the notebook would show it a second time.
        self.fig = Figure(figsize=check_figsize(figsize))
        self.axes = list(np.ravel(np.asarray(self.fig.subplots(nrows, ncols), dtype=object)))
        self.X: list[list[float]] | None = None
        self.Y: list[list[float]] | None = None
        self.fmts = fmts
        self._settings = (xlabel, ylabel, xlim, ylim, xscale, yscale, legend)
        # What is wrong shows now, and not when the first point is drawn.
        set_axes(self.axes[0], *self._settings)
        self._handle: DisplayHandle | None = None
        self._drawn_at = -np.inf
        self._unfinished = False  # whether the figure lacks points

    def add(self, x: Any, y: Any) -> None:
        """Add one point to each line.

        Parameters
        ----------
        x : float or sequence of float
            The x value, or one for each line.
        y : float or sequence of float
            The y value of each line; None skips a line.

        Raises
        ------
        TypeError, ValueError
            If a value is not a number, there are more values than lines, or not as many x values as
            y values.
        """
        ys = _as_list(y)
        xs = _as_list(x) if _is_sequence(x) else [x] * len(ys)
        points = [
            None if a is None or b is None else (check_number("x", a), check_number("y", b))
            for a, b in zip(xs, ys, strict=True)
        ]
        if self.X is None or self.Y is None:
            self.X, self.Y = [[] for _ in points], [[] for _ in points]
        if len(points) > len(self.Y):
            raise ValueError(
                f"y={shown(y)}: must be at most {len(self.Y)} values, one for each line"
            )
        for i, point in enumerate(points):
            if point is not None:
                self.X[i].append(point[0])
                self.Y[i].append(point[1])
        if not in_notebook():
            return
        if not self._unfinished:
            get_ipython().events.register("post_execute", self._finish)
            self._unfinished = True
        if time.monotonic() - self._drawn_at >= _REDRAW_EVERY:
            self.draw()

    def draw(self) -> None:
        """Draw the present state."""
        with interrupts_deferred():
            self._draw_lines()
            if in_notebook():
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
        self._unfinished = False
        with interrupts_deferred():
            self._draw_lines()
            self._show(forms(self.fig))


def _is_sequence(value: Any) -> bool:
    """Return whether a value holds several; arrays and tensors of one number have a length, too."""
    is_text = isinstance(value, str | bytes)
    return hasattr(value, "__len__") and getattr(value, "ndim", 1) > 0 and not is_text


def _as_list(value: Any) -> list[Any]:
    return list(value) if _is_sequence(value) else [value]


@contextmanager
def interrupts_deferred() -> Iterator[None]:
    """Defer a Ctrl-C until the block is done.

    Python raises `KeyboardInterrupt` wherever it is. While a figure is drawn that can be a callback
    or a finalizer, which ignore it, so that the run would go on.
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
