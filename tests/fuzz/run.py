"""Draws calls, makes them, and judges what they returned or raised."""

import contextlib
import io
import signal
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

import matplotlib as mpl
import numpy as np

from tests.fuzz import framework, plain, training
from tests.fuzz.flavours import Flavour, load
from tests.fuzz.function import Anything, Function, Texts, explain_difference

TIME_LIMIT = 60
"""Of a call [s]."""

NEVER = (
    *(AssertionError, ZeroDivisionError, NameError, RecursionError, MemoryError, SystemError),
    *(StopIteration, EOFError, BufferError),
)
"""Errors that say nothing about an argument."""


COMPLEX = getattr(np, "exceptions", np).ComplexWarning
"""Says that an imaginary part is lost, and is taken for an error: the loss is not silent."""


class Hang(BaseException):
    """A call took longer than the time limit."""


@dataclass
class Call:
    """One call, as the text that makes it."""

    number: int
    function: Function
    texts: Texts
    loose: set[str]

    def __str__(self) -> str:
        arguments = ", ".join(f"{name}={text}" for name, text in self.texts.items())
        return f"{self.function.name}({arguments})"


@dataclass
class Report:
    """Counts by function, and the faults."""

    calls: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    """Results of which the reference knows nothing: those of another optimizer, for example."""
    errors: dict[str, Counter[str]] = field(default_factory=dict)
    faults: list[tuple[Call, str]] = field(default_factory=list)
    seconds: Counter[str] = field(default_factory=Counter)

    def table(self) -> str:
        """Return a row for each function."""
        lines = [f"{'function':20} {'calls':>6} {'right':>6} {'unknown':>7}  errors"]
        for name in sorted(self.calls):
            kinds = self.errors.get(name, Counter()).most_common()
            shown = ", ".join(f"{kind} {count}" for kind, count in kinds)
            counts = f"{self.calls[name]:6} {self.right[name]:6} {self.unknown[name]:7}"
            lines.append(f"{name:20} {counts}  {shown}")
        calls, right, unknown = self.calls.total(), self.right.total(), self.unknown.total()
        return "\n".join([*lines, f"{'all':20} {calls:6} {right:6} {unknown:7}"])


def functions_of(name: str) -> list[Function]:
    """Return the functions of a flavour."""
    if name == "plain":
        return plain.FUNCTIONS
    rate = "lr" if name == "torch" else "learning_rate"
    functions = [*framework.FUNCTIONS, *training.functions(rate, 1 if name == "jax" else 2)]
    if name == "torch":
        from tests.fuzz import beyond  # of which the other frameworks have nothing

        functions += beyond.FUNCTIONS
    return functions


def draw_call(functions: list[Function], flavour: str, seed: int, number: int) -> Call:
    """Return the call of a number; it depends on nothing else."""
    rng = Random(f"{flavour}/{seed}/{number}")
    (function,) = rng.choices(functions, [function.weight for function in functions])
    return Call(number, function, *function.choose(rng))


