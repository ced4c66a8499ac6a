"""Checks of arguments; each error names the argument, its value and what is allowed."""

import math
import operator
import re
import reprlib
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

SMALLEST_SIDE, LARGEST_SIDE = 0.1, 50
"""Of a figure [inch]: a smaller one has no room for axes, a larger one takes seconds to draw."""

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def check_integer(name: str, value: Any, lowest: int = 1, highest: int | None = None) -> int:
    """Return ``value`` as an int if it is an integer in the allowed range.

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
        if not _is_number(value):
            raise TypeError
        number = operator.index(value)
    except (TypeError, AttributeError):  # the latter from TensorFlow's numbers
        raise TypeError(f"{name}={shown(value)}: must be {allowed}") from None
    if number < lowest or (highest is not None and number > highest):
        raise ValueError(f"{name}={shown(value)}: must be {allowed}")
    return number


def check_positive(name: str, value: Any) -> float:
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
    return _in_range(name, value, "a finite number > 0", lambda number: 0 < number < math.inf)


def check_number(name: str, value: Any) -> float:
    """Return ``value`` as a float if it is a number, which need not be finite.

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
    TypeError, ValueError
        If ``value`` is not a number, or an integer that no float can be.
    """
    return _in_range(name, value, "a number", lambda number: True)


def _in_range(name: str, value: Any, allowed: str, rule: Callable[[float], bool]) -> float:
    message = f"{name}={shown(value)}: must be {allowed}"
    try:
        # Old versions of NumPy take an array with axes for its only number.
        if not _is_number(value) or (isinstance(value, np.ndarray) and value.ndim):
            raise TypeError
        number = float(value)
    except OverflowError:  # of a larger integer than floating-point numbers can be
        raise ValueError(message) from None
    except (TypeError, ValueError):
        raise TypeError(message) from None
    if not rule(number):
        raise ValueError(message)
    return number


def check_figsize(figsize: Any) -> tuple[float, float]:
    """Return the size of a figure if it is one that can be drawn.

    Parameters
    ----------
    figsize : sequence
        Width and height [inch].

    Returns
    -------
    (float, float)

    Raises
    ------
    TypeError, ValueError
        If these are not two numbers from `SMALLEST_SIDE` to `LARGEST_SIDE`.
    """
    allowed = f"two numbers {SMALLEST_SIDE} to {LARGEST_SIDE}, in inches"
    width, height = (
        _in_range("figsize", side, allowed, lambda x: SMALLEST_SIDE <= x <= LARGEST_SIDE)
        for side in figsize
    )
    return width, height


def check_limits(name: str, limits: Any) -> tuple[float | None, float | None] | None:
    """Return the limits of an axis.

    Parameters
    ----------
    name : str
        The argument's name, for the message.
    limits : sequence of float or None
        Two finite numbers; None leaves both, or one of them, to matplotlib.

    Returns
    -------
    (float or None, float or None), or None

    Raises
    ------
    TypeError, ValueError
        If these are anything else.
    """
    if limits is None:
        return None
    ends = list(limits)
    allowed = "two finite numbers"
    if isinstance(limits, str) or len(ends) != 2:
        raise ValueError(f"{name}={shown(limits)}: must be {allowed}")
    low, high = (
        None if end is None else _in_range(name, end, allowed, math.isfinite) for end in ends
    )
    return low, high


def check_legend(legend: Any) -> list[Any]:
    """Return the entries of a legend; a text is none, for it would be one entry a letter.

    Parameters
    ----------
    legend : sequence of str or None

    Returns
    -------
    list

    Raises
    ------
    ValueError
        If it is a text that is not empty.
    """
    if isinstance(legend, str) and legend:
        raise ValueError(f"legend={shown(legend)}: must be a list of texts, one for each line")
    return [] if legend is None else list(legend)


def check_characters(name: str, text: str) -> None:
    """Check that a text has only characters that an SVG may have.

    Parameters
    ----------
    name : str
        The argument's name, for the message.
    text : str

    Raises
    ------
    ValueError
        If it has another one.
    """
    if character := _NO_XML.search(text):
        raise ValueError(f"{name}={shown(text)}: must have no character {character[0]!r}")


def check_formats(fmts: Any) -> None:
    """Check that there is a format, and that each is a text: matplotlib would draw a number.

    Parameters
    ----------
    fmts : sequence of str

    Raises
    ------
    ValueError
        If that is not so.
    """
    if not len(fmts) or not all(isinstance(fmt, str) for fmt in fmts):
        raise ValueError(f"fmts={shown(fmts)}: must be one or more formats, such as '-'")


def shown(value: Any) -> str:
    """Return a value as messages show it.

    Parameters
    ----------
    value : Any

    Returns
    -------
    str
    """
    try:
        return repr(value)
    except ValueError:  # Python does not write integers of more than 4,300 digits
        return f"an integer of {value.bit_length():,} bits" if isinstance(value, int) else "…"


def _is_number(value: Any) -> bool:
    """Tell numbers from what float() or index() would take, too: texts, booleans, complex ones."""
    if hasattr(value, "dtype"):
        return "int" in str(value.dtype) or "float" in str(value.dtype)
    return not isinstance(value, bool | str | bytes | bytearray | memoryview)


def check_learning_rate(hyperparams: dict[str, Any], name: str, required: bool = False) -> None:
    """Check the learning rate among the hyperparameters of an update rule.

    Parameters
    ----------
    hyperparams : dict
        The hyperparameters.
    name : str
        The learning rate's key.
    required : bool
        Whether the key must be there; optimizers of the frameworks have a default.

    Raises
    ------
    TypeError
        If the learning rate is not a number, or an unsigned integer of NumPy or of a framework:
        optimizers negate it, which gives a large positive one.
    ValueError
        If it is not finite and above zero, or missing where it is required.
    """
    if name in hyperparams:
        value = hyperparams[name]
        check_positive(name, value)
        if "uint" in str(getattr(value, "dtype", "")):
            raise TypeError(f"{name}={shown(value)}: must be of a type with negative numbers")
    elif required:
        raise ValueError(
            f"hyperparams={shown(hyperparams)}: must have {name!r}, a finite number > 0"
        )


def check_floating(name: str, array: Any) -> None:
    """Check that an array, of any framework, is floating-point.

    Parameters
    ----------
    name : str
        What the array is, for the message.
    array : Any
        Anything with a ``dtype``.

    Raises
    ------
    TypeError
        If it holds integers, booleans or complex numbers.
    """
    if "float" not in str(array.dtype):
        raise TypeError(
            f"{name} of type {array.dtype}: must be floating-point numbers, such as float32"
        )


def count_rows(data_iter: Any, rows: Any) -> int:
    """Return the number of examples in a minibatch, which must not be empty.

    Parameters
    ----------
    data_iter : iterable
        The loader the minibatch comes from, for the message.
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


