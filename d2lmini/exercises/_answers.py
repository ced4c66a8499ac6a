"""What all checks need: calling the reader's functions, and comparing what they return.

The checks run in a notebook and, under MicroPython, in the page. MicroPython has no `typing`, so
types are imported for the type checker only.
"""

import math

import numpy as np

from d2lmini.data import whitened_airfoil

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any


class Wrong(Exception):  # noqa: N818 - an answer that is wrong, not an error of the program
    """An answer is wrong; the message says what is, and what it should be."""


def fault_of(examine: "Callable[[dict[str, Any]], None]", names: "dict[str, Any]") -> "str | None":
    """Return the message with which ``examine`` rejects the reader's names, or None.

    An answer can be of a kind that no check thought of: that is a message, too.

    Parameters
    ----------
    examine : function
        It raises `Wrong` if an answer is.
    names : dict
        The global names of the reader's code.

    Returns
    -------
    str or None
    """
    try:
        examine(names)
    except Wrong as wrong:
        return str(wrong)
    except Exception as error:
        return f"The answer could not be checked: {type(error).__name__}: {error}"
    return None


def call(names: "dict[str, Any]", shown: str, *values: "Any") -> "Any":
    """Return what a function of the reader returns.

    Parameters
    ----------
    names : dict
        The global names of the reader's code.
    shown : str
        The call as messages quote it, such as ``step(w, rows, 0.1)``; it begins with the name.
    *values
        The arguments of the call.

    Returns
    -------
    Any

    Raises
    ------
    Wrong
        If there is no such function, or if it stops with an error.
    """
    name = shown.split("(")[0]
    if name not in names:
        raise Wrong(f"There is no function {name} here. Keep the line that begins with def {name}.")
    function = names[name]
    if not callable(function):
        kind = type(function).__name__
        raise Wrong(f"{name} should be a function, but it is {said(function)}, of type {kind}.")
    try:
        return function(*values)
    except Exception as error:
        raise Wrong(f"{shown} stopped with {type(error).__name__}: {error}") from None


def numbers(value: "Any", count: int, shown: str) -> "list[float]":
    """Return some finite numbers, from an array of one axis, a tuple or a list.

    Parameters
    ----------
    value : Any
        What the reader's function returned.
    count : int
        How many numbers it should be.
    shown : str
        The call, for the message.

    Returns
    -------
    list of float

    Raises
    ------
    Wrong
        If it is anything else.
    """
    if value is None:
        raise Wrong(f"{shown} returns None. Does the function still end with its return line?")
    if hasattr(value, "shape") and len(value.shape) > 0:
        if tuple(value.shape) != (count,):
            raise Wrong(
                f"{shown} returns an array of shape {tuple(value.shape)}, "
                f"it should be of shape ({count},)."
            )
        value = value.tolist()
    if not isinstance(value, (tuple, list)):
        kind = type(value).__name__
        raise Wrong(f"{shown} returns {said(value)}, of type {kind}; it should be {count} numbers.")
    if len(value) != count:
        raise Wrong(f"{shown} returns {len(value)} values, it should be {count} numbers.")
    return [number(one, shown) for one in value]


def number(value: "Any", shown: str) -> float:
    """Return one finite number, also from an array that holds just one.

    Parameters
    ----------
    value : Any
        What the reader's function returned.
    shown : str
        The call, for the message.

    Returns
    -------
    float

    Raises
    ------
    Wrong
        If it is anything else.
    """
    if value is None:
        raise Wrong(f"{shown} returns None. Does the function still end with its return line?")
    if hasattr(value, "shape") and len(value.shape) > 0:
        if any(axis != 1 for axis in value.shape):
            raise Wrong(
                f"{shown} returns an array of shape {tuple(value.shape)}, it should be a number."
            )
        value = value.reshape(1).tolist()[0]
    try:
        found = float(value)
    except (TypeError, ValueError, OverflowError):
        kind = type(value).__name__
        raise Wrong(
            f"{shown} returns {said(value)}, of type {kind}, in place of a number."
        ) from None
    if not math.isfinite(found):
        raise Wrong(f"{shown} returns {found}, it should be a finite number.")
    return found


def said(value: "Any") -> str:
    """Return a value as messages quote it, whatever it is.

    Parameters
    ----------
    value : Any
        What the reader made; it may be of a class whose texts cannot be made.

    Returns
    -------
    str
    """
    try:
        return repr(value)
    except Exception:
        return "a value that has no text"


def near(found: float, expected: float) -> bool:
    """Return whether two numbers differ by no more than rounding.

    Parameters
    ----------
    found, expected : float
        The tolerance is relative to the second.

    Returns
    -------
    bool
    """
    return abs(found - expected) <= 1e-7 * abs(expected) + 1e-10


def all_near(found: "Sequence[float]", expected: "Any") -> bool:
    """Return whether all numbers of two sequences are `near` each other.

    Parameters
    ----------
    found : sequence of float
        What the reader's function returned.
    expected : sequence or array
        At least as long.

    Returns
    -------
    bool
    """
    return all(near(found[i], float(expected[i])) for i in range(len(found)))


def length(vector: "Any") -> float:
    """Return the length of a vector.

    Parameters
    ----------
    vector : sequence or array
        Of any number of elements.

    Returns
    -------
    float
    """
    return math.sqrt(sum(float(x) ** 2 for x in vector))


def short(value: float) -> str:
    """Return a number with about as many digits as a sentence should have.

    Parameters
    ----------
    value : float
        Any finite number.

    Returns
    -------
    str
    """
    size = abs(value)
    if size < 100000 and abs(value - round(value)) < 1e-9:
        return str(round(value))
    if size < 0.0001 or size >= 100000:
        return f"{value:.2e}"
    if size < 1:
        return f"{value:.4f}"
    return f"{value:.3f}" if size < 10 else f"{value:.2f}"


def airfoil() -> "tuple[Any, Any]":
    """Return the design matrix with its column of ones, and the target, as the pages do."""
    features, y = (a.astype(float) for a in whitened_airfoil())
    return np.c_[features, np.ones(len(y))], y
