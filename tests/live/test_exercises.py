"""The checked exercises: right answers pass, and each typical wrong one gets its own message."""

import importlib
from functools import cache
from pathlib import Path

import jupytext
import numpy as np
import pytest

from d2lmini import data, exercises
from d2lmini.exercises._answers import fault_of

NAMES = exercises.NAMES
ANSWERS = {name: importlib.import_module(f"tests.live.answers.{name}") for name in NAMES}
MODULES = {name: importlib.import_module(f"d2lmini.exercises.{name}") for name in NAMES}


def edited(text, *edits):
    """Return the text with some parts replaced, each of which it must hold once."""
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def start(name):
    return edited(MODULES[name].SOLUTION, *ANSWERS[name].START)


RIGHT = {(name, "solution"): MODULES[name].SOLUTION for name in NAMES} | {
    (name, f"right {i}"): edited(MODULES[name].SOLUTION, edit)
    for name in NAMES
    for i, edit in enumerate(ANSWERS[name].RIGHT)
}
WRONG = {(name, "start"): (start(name), ANSWERS[name].MISSING) for name in NAMES} | {
    (name, fault): (edited(MODULES[name].SOLUTION, edit), message)
    for name in NAMES
    for fault, (edit, message) in ANSWERS[name].WRONG.items()
}


def run(text):
    """Run a cell, and return the names that it leaves."""
    names = {"__name__": "__main__"}
    with np.errstate(all="ignore"):  # some wrong answers diverge
        exec(compile(text, "<cell>", "exec"), names)
    return names


@pytest.fixture(autouse=True, scope="module")
def _table_read_once():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(data, "read_airfoil", cache(data.read_airfoil))
        yield


@cache
def fault_found(name, answer):
    """Return what the check says of a wrong answer."""
    return fault_of(MODULES[name].examine, run(WRONG[name, answer][0]))


@cache
def solved(name):
    """Return the names that the solution leaves, as pairs, which no test can change."""
    return tuple(run(MODULES[name].SOLUTION).items())


def cases(answers):
    return [pytest.param(*key, id=" ".join(key)) for key in answers]


@pytest.mark.parametrize(("name", "answer"), cases(RIGHT))
def test_right_answers_pass(name, answer, capsys):
    names = run(RIGHT[name, answer])
    capsys.readouterr()
    exercises.check(name, names)
    assert capsys.readouterr().out == f"Right: {MODULES[name].PRAISE}\n"


@pytest.mark.parametrize(("name", "answer"), cases(WRONG))
def test_wrong_answers_get_a_message(name, answer):
    found = fault_found(name, answer)
    assert WRONG[name, answer][1] in found
    assert "\n" not in found


@pytest.mark.parametrize("name", NAMES)
def test_every_fault_has_its_own_message(name):
    messages = [fault_found(*key) for key in WRONG if key[0] == name]
    assert len(messages) > 3
    # Two ways to the same fault may share a message.
    assert len(set(messages)) >= len(messages) - 2


@pytest.mark.parametrize("name", NAMES)
def test_hints_lead_to_the_answer_but_are_not_it(name):
    hints = MODULES[name].HINTS
    assert len(set(hints)) == len(hints) >= 3
    solution = MODULES[name].SOLUTION
    changed = [
        line.strip() for line in solution.splitlines() if line not in start(name).splitlines()
    ]
    assert changed
    for hint in hints:
        assert hint not in solution
        assert not all(line in hint for line in changed)
    assert not any(line in hint for hint in hints[:-1] for line in changed)


@pytest.mark.parametrize("name", NAMES)
def test_cells_fit_the_page(name):
    assert max(map(len, (MODULES[name].SOLUTION + start(name)).splitlines())) <= 76
    assert sum(bool(line) for line in start(name).splitlines()) <= 22


FUNCTIONS = [(name, function) for name in NAMES for function in ANSWERS[name].FUNCTIONS]


@pytest.mark.parametrize(("name", "function"), FUNCTIONS)
@pytest.mark.parametrize(
    ("replaced", "message"),
    [
        (3.5, "should be a function, but it is 3.5, of type float."),
        (lambda: 0, " stopped with TypeError: "),
        (lambda *a: 1 / 0, " stopped with ZeroDivisionError: "),
        (lambda *a: None, " return"),
        (lambda *a: "no", " return"),
        (lambda *a: ("no",) * 6, " return"),
        (lambda *a: [float("nan")] * 6, " return"),
        (lambda *a: [[1.0] * 6] * 6, " return"),
        (lambda *a: np.zeros((6, 6)), " return"),
    ],
    ids=["number", "arguments", "error", "none", "text", "texts", "nan", "lists", "shape"],
)
def test_anything_else_than_the_function_gets_a_message(name, function, replaced, message):
    names = {**dict(solved(name)), function: replaced}
    found = fault_of(MODULES[name].examine, names)
    assert function in found
    assert message in found


@pytest.mark.parametrize(("name", "function"), FUNCTIONS)
def test_a_missing_function_gets_a_message(name, function):
    names = dict(solved(name))
    del names[function]
    assert fault_of(MODULES[name].examine, names) == (
        f"There is no function {function} here. Keep the line that begins with def {function}."
    )


def test_check_leaves_the_reader_s_names_alone():
    for name in NAMES:
        names = run(MODULES[name].SOLUTION)
        before = dict(names)
        fault_of(MODULES[name].examine, names)
        assert list(before) == list(names)
        assert all(before[key] is names[key] for key in before)


def test_arguments_are_checked():
    with pytest.raises(ValueError, match="name='genie': must be one of accumulation, choice, "):
        exercises.check("genie", {})
    with pytest.raises(TypeError, match=r"names=None: must be a dictionary, such as globals\(\)"):
        exercises.check("choice", None)


def test_each_exercise_is_a_live_cell_of_one_page():
    cells = [
        cell
        for page in sorted(Path(exercises.__file__).parents[2].glob("notebooks/*.md"))
        for cell in jupytext.read(page).cells
        if "exercise" in cell.metadata
    ]
    assert sorted(cell.metadata["exercise"] for cell in cells) == list(NAMES)
    for cell in cells:
        assert "live" in cell.metadata["tags"]
        assert cell.source == start(cell.metadata["exercise"]).rstrip("\n")
