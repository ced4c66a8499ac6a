"""The tables of settings that Python and the browser's programs share, and checks of values."""

import json
from numbers import Real
from pathlib import Path
from typing import Any

import numpy as np
import traitlets

from d2lmini._checks import check_integer, shown

JS = Path(__file__).with_name("js")

Table = dict[str, dict[str, Any]]
"""Name -> its ``label``, ``parameter`` in an address, ``default``; the ``range`` of a number (both
ends included) and whether it is ``whole``; the ``options`` of a text, or the length of a free one,
``text``."""


def load_table(module: str) -> Table:
    """Return the settings of a module of the browser.

    Parameters
    ----------
    module : str
        Its name, such as ``"lab"``.

    Returns
    -------
    dict
        See `Table`.
    """
    table: Table = json.loads((JS / f"{module}.json").read_text(encoding="utf8"))
    return table


def check_setting(table: Table, name: str, value: Any) -> int | float | bool | str:
    """Return the value of a setting if it is allowed.

    Parameters
    ----------
    table : dict
        What `load_table` returns.
    name : str
        One of its keys.
    value : Any
        What the caller passed.

    Returns
    -------
    int, float, bool or str

    Raises
    ------
    TypeError
        If there is no such setting, or the value is of another type.
    ValueError
        If the value is out of the setting's range.
    """
    if name not in table:
        raise TypeError(f"{name}={shown(value)}: must be one of the settings {', '.join(table)}")
    setting = table[name]
    if "options" in setting:
        return _option(name, value, setting["options"])
    if "text" in setting:
        return _text(name, value, setting["text"])
    if "range" not in setting:
        return _switch(name, value)
    if setting.get("whole"):
        return check_integer(name, value, *setting["range"])
    return _number(name, value, *setting["range"])


def check_settings(table: Table, settings: dict[str, Any]) -> dict[str, Any]:
    """Return all settings of a table, with defaults for those not given.

    Parameters
    ----------
    table : dict
        What `load_table` returns.
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
    defaults = {name: setting["default"] for name, setting in table.items()}
    return {**defaults, **{k: check_setting(table, k, v) for k, v in settings.items()}}


def _option(name: str, value: Any, options: list[str]) -> str:
    if not isinstance(value, str) or value not in options:
        raise ValueError(f"{name}={shown(value)}: must be one of {', '.join(map(repr, options))}")
    return str(value)


def _text(name: str, value: Any, longest: int) -> str:
    message = f"{name}={shown(value)}: must be a text of at most {longest} characters"
    if not isinstance(value, str):
        raise TypeError(message)
    if len(value) > longest:
        raise ValueError(message)
    return value


def _switch(name: str, value: Any) -> bool:
    if not isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{name}={shown(value)}: must be True or False")
    return bool(value)


def _number(name: str, value: Any, lowest: float, highest: float) -> float:
    message = f"{name}={shown(value)}: must be a number {lowest} to {highest}"
    is_number = isinstance(value, Real) and not isinstance(value, bool)
    if not is_number:
        raise TypeError(message)
    if not lowest <= value <= highest:  # not a number is in no range
        raise ValueError(message)
    return float(value)


class Setting(traitlets.TraitType):
    """A setting that Python and the browser share; a value that is not allowed raises an error.

    Parameters
    ----------
    table : dict
        What `load_table` returns.
    name : str
        One of its keys.
    """

    def __init__(self, table: Table, name: str) -> None:
        super().__init__(default_value=table[name]["default"])
        self.table = table
        self.tag(sync=True)

    def validate(self, obj: Any, value: Any) -> Any:
        """Return the value of a setting if it is allowed.

        Parameters
        ----------
        obj : Piece
        value : Any
            The new value.

        Returns
        -------
        Any

        Raises
        ------
        TypeError, ValueError
            If the value is not allowed.
        """
        return check_setting(self.table, self.name, value)
