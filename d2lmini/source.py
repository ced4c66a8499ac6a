"""Show the package's code in a notebook, so that no copy can become outdated."""

import inspect
from collections.abc import Callable
from typing import Any

from IPython.display import display


def show_source(function: Callable[..., Any]) -> None:
    """Display the source of a function without its docstring.

    Parameters
    ----------
    function : callable
        A function that has a docstring.
    """
    head, _, body = inspect.getsource(function).split('"""')
    display({"text/plain": head.rstrip() + body.rstrip()}, raw=True)
