"""The functions that no framework changes, and what they return."""

import contextlib
import importlib
import io
import math
import numbers
from collections.abc import Iterator
from random import Random
from typing import Any
from xml.etree import ElementTree

import numpy as np
from matplotlib import pyplot as plt

from d2lmini.svg import svg
from tests.fuzz import values
from tests.fuzz.flavours import Flavour
from tests.fuzz.framework import draw_array_loader, examine, expect_loader, wild_switch
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


def label_rule(value: Any) -> bool | None:
    """Return False for the formula that matplotlib cannot draw, and a character of no SVG."""
    return False if isinstance(value, str) and (value == BAD_FORMULA or "\0" in value) else None


def scale_rule(value: Any) -> bool | None:
    """Return whether a text is the name of a scale that needs nothing else."""
    if not isinstance(value, str):
        return None
    return value in ("linear", "log", "symlog", "logit", "asinh")


BAD_FORMULA = "$\\nope$"
BAD_LABELS = (repr(BAD_FORMULA), "'a\\0b'")
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
    "xlabel": lambda rng: rng.choice((*BAD_LABELS, values.thing(rng))),
    "ylabel": lambda rng: rng.choice((*BAD_LABELS, values.thing(rng))),
    "xlim": wild_pair,
    "ylim": wild_pair,
    "xscale": lambda rng: rng.choice(("'function'", "'LOG'", "'logit'", values.thing(rng))),
    "yscale": lambda rng: rng.choice(("'function'", "'LOG'", "'logit'", values.thing(rng))),
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
    **{name: (name, label_rule) for name in ("xlabel", "ylabel")},
    **{name: (name, scale_rule) for name in ("xscale", "yscale")},
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
    axes = {"axes": rng.choice(("None", AXES))} if rng.random() < 0.3 else {}
    lines = {"X": Y} if rng.random() < 0.2 else {"X": X, "Y": Y}
    return {**lines, **looks(rng), **axes}


def run_plot(flavour: Flavour, a: dict[str, Any]) -> Any:
    axes = a.get("axes") or plt.figure().add_subplot()
    flavour.d2l.plot(**a)
    axes.figure.draw_without_rendering()
    return [[line.get_xdata(), line.get_ydata()] for line in axes.lines]


def expect_plot(_: Flavour, a: dict[str, Any]) -> Any:
    X = _lines(a["X"])
    if a.get("Y") is None:
        X, Y = [np.arange(len(y)) for y in X], X
    else:
        Y = _lines(a["Y"])
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
    ys = ("0.5", "np.float32(2)") if lines == 1 else ("(1.0, None)", "np.array([3.0, 4.0])")
    xs = ("{}", "np.float64({})") if lines == 1 else ("{}", "({}, -1)", "np.array([{}, 0.5])")
    many = range(rng.randrange(1, 4))
    points = [f"({rng.choice(xs).replace('{}', str(k))}, {rng.choice(ys)})" for k in many]
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
    with no_late_error():
        animator.draw()
        svg(animator.fig)
    return [animator.X, animator.Y]


@contextlib.contextmanager
def no_late_error() -> Iterator[None]:
    """Draw what the call before has taken without an error."""
    try:
        yield
    except Exception as error:
        raise AssertionError(f"the error comes late, when it is drawn: {error!r}") from error


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


AXES = "d2l.plt.figure().add_subplot()"
SET = ("xlabel", "ylabel", "xlim", "ylim", "xscale", "yscale", "legend")


def run_set_axes(flavour: Flavour, a: dict[str, Any]) -> Any:
    """Set axes with three lines; after an error they must be as they were."""
    axes = a["axes"]
    axes.plot([1, 2], np.ones((2, 3)))
    before = looks_of(axes)
    try:
        flavour.d2l.set_axes(**a)
    except Exception as error:
        if looks_of(axes) != before:
            raise AssertionError(f"the axes are set in part: {error!r}") from error
        raise
    if "logit" not in (a["xscale"], a["yscale"]):  # matplotlib draws none of these lines on it
        with no_late_error():
            svg(axes.figure)
    return looks_of(axes)


def looks_of(axes: Any) -> list[Any]:
    """Return what `set_axes` sets, in the order of its arguments."""
    legend = axes.get_legend()
    names = ("xlabel", "ylabel", "xlim", "ylim", "xscale", "yscale")
    entries = [text.get_text() for text in legend.get_texts()] if legend else []
    return [*(getattr(axes, f"get_{name}")() for name in names), entries]


