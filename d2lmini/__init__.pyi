from .data import DATA_HUB, DATA_URL, download
from .plotting import (
    Animator,
    plot,
    plt,
    set_axes,
    set_figsize,
    show_trace_2d,
    train_2d,
    use_svg_display,
)
from .timer import Timer
from .torch import (
    evaluate_loss,
    get_data_ch11,
    linreg,
    load_array,
    sgd,
    squared_loss,
    train_ch11,
    train_concise_ch11,
)

__version__: str

__all__ = [
    "DATA_HUB",
    "DATA_URL",
    "Animator",
    "Timer",
    "download",
    "evaluate_loss",
    "get_data_ch11",
    "linreg",
    "load_array",
    "plot",
    "plt",
    "set_axes",
    "set_figsize",
    "sgd",
    "show_trace_2d",
    "squared_loss",
    "train_2d",
    "train_ch11",
    "train_concise_ch11",
    "use_svg_display",
]
