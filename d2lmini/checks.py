"""Checks of arguments that several modules share; each error names argument, value and range."""

import math
import operator
import reprlib
from collections.abc import Sequence
from typing import Any


def whole_number(name: str, value: Any, lowest: int = 1, highest: int | None = None) -> int:
    """Return ``value`` as an int, or say which whole numbers ``name`` may be.

    Parameters
    ----------
    name : str
        The argument's name, for the message.
    value : Any
        What the caller passed; any integer type is fine, ``bool`` and ``float`` are not.
    lowest, highest : int
        The inclusive range; no upper end by default.

    Returns
    -------
    int

    Raises
    ------
    TypeError
        If ``value`` is not an integer.
    ValueError
        If it is out of range.
    """
    allowed = f"an integer >= {lowest}" if highest is None else f"an integer {lowest} to {highest}"
    try:
        if isinstance(value, bool):
            raise TypeError
        number = operator.index(value)
    except TypeError:
        raise TypeError(f"{name}={value!r}: must be {allowed}") from None
    if number < lowest or (highest is not None and number > highest):
        raise ValueError(f"{name}={value!r}: must be {allowed}")
    return number


def positive_number(name: str, value: Any) -> float:
    """Return ``value`` as a float if it is finite and above zero.

    Parameters
    ----------
    name : str
        The argument's name, for the message.
    value : Any
        A number, or an array of one number.

    Returns
    -------
    float

    Raises
    ------
    TypeError
        If ``value`` is not a number.
    ValueError
        If it is zero, negative, infinite or not a number.
    """
    try:
        if isinstance(value, bool | str | bytes):  # float() would take these, too
            raise TypeError
        number = float(value)
    except (TypeError, ValueError):
        raise TypeError(f"{name}={value!r}: must be a finite number > 0") from None
    if not (math.isfinite(number) and number > 0):
        raise ValueError(f"{name}={value!r}: must be a finite number > 0")
    return number


def known_rate(hyperparams: dict[str, Any], name: str) -> Any:
    """Return the learning rate, unchanged, if there is one and it makes sense.

    Parameters
    ----------
    hyperparams : dict
        The settings of an update rule.
    name : str
        What the learning rate is called there.

    Returns
    -------
    Any
        The value; None if there is no such entry.

    Raises
    ------
    TypeError, ValueError
        If it is not a finite number above zero.
    """
    if name in hyperparams:
        positive_number(name, hyperparams[name])
    return hyperparams.get(name)


def required_rate(hyperparams: dict[str, Any], name: str = "lr") -> float:
    """Return the learning rate that an update rule cannot do without.

    Parameters
    ----------
    hyperparams : dict
        The update rule's settings.
    name : str
        The learning rate's key.

    Returns
    -------
    float

    Raises
    ------
    TypeError, ValueError
        If there is no such entry, or it is not a finite number above zero.
    """
    if name not in hyperparams:
        raise ValueError(f"hyperparams={hyperparams!r}: must have {name!r}, a finite number > 0")
    return positive_number(name, hyperparams[name])


def floating_type(name: str, array: Any) -> None:
    """Refuse an array of any framework whose numbers are not floating-point.

    Parameters
    ----------
    name : str
        What the array is, for the message.
    array : Any
        Anything with a ``dtype``.

    Raises
    ------
    TypeError
        If it holds integers, truth values or complex numbers.
    """
    if "float" not in str(array.dtype):
        raise TypeError(
            f"{name} of type {array.dtype}: must be floating-point numbers, such as float32"
        )


def count_rows(data_iter: Any, rows: Any) -> int:
    """Return how many examples a minibatch holds; none is an error, as their mean has no value.

    Parameters
    ----------
    data_iter : iterable
        Where the minibatch comes from, for the message.
    rows : array
        Its first axis counts the examples.

    Returns
    -------
    int

    Raises
    ------
    ValueError
        If there is none.
    """
    if len(rows) == 0:
        shown = reprlib.repr(data_iter)  # a list of tensors prints all their numbers
        raise ValueError(f"data_iter={shown}: each minibatch must hold at least one example")
    return len(rows)


def equal_lengths(name: str, arrays: Sequence[Any]) -> int:
    """Return the length that all ``arrays`` share.

    Parameters
    ----------
    name : str
        The argument's name, for the message.
    arrays : sequence of arrays
        One or more arrays (or tensors) whose first axis counts the examples.

    Returns
    -------
    int
        The number of examples, at least 1.

    Raises
    ------
    ValueError
        If there is no array, a length differs from the others, or it is zero.
    """
    lengths = [len(array) for array in arrays]
    if not lengths or len(set(lengths)) > 1 or lengths[0] == 0:
        raise ValueError(
            f"{name} with lengths {lengths}: must be one or more arrays of one length >= 1"
        )
    return lengths[0]