def expect_set_axes(_: Flavour, a: dict[str, Any]) -> Any:
    labels = [str(a[name] or "") for name in ("xlabel", "ylabel")]
    labels = [Anything if " at 0x" in label else label for label in labels]
    limits = [_limits(a[name]) for name in ("xlim", "ylim")]
    if a["xscale"] != "linear" or a["yscale"] != "linear":
        limits = [Anything, Anything]  # a scale may not have them
    return [*labels, *limits, a["xscale"], a["yscale"], [str(e) for e in a["legend"] or ()][:3]]


def _limits(given: Any) -> Any:
    ends = [None if end is None else float(number_of(end)) for end in given or (None,)]
    # Matplotlib moves ends that are too close, or too far from zero.
    if None in ends or not 1e-3 < ends[1] - ends[0] < 1e30:
        return Anything
    return tuple(ends)


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


WITH_GRADIENT = (
    "lambda x1, x2, s1, s2, g: (x1 - 0.1 * g(x1, x2)[0], x2 - 0.1 * g(x1, x2)[1], 0, 0)",
    "lambda x1, x2, s1, s2, g: (x1 + s1, x2, s1 - 0.1 * g(x1, x2)[0], s2)",
)
GRADIENTS = ("lambda x1, x2: (2 * x1, 4 * x2)", "lambda x1, x2: np.array([x2, x1])")


def draw_train_2d(rng: Random) -> Texts:
    texts = {"trainer": rng.choice(RULES), "steps": rng.choice(("0", *values.WHOLE))}
    if rng.random() < 0.5:
        return texts
    return {**texts, "trainer": rng.choice(WITH_GRADIENT), "f_grad": rng.choice(GRADIENTS)}


def expect_train_2d(_: Flavour, a: dict[str, Any]) -> Any:
    x1, x2, s1, s2, path = -5.0, -2.0, 0.0, 0.0, [(-5.0, -2.0)]
    extra = () if a.get("f_grad") is None else (a["f_grad"],)
    for _step in range(number_of(a["steps"])):
        x1, x2, s1, s2 = a["trainer"](x1, x2, s1, s2, *extra)
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

    return examine(ArrayLoader(**a), a)


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


def run_quiet(flavour: Flavour, a: dict[str, Any]) -> Any:
    """Train inside so many blocks, and behind them; return which of the two runs report."""
    with (
        contextlib.redirect_stdout(io.StringIO()) as inside,
        contextlib.suppress(KeyError),
        contextlib.ExitStack() as blocks,
    ):
        for _ in range(a["depth"]):
            blocks.enter_context(flavour.d2l.quiet())
        train_nothing()
        if a["fails"]:
            raise KeyError
    with contextlib.redirect_stdout(io.StringIO()) as behind:
        train_nothing()
    return [bool(inside.getvalue()), bool(behind.getvalue())]


def train_nothing() -> None:
    from d2lmini.training import train

    train(lambda X, y: None, lambda: 1.0, [([0.0], [0.0])], 1, 1)


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


def draw_products(rng: Random) -> Texts:
    times = [rng.choice(("0.7", "1", "np.float32(0.5)", "1e-9")) for _ in range(4)]
    return {**dict(zip(TIMES, times, strict=True)), "n": rng.choice(values.WHOLE)}


TIMES = ("element", "column", "block", "full")


def run_products(_: Flavour, a: dict[str, Any]) -> Any:
    from d2lmini.lab import Products
    from d2lmini.lab.products import WAYS

    products = Products({way: a[name] for way, name in zip(WAYS, TIMES, strict=True)}, a["n"])
    return [[products.seconds[way] for way in WAYS], products.n]


# --- What was measured, the code that measured it, and pictures for a page


def run_measured_on(_: Flavour, a: dict[str, Any]) -> Any:
    from d2lmini.machine import measured_on

    line = measured_on(*a["packages"])
    names = [part.split()[0] for part in line.split(", ")[4:]]
    return [line.startswith("measured on 20"), names]


def run_record(_: Flavour, a: dict[str, Any]) -> Any:
    """Record a value; outside of a notebook the form that a page reads is printed."""
    from d2lmini.record import record

    with contextlib.redirect_stdout(io.StringIO()) as shown:
        record(value=a["value"])
    return shown.getvalue()


def expect_record(_: Flavour, a: dict[str, Any]) -> Any:
    value = a["value"]
    plain = value.item() if hasattr(value, "item") else value
    if " at 0x" in repr(plain):
        return Anything  # an address
    return f"{ {'application/papermill.record/text/plain': repr(plain)} }\n"


def run_show_source(_: Flavour, a: dict[str, Any]) -> Any:
    from d2lmini.source import show_source

    with contextlib.redirect_stdout(io.StringIO()) as shown:
        show_source(a["function"])
    text = shown.getvalue()
    return [f"def {a['function'].__name__}" in text, "Parameters" in text]


PICTURE = (
    '<svg viewBox="0 0 72 36"><defs><path id="p1"/></defs><use href="#p1"/><text>a</text></svg>'
)


