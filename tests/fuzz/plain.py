"""The functions that no framework changes, and what they return."""

import contextlib
import io
import math
import numbers
from random import Random
from typing import Any

import numpy as np
from matplotlib import pyplot as plt

from tests.fuzz import values
from tests.fuzz.flavours import Flavour
from tests.fuzz.framework import _sorted_together, draw_array_loader, expect_loader, rows_of
from tests.fuzz.function import (
    LARGEST,
    Anything,
    Function,
    Refused,
    Texts,
    number_of,
    positive,
    whole,
)


def tidy() -> None:
    """Close the figures that calls left open, and forget the size they asked for."""
    if plt.get_fignums():
        plt.close("all")
    plt.rcParams["figure.figsize"] = (3.5, 2.5)


# --- Pictures

FIGSIZES = ("(3.5, 2.5)", "[2, 2]", "np.array([3.0, 1.0])")
SCALES = ("'linear'", "'log'", "'symlog'")
SMALL = [t for t in values.NUMBERS if t not in ("1504", "2**31", "2**63", "10**30", "1e308")]


def wild_pair(rng: Random) -> str:
    """Return the text of two numbers of any kind, or of something else."""
    two = f"({rng.choice(SMALL)}, {rng.choice(('1', '2.0', rng.choice(SMALL)))})"
    return rng.choice(
        (two, two, two, "(1,)", "(1, 2, 3)", "5", "'ab'", "()", "None", "iter([1, 2])")
    )


def figsize_rule(value: Any) -> bool | None:
    """Return whether a value is two numbers 0.1 to 50."""
    try:
        pair = list(value)
    except TypeError:
        return None
    if len(pair) != 2 or isinstance(value, str):
        return None
    rules = [positive(part) for part in pair]
    if False in rules or any(r and not 0.1 <= p <= 50 for p, r in zip(pair, rules, strict=True)):
        return False
    return None if None in rules else True


def limits_rule(value: Any) -> bool | None:
    """Return whether a value is two finite numbers, or None in their place."""
    try:
        ends = [] if value is None else list(value)
    except TypeError:
        return None
    if value is None or ((rules := {_finite(end) for end in ends}) == {True} and len(ends) == 2):
        return True
    return False if isinstance(value, str) or len(ends) != 2 or False in rules else None


def _finite(value: Any) -> bool | None:
    if value is None or positive(value):
        return True
    if isinstance(value, str | bytes | bool):
        return False
    return abs(value) <= LARGEST if isinstance(value, int | float) else None


def formula_rule(value: Any) -> bool | None:
    """Return False for the formula that matplotlib cannot draw."""
    return False if isinstance(value, str) and value == BAD_FORMULA else None


BAD_FORMULA = "$\\nope$"
LOOKS = {
    "xlabel": ("None", "'x'", "'$x^2$'"),
    "ylabel": ("None", "'y'", "'5$'"),
    "xlim": ("None", "[0, 3]", "(1, 2)"),
    "ylim": ("None", "[0.1, 3]"),
    "xscale": SCALES,
    "yscale": SCALES,
    "legend": ("None", "['a']", "['a', 'b', 'c']"),
    "fmts": ("('-', '--')", "['r.']"),
    "figsize": FIGSIZES,
}
WILD_LOOKS = {
    "xlabel": lambda rng: rng.choice((repr(BAD_FORMULA), values.thing(rng))),
    "ylabel": lambda rng: rng.choice((repr(BAD_FORMULA), values.thing(rng))),
    "xlim": wild_pair,
    "ylim": wild_pair,
    "xscale": values.thing,
    "fmts": lambda rng: rng.choice(("()", "''", "'-'", "['zz']", "[None]", "None", "[3]", "{}")),
    "legend": lambda rng: rng.choice(
        ("'loss'", "[]", "[1, 2]", "{}", "()", "None", "3", "['a'] * 9")
    ),
    "figsize": wild_pair,
}
FIGSIZE = {"figsize": ("figsize", figsize_rule)}
LOOK_RULES = {
    **FIGSIZE,
    **{name: (name, limits_rule) for name in ("xlim", "ylim")},
    **{name: (name, formula_rule) for name in ("xlabel", "ylabel")},
    "legend": ("legend", lambda value: False if isinstance(value, str) and value else None),
}


