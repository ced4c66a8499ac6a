"""Run settings and their defaults, the same as in the browser's program."""

import json
from numbers import Real
from pathlib import Path
from typing import Any

import numpy as np

from d2lmini._checks import check_integer

SETTINGS: dict[str, dict[str, Any]] = json.loads(
    Path(__file__).with_name("js").joinpath("settings.json").read_text(encoding="utf8")
)
"""Name -> its ``default``, its ``range`` (both ends included), and whether it is ``whole``."""

DEFAULTS = {name: setting["default"] for name, setting in SETTINGS.items()}


def check_setting(name: str, value: Any) -> int | float | bool:
    """Return the value of a setting if it is allowed.

    Parameters
    ----------
    name : str
        A key of `SETTINGS`.
    value : Any
        What the caller passed.

    Returns
    -------
    int, float or bool

    Raises
    ------
    TypeError
        If there is no such setting, or the value is of another type.
    ValueError
        If the value is out of the setting's range.
    """
    if name not in SETTINGS:
        raise TypeError(f"{name}={value!r}: must be one of the settings {', '.join(SETTINGS)}")
    limits = SETTINGS[name].get("range")
    if limits is None:
        return _switch(name, value)
    if SETTINGS[name].get("whole"):
        return check_integer(name, value, *limits)
    return _number(name, value, *limits)


def check_settings(settings: dict[str, Any]) -> dict[str, Any]:
    """Return all settings of a run, with defaults for those not given.

    Parameters
    ----------
    settings : dict
        Some settings by their names.

    Returns
    -------
    dict

    Raises
    ------
    TypeError, ValueError
        As `check_setting`.
    """
    return {**DEFAULTS, **{name: check_setting(name, v) for name, v in settings.items()}}


def _switch(name: str, value: Any) -> bool:
    if not isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{name}={value!r}: must be True or False")
    return bool(value)


def _number(name: str, value: Any, lowest: float, highest: float) -> float:
    message = f"{name}={value!r}: must be a number {lowest} to {highest}"
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(message)
    number = float(value)
    if not lowest <= number <= highest:  # not a number is in no range
        raise ValueError(message)
    return number
