"""A cell's text prints the same under MicroPython as under CPython with numpy."""

from pathlib import Path

import numpy as np
import pytest

from d2lmini.data import whitened_airfoil
from tests.live.node import in_cpython, in_micropython

CELLS = {file.stem: file.read_text("utf8") for file in Path(__file__).parent.glob("cells/*.py")}


@pytest.fixture(scope="module")
def runs():
    return dict(zip(CELLS, in_micropython(*CELLS.values()), strict=True))


@pytest.mark.parametrize("name", sorted(CELLS))
def test_prints_the_same(runs, name):
    assert runs[name].get("message") is None
    assert runs[name]["text"].splitlines() == in_cpython(CELLS[name]).splitlines()


UPDATE = """
import numpy as np
from d2lmini.data import whitened_airfoil
features, target = whitened_airfoil()
X = np.c_[features.astype(float), np.ones(1500)]
y = target.astype(float)
w = np.zeros(6)
np.random.seed(3)
for epoch in range(2):
    order = np.random.permutation(1500)
    for i in range(0, 1500, 10):
        rows = order[i : i + 10]
        w = w - 0.05 * X[rows].T @ (X[rows] @ w - y[rows]) / 10
print(w.tolist())
"""


def test_the_update_agrees_with_numpy():
    (run,) = in_micropython(UPDATE)
    features, target = (a.astype(float) for a in whitened_airfoil())
    X = np.c_[features, np.ones(1500)]
    w = np.zeros(6)
    state = np.random.RandomState(3)
    for _ in range(2):
        order = state.permutation(1500)
        for rows in order.reshape(150, 10):
            w -= 0.05 * X[rows].T @ (X[rows] @ w - target[rows]) / 10
    np.testing.assert_allclose(eval(run["text"]), w, rtol=0, atol=1e-9)


LAST_VALUES = {
    "1 + 1": "2\n",
    "x = 0.1 + 0.2\nx  # a comment": "0.30000000000000004\n",
    "import numpy as np\nnp.arange(3)\n": "array([0, 1, 2])\n",
    "'text'": "'text'\n",
    "None": "",
    "1;": "",
    "x = 3": "",
    "def f(n):\n    return [n]\n\nf(2)": "[2]\n",
    "{'b': 1, 'a': [2.0]}": "{'b': 1, 'a': [2.0]}\n",
}


def test_the_last_value_is_shown():
    runs = in_micropython(*LAST_VALUES)
    assert [run["text"] for run in runs] == list(LAST_VALUES.values())
