"""Errors of a cell: as Python shows them, with the cell's line; and what is lacking by its name."""

import traceback

import pytest

from tests.live.node import in_cpython, in_micropython

SAME = (
    "x = 1\n1 / 0",
    "print(y)",
    "def f(a):\n    b = a\n    return b / 0\n\nfor i in range(3):\n    f(i)",
    "[1, 2][5]",
    "{'a': 1}['b']",
    "1 + 'a'",
    "len(3)",
    "int('a')",
    "None.x",
    "(1, 2).x",
    "x = 3\nx()",
    "import nothing_of_this_name",
    "raise ValueError('a reason')",
    "assert 1 > 2",
    "assert 1 > 2, 'a reason'",
    "a, b = 1, 2, 3",
    "for i in 3:\n    pass",
    "x = 3\nx[0]",
    "-'a'",
    "'a' < 1",
    "import math\nmath.sqrt(-1)",
    "class A:\n    def step(self):\n        return self.lr\n\n\nA().step()",
    "f'{1.5:d}'",
    "import numpy as np\nnp.ones(3) @ np.ones(4)",
    "import numpy as np\nnp.ones(3) + np.ones(4)",
    "import numpy as np\nnp.ones((2, 3)) * np.ones((3, 2))",
    "import numpy as np\nnp.ones(3)[3]",
    "import numpy as np\nnp.ones((2, 3))[0, 5]",
    "import numpy as np\nnp.ones(3)[1.5]",
    "import numpy as np\nnp.ones(3)[0, 1]",
    "import numpy as np\nnp.ones(3)[np.array([0, 7])]",
    "import numpy as np\nnp.ones(3)[[True, False]]",
    "import numpy as np\nnp.arange(6).reshape(4, 2)",
    "import numpy as np\nx = np.arange(3)\nx += 0.5",
    "import numpy as np\nx = np.ones(3)\nx[:2] = np.ones(3)",
    "import numpy as np\nif np.ones(3) > 0:\n    pass",
    "import numpy as np\nnp.array([[1, 2], [3]])",
    "import numpy as np\nnp.array([]).max()",
    "import numpy as np\nnp.ones(3).sum(axis=1)",
    "import numpy as np\nnp.arange(3) ** -1",
    "import numpy as np\nnp.concatenate([np.ones((2, 2)), np.ones((2, 3))])",
    "import numpy as np\nnp.random.seed(-1)",
    "import numpy as np\nnp.random.randint(3, 3)",
)


def of_cpython(cell):
    """Return CPython's traceback, without its frames in numpy and its marks below the lines."""
    try:
        in_cpython(cell)
    except Exception as error:
        frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename == "<cell>"]
        lines = cell.split("\n")
        shown = "".join(
            f'  File "<cell>", line {f.lineno}, in {f.name}\n    {lines[f.lineno - 1].strip()}\n'
            for f in frames
        )
        said = "".join(traceback.format_exception_only(error)).rstrip("\n")
        said = said.removeprefix("numpy.exceptions.").replace("_UFuncNoLoopError", "TypeError")
        said = said.removeprefix("numpy._core._exceptions._")
        return "Traceback (most recent call last):\n" + shown + said, frames[-1].lineno
    raise AssertionError(cell)


@pytest.fixture(scope="module")
def runs():
    return dict(zip(SAME, in_micropython(*SAME), strict=True))


NAMES = {"AxisError": "ValueError", "UFuncTypeError": "TypeError"}
"""Kinds of errors of numpy, and what they are a kind of."""


@pytest.mark.parametrize("cell", SAME)
def test_tracebacks(runs, cell):
    message, line = of_cpython(cell)
    for name, kind in NAMES.items():
        message = message.replace(f"\n{name}:", f"\n{kind}:")
    message = message.replace("UFuncOutputCastingError", "TypeError")
    assert runs[cell]["status"] == "failed"
    assert runs[cell]["message"].rstrip() == message.rstrip()
    assert runs[cell]["line"] == line


LACKING = {
    "import numpy as np\nnp.sort([2, 1])": ("numpy.sort: not in the page's small numpy", 2),
    "import numpy as np\n\nnp.ones(3).argsort()": ("numpy.ndarray.argsort: not in", 3),
    "import numpy as np\nnp.random.default_rng(0)": ("numpy.random.default_rng: not in", 2),
    "import numpy as np\nnp.linalg.eigh(np.eye(2))": ("numpy.linalg.eigh: not in", 2),
    "import numpy as np\nnp.zeros((2, 2, 2))": ("numpy.array of 3 axes: not in", 2),
    "import numpy as np\nnp.ones(3).astype(np.float32)": ("numpy.ndarray.astype(float32)", 2),
    "from d2lmini.data import whitened_airfoil\nx, y = whitened_airfoil()\nx * 2": ("float32", 3),
    "x = 3\nmatch x:\n    case 3:\n        pass": ("match: not in the page's Python", 2),
    "from d2lmini.plotting import plot\nplot([1], xscale='log')": ("plot(xscale=…): not in", 2),
}


def test_what_is_lacking_is_said_by_its_name():
    runs = in_micropython(*LACKING)
    for run, (words, line) in zip(runs, LACKING.values(), strict=True):
        error = run["message"].splitlines()[-1]
        assert error.startswith("NotImplementedError: "), run
        assert words in error
        assert run["line"] == line


def test_integers_that_a_double_does_not_hold():
    cells = (
        "import numpy as np\nnp.array([2**53]) * 3",
        "import numpy as np\nnp.array([2**60])",
        "import numpy as np\nnp.array([3]) ** 40",
        "import numpy as np\nnp.array([2**53, 2**53]).sum()",
    )
    for run in in_micropython(*cells):
        assert "OverflowError: an integer beyond 2**53" in run["message"]


@pytest.mark.parametrize("cell", ["x = (1,\ny 2", "if 1:\nx", "def f(:", "x = 'abc", "return = 3"])
def test_what_is_no_python(cell):
    (run,) = in_micropython(f"a = 1\n{cell}")
    first, *_, last = run["message"].splitlines()
    assert first.startswith('  File "<cell>", line ')
    assert last.startswith(("SyntaxError", "IndentationError"))
    assert run["line"] in (2, 3)


def test_text_before_an_error_is_kept():
    (run,) = in_micropython("print('before')\n1 / 0")
    assert run["text"] == "before\n"


@pytest.mark.parametrize("operation", ["True + a", "1 * a", "0 - a"])
def test_a_number_that_may_be_a_truth_value_is_refused(operation):
    """Before an array MicroPython makes 1 of True, with which numpy gives another result."""
    (run,) = in_micropython(f"import numpy as np\na = np.array([True, False])\n{operation}")
    assert "NotImplementedError: numpy.ndarray of True and False after 0, 1" in run["message"]


def test_frames_that_repeat_are_shown_three_times_as_python_shows_them():
    cell = "def f(n):\n    return f(n - 1) if n else 1 / n\n\nf({})"
    frame = '  File "<cell>", line 2, in f\n    return f(n - 1) if n else 1 / n\n'
    runs = in_micropython(*(cell.format(n) for n in (2, 3, 9)))
    repeats = (
        "",
        "  [Previous line repeated 1 more time]\n",
        "  [Previous line repeated 7 more times]\n",
    )
    for n, repeated, run in zip((2, 3, 9), repeats, runs, strict=True):
        assert run["message"].rstrip("\n") == (
            "Traceback (most recent call last):\n"
            f'  File "<cell>", line 4, in <module>\n    f({n})\n'
            f"{frame * 3}{repeated}ZeroDivisionError: division by zero"
        )