def looks(rng: Random) -> Texts:
    """Return the texts of a few arguments of how a figure looks."""
    names = rng.sample(sorted(LOOKS), rng.randrange(4))
    return {name: rng.choice(LOOKS[name]) for name in names}


def draw_plot(rng: Random) -> Texts:
    n = rng.randrange(1, 5)
    line = values.numbers(rng, f"({n},)")
    X = rng.choice((f"np.arange({n})", f"list(range({n}))", f"[np.arange({n}), {line}]"))
    forms = (line, f"list({line})", f"[{line}, {line}]", f"{values.numbers(rng, f'(2, {n})')}")
    Y = rng.choice(forms)
    one_line = Y in forms[:2]
    if one_line and X.startswith("["):
        X = f"np.arange({n})"
    return {"X": X, "Y": Y, **looks(rng)}


def run_plot(flavour: Flavour, a: dict[str, Any]) -> Any:
    figure = plt.figure()
    flavour.d2l.plot(**a)
    figure.draw_without_rendering()
    return [[line.get_xdata(), line.get_ydata()] for line in plt.gca().lines]


def expect_plot(_: Flavour, a: dict[str, Any]) -> Any:
    X, Y = (_lines(a[name]) for name in "XY")
    if len(X) == 1:
        X = X * len(Y)
    if len(X) != len(Y) or any(len(x) != len(y) for x, y in zip(X, Y, strict=True)):
        raise Refused("other numbers of points")
    if any(line.ndim != 1 for line in (*X, *Y)) or any(y.dtype.kind in "cOSU" for y in (*X, *Y)):
        return Anything
    return [list(pair) for pair in zip(X, Y, strict=True)]


def _lines(given: Any) -> list[Any]:
    items = list(given)
    nested = items and all(np.ndim(item) for item in items)
    return [np.asarray(line) for line in (items if nested else [items])]


def wild_lines(rng: Random) -> str:
    return rng.choice((values.plain_array, values.plain_array, values.several, values.thing))(rng)


def draw_animator(rng: Random) -> Texts:
    lines = rng.choice((1, 2))
    ys = ("0.5", "np.float32(2)") if lines == 1 else ("(1.0, None)",)
    points = [f"({k}, {rng.choice(ys)})" for k in range(rng.randrange(1, 4))]
    axes = {name: rng.choice(("1", "2", "np.int64(3)")) for name in ("nrows", "ncols")}
    return {"points": f"[{', '.join(points)}]", **looks(rng), **axes}


def wild_points(rng: Random) -> str:
    x, y = (rng.choice((values.number, values.number, values.anything))(rng) for _ in range(2))
    return rng.choice(
        (f"[({x}, {y})]", f"[(1, 2), ({x}, {y})]", f"[(1, ({y}, {x})), (2, ({x}, {y}))]")
    )


def run_animator(flavour: Flavour, a: dict[str, Any]) -> Any:
    points = a.pop("points")
    animator = flavour.d2l.Animator(**a)
    for x, y in points:
        animator.add(x, y)
    try:
        animator.draw()
    except Exception as error:
        raise AssertionError(f"the error comes late, when it is drawn: {error!r}") from error
    return [animator.X, animator.Y]


def expect_animator(_: Flavour, a: dict[str, Any]) -> Any:
    X: list[list[float]] = []
    Y: list[list[float]] = []
    for x, y in a["points"]:
        ys = list(y) if _has_length(y) else [y]
        xs = list(x) if _has_length(x) else [x] * len(ys)
        X, Y = X or [[] for _ in ys], Y or [[] for _ in ys]
        if len(xs) != len(ys) or len(ys) > len(Y):
            raise Refused("other numbers of lines")
        for i, (px, py) in enumerate(zip(xs, ys, strict=True)):
            if px is not None and py is not None:
                X[i].append(_real(px))
                Y[i].append(_real(py))
    return [X, Y]