@contextlib.contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise `Hang` if the block takes longer."""

    def ring(*_: Any) -> None:
        raise Hang(f"not done after {seconds} s")

    previous = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)


def evaluate(texts: Texts, namespace: dict[str, Any]) -> dict[str, Any] | None:
    """Return the arguments, or None if this framework has not these."""
    try:
        return {name: eval(text, namespace) for name, text in texts.items()}
    except Exception:
        return None


def judge(call: Call, flavour: Flavour, report: Report) -> str | None:
    """Make a call and count it; return what is wrong with its end, or None."""
    namespace = flavour.namespace()
    arguments, again = evaluate(call.texts, namespace), evaluate(call.texts, namespace)
    checked = evaluate(call.texts, namespace)
    if arguments is None or again is None or checked is None:
        return None
    broken = broken_rules(call, checked)
    name = call.function.name
    report.calls[name] += 1
    began = time.perf_counter()
    try:
        flavour.seed(call.number)
        with time_limit(TIME_LIMIT):
            found = call.function.run(flavour, arguments)
    except Hang as hang:
        return str(hang)
    except Exception as error:
        report.errors.setdefault(name, Counter())[type(error).__name__] += 1
        return judge_error(call, again, broken, error)
    finally:
        report.seconds[name] += time.perf_counter() - began
    if broken:
        return f"{', '.join(broken)} is not allowed, but the call returned {found!r:.300}"
    return judge_result(call, flavour, report, (arguments, again), found)


def judge_result(
    call: Call, flavour: Flavour, report: Report, arguments: Any, found: Any
) -> str | None:
    """Return what is wrong with a result, or None; count those that are right."""
    used, fresh = arguments
    try:
        flavour.seed(call.number)
        expected = call.function.expect(flavour, fresh)
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        return f"NumPy has no result ({reason}), but the call returned {found!r:.300}"
    problem = explain_difference(found, expected, 1e-3) or changed_argument(call, flavour, used)
    kind = report.unknown if expected is Anything else report.right
    kind[call.function.name] += problem is None
    return problem


def changed_argument(call: Call, flavour: Flavour, used: dict[str, Any]) -> str | None:
    """Return which array the call changed although it should not, or None."""
    fresh = evaluate(call.texts, flavour.namespace()) or {}
    for name, value in used.items():
        if name in call.function.changes or not hasattr(value, "dtype"):
            continue
        if problem := explain_difference(value, fresh[name], 0):
            return f"the call changed its argument {name}: {problem}"
    return None


def broken_rules(call: Call, arguments: dict[str, Any]) -> list[str]:
    """Return the labels of arguments that their rules forbid."""
    rules = call.function.rules.items()
    return [
        label
        for name, (label, rule) in rules
        if name in arguments and rule(arguments[name]) is False
    ]


def judge_error(
    call: Call, arguments: dict[str, Any], broken: list[str], error: Exception
) -> str | None:
    """Return what is wrong with an error, or None."""
    shown = f"{type(error).__name__}: {error!s:.300}"
    rules = call.function.rules
    if not call.loose:
        return f"right arguments are refused: {shown}"
    if isinstance(error, NEVER):
        return f"an error that says nothing about an argument: {shown}"
    only = all(name in rules for name in call.loose)
    if only and len(broken) == len(call.loose):
        named = any(f"{label}=" in str(error) for label in broken)
        named = named and ("must be" in str(error) or "must have" in str(error))
        if not named or not isinstance(error, TypeError | ValueError):
            return f"the error does not name {', '.join(broken)}: {shown}"
    allowed = only and all(rules[name][1](arguments[name]) is True for name in call.loose)
    if allowed:
        return f"{', '.join(call.loose)} is allowed, but refused: {shown}"
    return None


def fuzz(name: str, calls: int, seed: int, only: int | None = None, progress: Any = None) -> Report:
    """Make so many calls of a flavour, or only the one of a number.

    The number of each call is written to ``progress`` before it is made.
    """
    mpl.use("Agg")
    flavour, functions, report = load(name), functions_of(name), Report()
    number = -1 if only is None else only - 1
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", COMPLEX)
        while report.calls.total() < calls:
            number += 1
            call = draw_call(functions, name, seed, number)
            if progress is not None:
                progress.seek(0)
                progress.write(f"{number:12}")
                progress.flush()
            if problem := judge(call, flavour, report):
                report.faults.append((call, problem))
            plain.tidy()
            if only is not None:
                break
    return report


def describe(report: Report, name: str, seed: int) -> str:
    """Return the table, and the faults with the commands that repeat them."""
    lines = [f"d2lmini, {name}, seed {seed}, {report.seconds.total():.0f} s", report.table()]
    for call, problem in report.faults[:40]:
        repeat = f"python -m tests.fuzz --flavour {name} --seed {seed} --call {call.number}"
        lines += ["", f"FAULT: {problem}", f"  {call}", f"  to repeat: {repeat}"]
    if report.faults:
        lines += ["", f"{len(report.faults)} faults"]
    return "\n".join(lines)