def check_losses(losses: Any, rows: Any) -> None:
    """Check that a loss is that of each example of a minibatch, or one for all of them.

    Parameters
    ----------
    losses : array or float
        What the loss returned.
    rows : array
        The minibatch; its first axis counts the examples.

    Raises
    ------
    ValueError
        If there is another number of losses. An example may have several.
    """
    count = math.prod(getattr(losses, "shape", ()))
    if count != 1 and (count == 0 or count % len(rows)):
        raise ValueError(
            f"loss that returns {count} values for {len(rows)} examples: "
            "must return one for each example, or their mean"
        )


def check_unmasked(name: str, array: Any) -> None:
    """Check that no number of an array is masked: a tensor would hold what the mask hides.

    Parameters
    ----------
    name : str
        The argument's name, for the message.
    array : Any
        An array, or anything else.

    Raises
    ------
    ValueError
        If it is a masked array of NumPy that hides a number.
    """
    if isinstance(array, np.ma.MaskedArray) and np.ma.is_masked(array):
        raise ValueError(f"{name}={shown(array)}: must have no masked number")


def check_fits(name: str, array: Any, kind: Any) -> None:
    """Check that another type can hold the numbers of an array; it may round them.

    Parameters
    ----------
    name : str
        The argument's name, for the message.
    array : Any
        An array, or what NumPy makes one of.
    kind : dtype
        The type of NumPy that a framework chose for it.

    Raises
    ------
    ValueError
        If a number is too large for that type.
    """
    given = np.asarray(array)
    if given.dtype == kind or given.dtype.kind not in "iufc":
        return
    with np.errstate(over="ignore"):
        held = given.astype(kind)
    lost = given != held if held.dtype.kind in "iu" else np.isinf(held) & ~np.isinf(given)
    if np.any(lost):
        raise ValueError(
            f"{name}={shown(array)} of type {given.dtype}: must be numbers that {kind} can hold"
        )


def check_lengths(name: str, arrays: Sequence[Any]) -> int:
    """Return the common length of ``arrays``.

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