def _has_length(value: Any) -> bool:
    return hasattr(value, "__len__") and getattr(value, "shape", None) != ()


def _real(value: Any) -> float:
    if isinstance(value, complex | str | bytes):
        raise Refused("no real number")
    return float(number_of(value))


def run_set_figsize(flavour: Flavour, a: dict[str, Any]) -> Any:
    flavour.d2l.set_figsize(**a)
    plt.figure()
    return [float(size) for size in plt.rcParams["figure.figsize"]]


# --- Paths in two dimensions

RULES = ("lambda x1, x2, s1, s2: (x1 / 2, x2 - 0.1, s1, s2)",)
RULES = (*RULES, "lambda x1, x2, s1, s2: (x1 * 0, np.float32(x2) * 2, 0, 0)")
WILD_RULES = ("lambda x1, x2, s1, s2: (1, 2)", "lambda *a: None", "lambda *a: ('x', 2, 0, 0)")
WILD_RULES = (*WILD_RULES, "lambda *a: (3j, 0, 0, 0)", "lambda *a: (np.nan, np.inf, 0, 0)")
WILD_RULES = (*WILD_RULES, "lambda x1, x2, s1, s2: (x1 * 1e300, x2, s1, s2)")


def expect_train_2d(_: Flavour, a: dict[str, Any]) -> Any:
    x1, x2, s1, s2, path = -5.0, -2.0, 0.0, 0.0, [(-5.0, -2.0)]
    for _step in range(number_of(a["steps"])):
        x1, x2, s1, s2 = a["trainer"](x1, x2, s1, s2)
        path.append((_real(x1), _real(x2)))
    return [list(point) for point in path]


def run_trace(flavour: Flavour, a: dict[str, Any]) -> Any:
    flavour.d2l.show_trace_2d(**a)
    figure = plt.gcf()
    figure.draw_without_rendering()
    line = plt.gca().lines[0]
    limits = [*plt.gca().get_xlim(), *plt.gca().get_ylim()]
    return [line.get_xdata(), line.get_ydata(), all(map(math.isfinite, limits))]


def expect_trace(_: Flavour, a: dict[str, Any]) -> Any:
    path = np.array([[_real(x1), _real(x2)] for x1, x2 in a["results"]])
    return [path[:, 0], path[:, 1], True]


def wild_path(rng: Random) -> str:
    x, y = rng.choice(SMALL), rng.choice(SMALL)
    return rng.choice((f"[(-5, -2), ({x}, {y})]", f"[(-5, -2), (1, {y})]", values.anything(rng)))


# --- Data, times, settings


def expect_whitened(_: Flavour, a: dict[str, Any]) -> Any:
    from d2lmini.data import read_airfoil

    table = read_airfoil()
    white = ((table - table.mean(0)) / table.std(0))[: number_of(a["n"])]
    return [white[:, :5], white[:, 5]]


def run_whitened(_: Flavour, a: dict[str, Any]) -> Any:
    from d2lmini.data import whitened_airfoil

    return list(whitened_airfoil(**a))


def run_array_loader(_: Flavour, a: dict[str, Any]) -> Any:
    from d2lmini.loader import ArrayLoader

    count, sizes, *parts = rows_of(ArrayLoader(**a))
    return [count, sizes, *(_sorted_together(parts) if a["is_shuffled"] else parts)]


def run_timer(flavour: Flavour, a: dict[str, Any]) -> Any:
    timer = flavour.d2l.Timer()
    for step in a["steps"]:
        getattr(timer, step)()
    total = timer.sum()
    return [len(timer.times), total == sum(timer.times), len(timer.cumsum()), total >= 0]


def expect_timer(_: Flavour, a: dict[str, Any]) -> Any:
    steps = list(a["steps"])
    if "avg" in steps and "stop" not in steps[: steps.index("avg")]:
        raise Refused("no lap")
    return [steps.count("stop"), True, steps.count("stop"), True]


def run_median(_: Flavour, a: dict[str, Any]) -> Any:
    from d2lmini.timer import median_time

    return bool(median_time(**a) > 0)


def run_download(flavour: Flavour, a: dict[str, Any]) -> Any:
    return flavour.d2l.download(**a).rsplit("/", 1)[-1]


