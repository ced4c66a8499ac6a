"""Small programs over arrays. Hypothesis draws the source of randomness of each."""

import numpy as np
from hypothesis import strategies as st

OPERATORS = ("+", "-", "*", "/", "//", "%", "**", "<", "<=", ">", ">=", "==", "!=", "&", "|", "^")
IN_PLACE = ("+=", "-=", "*=", "/=", "//=", "%=", "**=", "&=", "|=", "^=")
FUNCTIONS = (
    "np.sqrt({a})", "np.exp({a})", "np.log({a})", "np.abs({a})", "np.sin({a})", "np.cos({a})",
    "np.tanh({a})", "np.isfinite({a})", "np.isnan({a})", "-{a}", "~{a}", "{a}.T", "{a}.copy()",
    "{a}.ravel()", "{a}.astype(int)", "{a}.astype(float)", "{a}.astype(bool)", "{a}.cumsum()",
    "np.median({a})", "np.linalg.norm({a})", "np.sign({a})", "np.floor({a})", "np.round({a}, 1)",
    "np.zeros_like({a})", "np.full_like({a}, 2)", "{a}.tolist()", "len({a})", "{a}.shape",
    "str({a}.dtype)", "{a}.flatten()", "np.square({a})", "{a}.size", "str({a})", "repr({a})",
)  # fmt: skip
WITH_TWO = (
    "np.maximum({a}, {b})", "np.minimum({a}, {b})", "np.dot({a}, {b})", "{a} @ {b}",
    "np.allclose({a}, {b})", "np.outer({a}, {b})", "np.concatenate(({a}, {b}))", "np.c_[{a}, {b}]",
    "np.concatenate(({a}, {b}), axis=1)", "np.stack(({a}, {b}))", "np.stack(({a}, {b}), axis=1)",
    "np.where({a} > 0, {a}, {b})", "np.where({a}, {b}, 1)", "{a}[{b}]", "np.vstack(({a}, {b}))",
    "np.array_equal({a}, {b})", "np.add({a}, {b})", "np.power({a}, {b})", "{a}[{b} > 0]",
    "np.linalg.solve({a}, {b})", "np.logical_and({a}, {b})", "np.hstack(({a}, {b}))",
)  # fmt: skip
REDUCTIONS = ("sum", "mean", "min", "max", "argmin", "argmax", "var", "std", "prod", "any", "all")
AXES = ("", "axis=0", "axis=1", "axis=-1", "axis=None", "axis=2")


def number(r, kind=None):
    """Return a small number, exact in few bits, so that sums do not depend on the order."""
    kind = kind or r.choice(("float", "int", "bool"))
    if kind == "float":
        return r.randint(-12, 12) / 4
    return r.randint(-5, 6) if kind == "int" else r.random() < 0.5


def literal(r):
    """Return the text of an array."""
    kind = r.choice(("float", "float", "int", "bool"))
    n = r.choice((1, 2, 2, 3, 3, 4))
    rows = [[number(r, kind) for _ in range(n)] for _ in range(r.randint(1, 4))]
    return f"np.array({rows if r.random() < 0.5 else rows[0]})"


def part(r):
    """Return the text of a slice."""
    ends = [r.choice(("", str(r.randint(-4, 4)))) for _ in range(2)]
    return ":".join(ends) + r.choice(("", "", ":2", ":-1", ":1"))


def simple_index(r):
    """Return the text of one axis's index."""
    places = [r.randint(-3, 3) for _ in range(r.randint(0, 4))]
    mask = [r.random() < 0.5 for _ in range(r.randint(1, 4))]
    return r.choice(
        (
            str(r.randint(-4, 4)),
            part(r),
            part(r),
            str(places),
            f"np.array({places}, dtype=int)",
            str(mask),
        )
    )


def index(r):
    """Return the text within brackets."""
    i = simple_index(r)
    shape = r.choice(("one", "one", "one", "two", "two", "two", "new"))
    if shape == "new":
        return r.choice((f"{i}, None", f"None, {i}", "None", ":, None"))
    return i if shape == "one" else f"{i}, {simple_index(r)}"


def expression(r, a, b):
    """Return the text of an expression of two variables."""
    sign = r.choice(OPERATORS)
    name, axis = r.choice(REDUCTIONS), r.choice(AXES)
    shape = r.choice(("-1", "(-1, 1)", "(2, 3)", "(1, -1)", "(2, -1)", "6", "(4,)"))
    left = number(r, r.choice(("float", "int")))  # True on the left is 1 in MicroPython
    return r.choice(
        (
            f"{a} {sign} {b}",
            f"{a} {sign} {b}",
            f"{a} {sign} {number(r)!r}",
            f"({left}) {sign} {a}",
            f"{a}.{name}({axis})",
            f"np.{name}({a}{axis and ', ' + axis})",
            r.choice(FUNCTIONS).format(a=a),
            r.choice(WITH_TWO).format(a=a, b=b),
            r.choice(WITH_TWO).format(a=a, b=b),
            f"{a}[{index(r)}]",
            f"{a}[{index(r)}]",
            f"{a}.reshape({shape})",
            f"{a}.cumsum({axis})",
        )
    )


def statement(r, names, new):
    """Return a statement over the variables of these names, which may make a new one."""
    a, b = r.choice(names), r.choice(names)
    value = r.choice((b, repr(number(r, "float")), repr(number(r, "int"))))
    kind = r.choice(("expression",) * 5 + ("in place", "set"))
    if kind == "in place":
        return f"{a} {r.choice(IN_PLACE)} {value}"
    if kind == "set":
        return f"{a}[{index(r)}] = {value}"
    return f"{new} = {expression(r, a, b)}"


def program(r):
    """Return a program's lines. One that fails ends it; most of those are chosen anew."""
    lines = [f"{name} = {literal(r)}" for name in "abc"]
    space = {"np": np}
    exec("\n".join(lines), space)
    with np.errstate(all="ignore"):
        for k in range(r.randint(1, 5)):
            names = [n for n in space if isinstance(space[n], np.ndarray) and space[n].ndim]
            for _ in range(8):
                line = statement(r, names, f"r{k}")
                try:
                    exec(line, space)
                except Exception:
                    if r.random() < 0.08:
                        return [*lines, line]
                else:
                    lines.append(line)
                    break
    return lines


PROGRAMS = st.randoms(use_true_random=True).map(program)
