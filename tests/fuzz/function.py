"""What is known of a public function: how to draw arguments, and what it must return for them."""

import math
import numbers
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np

from tests.fuzz.flavours import Flavour, as_numpy

Texts = dict[str, str]
Rule = Callable[[Any], bool | None]
"""Whether a number is allowed; None where either will do."""


LARGEST = float(np.finfo(float).max)


class Refused(Exception):  # noqa: N818
    """The reference has no result for these arguments: the call must raise an error."""


class Anything:
    """What the reference expects where every result will do."""


def by_name(name: str) -> Callable[[Flavour, dict[str, Any]], Any]:
    """Return what calls the public function of a name."""
    return lambda flavour, arguments: getattr(flavour.d2l, name)(**arguments)


@dataclass
class Function:
    """A public function.

    ``draw`` returns the texts of right arguments, ``wild`` has, for some of them, what draws any
    others, ``expect`` returns the right result in plain NumPy. ``rules`` belong to the arguments
    whose errors have to name them; the message names the label.
    """

    name: str
    draw: Callable[[Random], Texts]
    wild: dict[str, Callable[[Random], str]]
    expect: Callable[[Flavour, dict[str, Any]], Any]
    call: Callable[[Flavour, dict[str, Any]], Any] | None = None
    rules: dict[str, tuple[str, Rule]] = field(default_factory=dict)
    weight: int = 4
    changes: tuple[str, ...] = ()
    """The arguments that the function may change."""

    def run(self, flavour: Flavour, arguments: dict[str, Any]) -> Any:
        """Call the function."""
        return (self.call or by_name(self.name))(flavour, arguments)

    def choose(self, rng: Random) -> tuple[Texts, set[str]]:
        """Return the texts of arguments, and which of them may be wrong."""
        texts = self.draw(rng)
        names = [name for name in self.wild if name in texts]
        if not names or rng.random() < 0.35:
            return texts, set()
        loose = set(rng.sample(names, min(len(names), rng.choice((1, 1, 1, 2)))))
        return {k: self.wild[k](rng) if k in loose else v for k, v in texts.items()}, loose


def whole(lowest: int, highest: int | None = None) -> Rule:
    """Return the rule of an integer in a range."""

    def rule(value: Any) -> bool | None:
        if isinstance(value, bool):
            return False
        if hasattr(value, "dtype"):
            array = as_numpy(value)
            if array.dtype.kind not in "iu" or array.size != 1:
                return False
            if array.ndim or not isinstance(value, np.generic | np.ndarray):
                return None  # frameworks differ
            value = array.item()
        if not isinstance(value, int):
            return False
        return lowest <= value and (highest is None or value <= highest)

    return rule


def at_least(lowest: int) -> Rule:
    """Return the rule of an integer whose largest value depends on another argument."""
    return lambda value: False if whole(lowest)(value) is False else None


def positive(value: Any) -> bool | None:
    """Return whether a value is a finite number above zero."""
    if isinstance(value, bool) or not (isinstance(value, numbers.Real) or hasattr(value, "dtype")):
        return None if type(value).__name__ == "Decimal" else False
    if hasattr(value, "dtype"):
        array = as_numpy(value)
        if array.dtype.kind not in "iuf" or array.size != 1:
            return None if array.dtype.kind == "m" else False
        value = float(array.item())
        if array.ndim:
            return None if value > 0 and math.isfinite(value) else False
    if isinstance(value, Fraction):
        return None
    return 0 < value <= (int(LARGEST) if isinstance(value, int) else LARGEST)


def number_of(value: Any) -> Any:
    """Return a number of any kind as one of Python's."""
    return as_numpy(value).item() if hasattr(value, "dtype") else value


def explain_difference(found: Any, expected: Any, tolerance: float) -> str | None:
    """Return what is wrong with a result, or None.

    Floating-point numbers may differ by the tolerance, or by that of their type, and may be
    infinite or not numbers where the expected ones come near to the largest of their type.
    """
    if isinstance(expected, Anything) or expected is Anything:
        return None
    if isinstance(expected, list | tuple):
        if not isinstance(found, list | tuple) or len(found) != len(expected):
            return f"{found!r} is not {expected!r}"
        pairs = zip(found, expected, strict=True)
        return next(filter(None, (explain_difference(f, e, tolerance) for f, e in pairs)), None)
    if expected is None or isinstance(expected, str | bool):
        return None if found == expected else f"{found!r} is not {expected!r}"
    found, expected = as_numpy(found), as_numpy(expected)
    if found.shape != expected.shape:
        return f"shape {found.shape} is not {expected.shape}"
    if found.dtype.kind in "OSUMmb" or expected.dtype.kind in "OSUMmb":
        return None if _equal(found, expected) else f"{found!r} is not {expected!r}"
    return _explain_numbers(found, expected, tolerance)


def _equal(found: Any, expected: Any) -> bool:
    return all(
        a == b or (a != a and b != b)  # not a number, or not a time
        for a, b in zip(found.ravel().tolist(), expected.ravel().tolist(), strict=True)
    )


def _explain_numbers(found: Any, expected: Any, tolerance: float) -> str | None:
    precision = np.finfo(found.dtype) if found.dtype.kind in "fc" else None
    with np.errstate(all="ignore"):
        rtol = max(tolerance, 30 * float(precision.eps) if precision else 0)
        close = np.isclose(found, expected, rtol=rtol, atol=rtol, equal_nan=True)
        if precision is not None:
            near_the_end = ~(np.abs(expected) < float(precision.max) ** 0.49)
            close |= near_the_end & ~(np.abs(found) < float(precision.max) ** 0.45)
    if close.all():
        return None
    first = tuple(np.argwhere(~close)[0])
    return f"{found[first]!r} is not {expected[first]!r} at {[int(i) for i in first]}"