def expect_download(_: Flavour, a: dict[str, Any]) -> Any:
    if a["name"] != "airfoil":
        raise Refused("no such name")
    return "airfoil_self_noise.dat"


PIECES = ("cache", "clock", "lab", "minibatch", "network", "products", "race")


def draw_settings(rng: Random) -> Texts:
    from d2lmini.lab.settings import load_table

    module = rng.choice(PIECES)
    table = load_table(module)
    name = rng.choice(sorted(table))
    value = right_setting(rng, table[name])
    return {"module": repr(module), "name": repr(name), "value": repr(value)}


def right_setting(rng: Random, setting: dict[str, Any]) -> Any:
    """Return a value that a setting may have."""
    if "options" in setting:
        return rng.choice(setting["options"])
    if "text" in setting:
        return "ab:;,é<"[: rng.randrange(8)]
    if "range" not in setting:
        return rng.random() < 0.5
    low, high = setting["range"]
    return rng.randint(low, high) if setting.get("whole") else rng.uniform(low, high)


def run_settings(_: Flavour, a: dict[str, Any]) -> Any:
    from d2lmini.lab.settings import check_settings, load_table

    return check_settings(load_table(a["module"]), {a["name"]: a["value"]})[a["name"]]


def run_piece(_: Flavour, a: dict[str, Any]) -> Any:
    from d2lmini import lab
    from d2lmini.lab.products import WAYS

    (piece,) = (piece for piece in lab.PIECES if piece.module == a["module"])
    given = {"seconds": dict.fromkeys(WAYS, 1.0)} if a["module"] == "products" else {}
    late = piece(**given)
    setattr(late, a["name"], a["value"])
    early = piece(**given, **{a["name"]: a["value"]})
    found = [getattr(early, a["name"]), getattr(late, a["name"])]
    return found[0] if found[0] == found[1] else found


def expect_settings(_: Flavour, a: dict[str, Any]) -> Any:
    from d2lmini.lab.settings import load_table

    setting, value = load_table(a["module"])[a["name"]], a["value"]
    if "options" in setting:
        if not isinstance(value, str) or value not in setting["options"]:
            raise Refused("another option")
    elif "text" in setting:
        if not isinstance(value, str) or len(value) > setting["text"]:
            raise Refused("no short text")
    elif "range" not in setting:
        if not isinstance(value, bool | np.bool_):
            raise Refused("no switch")
        return bool(value)
    elif not _in_range(setting, value):
        raise Refused("out of range")
    return value


def _in_range(setting: dict[str, Any], value: Any) -> bool | None:
    if setting.get("whole"):
        return whole(*setting["range"])(value)
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        return False
    return setting["range"][0] <= value <= setting["range"][1]


def _setting_wild(rng: Random) -> str:
    long = f"'x' * {rng.choice((599, 600, 601, 10**6))}"
    return rng.choice((values.anything(rng), values.number(rng), long, "'<b>'"))


ANSWERS = ("gradient", "step", "accumulated_step", "time_to_level", "best_batch", "step_cost")
ANSWERS = (*ANSWERS, "noise_scale", "choose", "train", "mean_square", "estimate", "epoch", "trace")


def draw_check(rng: Random) -> Texts:
    from d2lmini.exercises import NAMES

    return {"name": repr(rng.choice(NAMES)), "names": "{}"}


def wild_answers(rng: Random) -> str:
    parts = [f"{name!r}: {_answer(rng)}" for name in ANSWERS]
    return rng.choice((f"{{{', '.join(parts)}}}",) * 4 + (values.thing(rng),))


def _answer(rng: Random) -> str:
    value = rng.choice((values.number, values.anything, values.plain_array))(rng)
    return rng.choice((f"lambda *a, **k: {value}", f"lambda *a, **k: [{value}] * 6", value))


def run_check(_: Flavour, a: dict[str, Any]) -> Any:
    from d2lmini.exercises import check

    with contextlib.redirect_stdout(io.StringIO()) as shown:
        check(**a)
    return shown.getvalue().startswith("Right")


