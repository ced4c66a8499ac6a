"""The public names that are the same in every framework."""

from d2lmini.animator import Animator
from d2lmini.data import DATA_HUB, DATA_URL, download
from d2lmini.plotting import plot, plt, set_axes, set_figsize, use_svg_display
from d2lmini.timer import Timer
from d2lmini.trace2d import show_trace_2d, train_2d
from d2lmini.training import quiet

__all__ = [
    "DATA_HUB",
    "DATA_URL",
    "Animator",
    "Timer",
    "download",
    "plot",
    "plt",
    "quiet",
    "set_axes",
    "set_figsize",
    "show_trace_2d",
    "train_2d",
    "use_svg_display",
]