def run_picture(name: str) -> Any:
    """Return what puts a picture into a page, and reads it as a browser does."""

    def run(_: Flavour, a: dict[str, Any]) -> Any:
        made = getattr(importlib.import_module("d2lmini.svg"), name)(**a)
        try:
            root = ElementTree.fromstring(made)
        except ElementTree.ParseError as error:
            raise AssertionError(f"no picture was made: {error}") from error
        (path,) = (e for e in root.iter() if "id" in e.attrib)
        (use,) = (e for e in root.iter() if "href" in e.attrib)
        return [path.get("id"), use.get("href"), root.get("aria-label")]

    return run


def expect_picture(_: Flavour, a: dict[str, Any]) -> Any:
    if a["text"] != PICTURE:
        return Anything
    return [f"{a['prefix']}-p1", f"#{a['prefix']}-p1", a.get("alt")]


def _character_rule(value: Any) -> bool | None:
    return False if isinstance(value, str) and "\0" in value else None


def _picture_arguments(rng: Random) -> Texts:
    return {"text": repr(PICTURE), "prefix": rng.choice(("'a'", "'frame3-0f'"))}


WILD_PICTURE = {"text": values.thing, "prefix": values.thing}
ALTS = ("''", "'loss <b> & \"more\"'", "'π 😀'", "'two\tparts'")
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
        {"X": wild_lines, "Y": wild_lines, "axes": values.thing, **WILD_LOOKS},
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
        "set_axes",
        lambda rng: {"axes": AXES, **{name: rng.choice(LOOKS[name]) for name in SET}},
        {"axes": values.thing, **{name: WILD_LOOKS[name] for name in SET}},
        expect_set_axes,
        run_set_axes,
        rules={name: rule for name, rule in LOOK_RULES.items() if name in SET},
    ),
    Function(
        "quiet",
        lambda rng: {"depth": rng.choice("0123"), "fails": rng.choice(("True", "False"))},
        {},
        lambda _, a: [not a["depth"], True],
        run_quiet,
        weight=1,
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
        draw_train_2d,
        {
            "f_grad": lambda rng: rng.choice(("lambda *a: ()", "lambda: 1", values.thing(rng))),
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
        {"tensors": values.several, "batch_size": values.number, "is_shuffled": wild_switch},
        expect_loader,
        run_array_loader,
        rules={"batch_size": ("batch_size", whole(1))},
        weight=8,
    ),
    Function(
        "median_time",
        lambda rng: {
            "function": "lambda: None",
            "min_run_time": rng.choice(("1e-6", "1e-5")),
            "synchronize": "lambda: None",
        },
        {
            "function": values.thing,
            "min_run_time": values.short_time,
            "synchronize": values.thing,
        },
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
    ),
    Function(
        "Products",
        draw_products,
        dict.fromkeys((*TIMES, "n"), values.number),
        lambda _, a: [[float(number_of(a[name])) for name in TIMES], number_of(a["n"])],
        run_products,
        rules={
            "n": ("n", whole(1)),
            "element": ("seconds['element']", positive),
            "column": ("seconds['column']", positive),
            "block": ("seconds['block of 64']", positive),
            "full": ("seconds['full']", positive),
        },
        weight=2,
    ),
    Function(
        "measured_on",
        lambda rng: {"packages": repr(rng.sample(("numpy", "matplotlib"), rng.randrange(3)))},
        {"packages": lambda rng: rng.choice((values.thing(rng), f"[{values.thing(rng)}]"))},
        lambda _, a: [True, list(a["packages"])],
        run_measured_on,
    ),
    Function(
        "record",
        lambda rng: {"value": rng.choice(("0.5", "'text'", "3", "np.float32(2)"))},
        {"value": values.anything},
        expect_record,
        run_record,
    ),
    Function(
        "show_source",
        lambda rng: {"function": rng.choice(("d2l.set_figsize", "d2l.plot", "d2l.train_2d"))},
        {"function": lambda rng: rng.choice((values.thing(rng), "d2l.Timer", "normal", "d2l"))},
        lambda *_: [True, False],
        run_show_source,
        rules={"function": ("function", lambda f: False if f.__doc__ is None else None)},
    ),
    Function(
        "inline_svg",
        lambda rng: {**_picture_arguments(rng), "alt": rng.choice(ALTS)},
        {**WILD_PICTURE, "alt": values.thing},
        expect_picture,
        run_picture("inline_svg"),
        rules={name: (name, _character_rule) for name in ("prefix", "alt")},
    ),
    Function(
        "decoration",
        _picture_arguments,
        WILD_PICTURE,
        expect_picture,
        run_picture("decoration"),
        rules={"prefix": ("prefix", _character_rule)},
        weight=2,
    ),
]
