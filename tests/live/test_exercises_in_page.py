"""The exercises as the page runs them: it prints and says what CPython prints and says."""

import pytest

from tests.live.node import in_cpython, in_micropython
from tests.live.test_exercises import NAMES, RIGHT, WRONG

TEXTS = RIGHT | {key: text for key, (text, _) in WRONG.items()}


def checked(name, text):
    """Return what the page runs when a reader presses Check."""
    return f'{text}\nfrom d2lmini.exercises import check\ncheck("{name}", globals())\n'


@pytest.mark.parametrize("name", NAMES)  # one test for each: they share a process of Node
def test_the_page_says_what_cpython_says(name):
    cells = {key: checked(name, text) for key, text in TEXTS.items() if key[0] == name}
    runs = in_micropython(*cells.values())
    assert [run.get("message") for run in runs] == [None] * len(cells)
    for (key, cell), run in zip(cells.items(), runs, strict=True):
        expected = in_cpython(cell).splitlines()
        found = run["text"].splitlines()
        assert found[-1] == expected[-1], key
        # In a run that diverges, the last digits of the losses depend on the order of sums.
        if key in RIGHT or key[1] == "start":
            assert found == expected, key
