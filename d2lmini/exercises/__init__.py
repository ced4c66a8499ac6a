"""Exercises of the chapter whose answers are checked, in a notebook and in the page.

A module an exercise: its docstring says what is asked; `HINTS` go from a nudge to nearly the
answer; `SOLUTION` is the text of the whole cell, solved; `PRAISE` says what a right answer showed;
and ``examine(names)`` raises `Wrong`, with a message, if the names that the cell left are wrong.
Everything here also runs under MicroPython, in the page.
"""

from d2lmini.exercises import (
    accumulation,
    choice,
    diagnosis,
    division,
    momentum,
    noise_scale,
    replacement,
)
from d2lmini.exercises._answers import fault_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_MODULES = {
    "accumulation": accumulation,
    "choice": choice,
    "diagnosis": diagnosis,
    "division": division,
    "momentum": momentum,
    "noise_scale": noise_scale,
    "replacement": replacement,
}

NAMES = tuple(sorted(_MODULES))
"""The names of the exercises."""


def check(name: str, names: "dict[str, Any]") -> None:
    """Print whether the reader's answer to an exercise is right, and if not, what is wrong.

    Parameters
    ----------
    name : str
        One of `NAMES`.
    names : dict
        The global names of the reader's code after it ran, that is ``globals()``.

    Raises
    ------
    TypeError
        If ``names`` is not a dictionary.
    ValueError
        If there is no exercise of that name.
    """
    if name not in NAMES:
        raise ValueError(f"name={name!r}: must be one of {', '.join(NAMES)}")
    if not isinstance(names, dict):
        raise TypeError(f"names={names!r}: must be a dictionary, such as globals()")
    exercise = _MODULES[name]
    message = fault_of(exercise.examine, names)
    print("Right: " + exercise.PRAISE if message is None else message)
