"""A short fuzz, without a framework and with PyTorch: `make fuzz` is the long one."""

import inspect
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from d2lmini import exercises, explore, loader, parallel, torch as d2l
from tests.fuzz import run
from tests.fuzz.run import describe, draw_call, functions_of, fuzz

CALLS = {"plain": 150, "torch": 350}


@pytest.mark.parametrize("flavour", CALLS)
def test_each_call_is_right_or_an_error(flavour):
    report = fuzz(flavour, CALLS[flavour], seed=1)
    assert not report.faults, describe(report, flavour, 1)
    assert report.calls.total() == CALLS[flavour]
    assert len(report.calls) > 0.8 * len(functions_of(flavour))
    assert report.right.total() > CALLS[flavour] / 4
    assert sum(kinds.total() for kinds in report.errors.values()) > CALLS[flavour] / 10


OWNERS = [
    *((d2l, name) for name in d2l.__all__),
    *((parallel, name) for name in parallel.__all__),
    (explore, "explore"),
    (exercises, "check"),
]
OURS = {
    name: getattr(owner, name)
    for owner, name in OWNERS
    if getattr(getattr(owner, name), "__module__", "").startswith("d2lmini")
}
NO_CALL = {"Report", "use_svg_display"}
"""What holds results, and what has neither arguments nor a result."""


def parameters_of(function):
    parameters = inspect.signature(function).parameters.values()
    return {p.name for p in parameters if p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)}


@pytest.mark.parametrize("name", sorted(OURS.keys() - NO_CALL))
def test_every_argument_of_a_public_function_is_varied(name):
    found = [f for flavour in CALLS for f in functions_of(flavour) if f.name == name]
    assert found, "is never called"
    assert parameters_of(OURS[name]) - {argument for f in found for argument in f.wild} == set()


def test_a_call_depends_on_its_number_only():
    functions = functions_of("torch")
    calls = [str(draw_call(functions, "torch", 3, number)) for number in range(50)]
    assert calls == [str(draw_call(functions, "torch", 3, number)) for number in range(50)]
    assert len(set(calls)) > 45
    assert calls != [str(draw_call(functions, "torch", 4, number)) for number in range(50)]


def halved(X, w, b):
    return (torch.matmul(X, w) + b) / 2


def unchecked(name, value, lowest=1, highest=None):
    return int(value)


def nameless(name, value, lowest=1, highest=None):
    if value in range(1, 99):
        return value
    raise ValueError("a wrong number")


def in_place(y_hat, y):
    y_hat -= y.reshape(y_hat.shape)
    return y_hat**2 / 2


@pytest.fixture
def fuzz_one(monkeypatch):
    """Fuzz a single function with PyTorch."""

    def fuzz_one(name):
        functions = [f for f in functions_of("torch") if f.name == name]
        monkeypatch.setattr(run, "functions_of", lambda flavour: functions)
        return fuzz("torch", 60, seed=2)

    return fuzz_one


@pytest.mark.parametrize(
    ("function", "owner", "name", "wrong", "message"),
    [
        ("linreg", d2l, "linreg", halved, "is not"),
        ("load_array", loader, "check_integer", nameless, "does not name batch_size"),
        ("load_array", loader, "check_integer", unchecked, "batch_size is not allowed, but"),
        ("squared_loss", d2l, "squared_loss", in_place, "changed its argument y_hat"),
        ("evaluate_loss", d2l, "evaluate_loss", lambda **_: 0.5, "NumPy has no result"),
        ("sgd", d2l, "sgd", lambda *_: 1 / 0, "right arguments are refused: ZeroDivisionError"),
    ],
)
def test_faults_are_found(function, owner, name, wrong, message, fuzz_one, monkeypatch):
    monkeypatch.setattr(owner, name, wrong)
    report = fuzz_one(function)
    assert any(message in problem for _, problem in report.faults), describe(report, "torch", 2)


def test_a_call_that_does_not_end_is_a_fault(fuzz_one, monkeypatch):
    def forever(**arguments):
        while True:
            pass

    monkeypatch.setattr(run, "TIME_LIMIT", 0.01)
    monkeypatch.setattr(d2l, "linreg", forever)
    assert {problem for _, problem in fuzz_one("linreg").faults} == {"not done after 0.01 s"}


def test_the_command_line_repeats_a_call():
    root = Path(__file__).parents[2]
    command = [sys.executable, "-m", "tests.fuzz", "--flavour", "plain", "--call", "7"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    call = draw_call(functions_of("plain"), "plain", 0, 7)
    assert done.stdout.splitlines()[0] == str(call)
