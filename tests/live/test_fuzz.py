"""Generated programs over arrays: MicroPython gives what numpy gives, or the stated error."""

import json
import warnings
from collections import Counter

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from tests.live.node import in_micropython
from tests.live.programs import PROGRAMS

HOW_MANY = 1000
SHARE = 100  # programs a cell

RUNNER = """
from json import dumps
import numpy as np

def plain(x):
    if isinstance(x, np.ndarray):
        return [str(x.dtype), list(x.shape), plain(x.tolist())]
    if isinstance(x, (list, tuple)):
        return [plain(v) for v in x]
    return repr(x) if isinstance(x, float) else x

def name_of(error):
    return "ValueError" if isinstance(error, ValueError) else type(error).__name__

def show(space):
    print(dumps([[name, plain(space[name])] for name in space]))
"""

KINDS = (ValueError, IndexError, TypeError, OverflowError, ZeroDivisionError)


def function_of(k, lines):
    """Return the text of a function that runs a program, and shows what its variables are."""
    body = []
    for i, line in enumerate(lines):
        name = line.split(" ")[0]
        body += [f"step = {i}", line]
        if name.isidentifier():
            body.append(f"space['{name}'] = {name}")
    inside = "".join(f"        {line}\n" for line in body)
    return (
        f"def program_{k}():\n    space = {{}}\n    try:\n{inside}"
        "    except Exception as error:\n"
        "        space['error'] = [step, name_of(error), str(error)]\n"
        f"    show(space)\nprogram_{k}()\n"
    )


def drawn():
    """Return programs, the same ones each time."""
    found = []

    @settings(
        max_examples=HOW_MANY,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(PROGRAMS)
    def collect(lines):
        found.append(lines)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        collect()
    return found


def in_numpy(lines):
    """Return the variables after a program, and its error."""
    space = {"np": np}
    error = None
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for k, line in enumerate(lines):
            try:
                exec(line, space)
            except Exception as e:
                kind = next((kind.__name__ for kind in KINDS if isinstance(e, kind)), repr(e))
                error = [k, kind, str(e)]
                break
    return space, error


def is_same(ours, theirs):
    """Return whether a value is numpy's: the kind, the shape, and the numbers to 1e-12."""
    if isinstance(theirs, np.ndarray):
        kind, shape, values = ours if isinstance(ours, list) and len(ours) == 3 else (0, 0, 0)
        if kind != str(theirs.dtype) or shape != list(theirs.shape):
            return False
        return is_same(values, theirs.tolist())
    if isinstance(theirs, np.generic):
        theirs = theirs.item()
    if isinstance(theirs, list | tuple):
        same_length = isinstance(ours, list) and len(ours) == len(theirs)
        return same_length and all(is_same(x, y) for x, y in zip(ours, theirs, strict=True))
    if isinstance(theirs, float):
        number = float(ours) if isinstance(ours, str) else None
        return number is not None and bool(
            np.isclose(number, theirs, rtol=1e-12, atol=1e-12, equal_nan=True)
        )
    return type(ours) is type(theirs) and ours == theirs


def disagreement(lines, ours):
    """Return what is wrong with an answer, or None; and how the program ended."""
    space, error = in_numpy(lines)
    found = ours.pop("error", None)
    if found and found[1] == "NotImplementedError":
        return None, "lacking"
    if found and found[1] == "OverflowError" and "2**53" in found[2]:
        return None, "large integer"
    if (found and found[:2]) != (error and error[:2]):
        return f"error {found}, numpy has {error}", ""
    failed = lines[error[0]].split()[0] if error else None  # numpy may have begun to change it
    wrong = [n for n in ours if n != failed and not is_same(ours[n], space[n])]
    if wrong:
        return "".join(f"\n{n}: {ours[n]}, numpy has {space[n]!r}" for n in wrong), ""
    return None, "error" if found else "value"


@pytest.fixture(scope="module")
def compared():
    found = drawn()
    runs = in_micropython(
        *(
            RUNNER + "".join(function_of(k, lines) for k, lines in enumerate(found[i : i + SHARE]))
            for i in range(0, len(found), SHARE)
        )
    )
    assert {run["status"] for run in runs} == {"finished"}, runs
    answers = [dict(json.loads(line)) for run in runs for line in run["text"].splitlines()]
    assert len(answers) == len(found)
    return [(lines, *disagreement(lines, ours)) for lines, ours in zip(found, answers, strict=True)]


def test_programs_give_what_numpy_gives(compared):
    wrong = [(lines, what) for lines, what, _ in compared if what]
    report = "\n\n".join("\n".join(lines) + f"\n# {what}" for lines, what in wrong[:5])
    assert not wrong, f"{len(wrong)} of {len(compared)} programs\n{report}"


def test_most_programs_end_with_a_value(compared):
    ends = Counter(end for _, _, end in compared)
    assert len(compared) == HOW_MANY
    assert ends["value"] > HOW_MANY / 2
    assert ends["error"] > HOW_MANY / 20
    assert ends["lacking"] < HOW_MANY / 5