def expect_check(_: Flavour, a: dict[str, Any]) -> Any:
    from d2lmini.exercises import NAMES

    if a["name"] not in NAMES or not isinstance(a["names"], dict):
        raise Refused("no exercise, or no names")
    return False


FUNCTIONS = [
    Function(
        "Timer",
        lambda rng: {"steps": repr(["start", "stop", "stop", "avg", "sum"][: rng.randrange(6)])},
        {"steps": lambda rng: repr(rng.choices(("start", "stop", "avg", "sum", "cumsum"), k=3))},
        expect_timer,
        run_timer,
        weight=3,
    ),
    Function(
        "plot",
        draw_plot,
        {"X": wild_lines, "Y": wild_lines, **WILD_LOOKS},
        expect_plot,
        run_plot,
        rules=LOOK_RULES,
        weight=3,
    ),
    Function(
        "Animator",
        draw_animator,
        {"points": wild_points, **WILD_LOOKS, "nrows": values.number, "ncols": values.number},
        expect_animator,
        run_animator,
        rules={**LOOK_RULES, **{name: (name, whole(1, 10)) for name in ("nrows", "ncols")}},
        weight=4,
    ),
    Function(
        "set_figsize",
        lambda rng: {"figsize": rng.choice(FIGSIZES)},
        {"figsize": wild_pair},
        lambda _, a: [float(number_of(part)) for part in a["figsize"]],
        run_set_figsize,
        rules=FIGSIZE,
        weight=3,
    ),
    Function(
        "train_2d",
        lambda rng: {"trainer": rng.choice(RULES), "steps": rng.choice(("0", *values.WHOLE))},
        {
            "trainer": lambda rng: rng.choice((*WILD_RULES, values.thing(rng))),
            "steps": lambda rng: rng.choice([t for t in values.NUMBERS if t not in values.LARGE]),
        },
        expect_train_2d,
        lambda flavour, a: [list(point) for point in flavour.d2l.train_2d(**a)],
        rules={"steps": ("steps", whole(0))},
        weight=6,
    ),
    Function(
        "show_trace_2d",
        lambda rng: {
            "f": "lambda x1, x2: x1**2 + 2 * x2**2",
            "results": "[(-5, -2), (-1.0, np.float32(0.5))]",
        },
        {
            "f": lambda rng: rng.choice((values.thing(rng), "lambda x1, x2: x1[0]")),
            "results": wild_path,
        },
        expect_trace,
        run_trace,
        weight=1,
    ),
    Function(
        "download",
        lambda rng: {"name": "'airfoil'", "cache_dir": rng.choice(("None", "'cache'"))},
        {"name": values.thing, "cache_dir": values.thing},
        expect_download,
        run_download,
        weight=4,
    ),
    Function(
        "whitened_airfoil",
        lambda rng: {"n": rng.choice(("1500", "1503", *values.WHOLE))},
        {"n": values.number},
        expect_whitened,
        run_whitened,
        rules={"n": ("n", whole(1, 1503))},
        weight=2,
    ),
    Function(
        "ArrayLoader",
        draw_array_loader,
        {"tensors": values.several, "batch_size": values.number},
        expect_loader,
        run_array_loader,
        rules={"batch_size": ("batch_size", whole(1))},
        weight=8,
    ),
    Function(
        "median_time",
        lambda rng: {"function": "lambda: None", "min_run_time": rng.choice(("1e-6", "1e-5"))},
        {"function": values.thing, "min_run_time": values.short_time},
        lambda _, a: bool(a["function"]() is None or True),
        run_median,
        rules={"min_run_time": ("min_run_time", positive)},
        weight=3,
    ),
    Function(
        "check_settings",
        draw_settings,
        {"value": _setting_wild},
        expect_settings,
        run_settings,
        weight=12,
    ),
    Function(
        "check",
        draw_check,
        {"name": values.thing, "names": wild_answers},
        expect_check,
        run_check,
        weight=4,
    ),
    Function(
        "Piece",
        draw_settings,
        {"value": _setting_wild},
        expect_settings,
        run_piece,
        weight=1,
    ),
]
