"""Show the package's code in a notebook, so that no copy can become outdated."""

import inspect
from collections.abc import Callable
from typing import Any

from IPython.display import display

from d2lmini._checks import shown


def show_source(function: Callable[..., Any]) -> None:
    """Display the source of a function without its docstring.

    Parameters
    ----------
    function : callable
        A function that has a docstring.

    Raises
    ------
    ValueError
        If it is anything else.
    """
    # JAX wraps what it compiles.
    if not inspect.isfunction(inspect.unwrap(function)) or not function.__doc__:
        raise ValueError(f"function={shown(function)}: must be a function that has a docstring")
    head, _, body = inspect.getsource(function).split('"""', 2)
    display({"text/plain": head.rstrip() + body.rstrip()}, raw=True)
