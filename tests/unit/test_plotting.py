import re
import xml.etree.ElementTree as ET
from types import SimpleNamespace

import pytest

from d2lmini import Animator, plot, plt
from d2lmini.plotting import INK, inline_svg, svg


@pytest.fixture
def notebook(monkeypatch):
    """A pretended notebook: records what is displayed, and lets a cell end."""
    shown, callbacks = [], []

    class Handle:
        def update(self, picture, raw):
            shown.append(("update", picture["image/svg+xml"]))

    def display(picture, raw, display_id):
        shown.append(("new", picture["image/svg+xml"]))
        return Handle()

    events = SimpleNamespace(
        register=lambda name, f: callbacks.append(f), unregister=lambda name, f: callbacks.remove(f)
    )
    shell = SimpleNamespace(kernel=object(), events=events)
    clock = [100.0]
    monkeypatch.setattr("d2lmini.plotting.get_ipython", lambda: shell)
    monkeypatch.setattr("d2lmini.plotting.display", display)
    monkeypatch.setattr("d2lmini.plotting.set_matplotlib_formats", lambda *a, **k: None)
    monkeypatch.setattr("d2lmini.plotting.time.monotonic", lambda: clock[0])
    return SimpleNamespace(
        shown=shown, clock=clock, end_cell=lambda: [f() for f in list(callbacks)], waiting=callbacks
    )


def test_animator_redraws_one_figure_ten_times_a_second(notebook):
    animator = Animator(xlabel="epoch", ylabel="loss")
    for i in range(100):
        animator.add(i, 1 / (i + 1))
        notebook.clock[0] += 0.011
    kinds = [kind for kind, _ in notebook.shown]
    assert kinds[0] == "new"
    assert set(kinds[1:]) == {"update"}
    assert 9 <= len(kinds) <= 11


def test_animator_always_ends_in_its_last_state(notebook):
    animator = Animator()
    for i in range(3):
        animator.add(i, (i, 2 * i))
    assert len(notebook.shown) == 1
    notebook.end_cell()
    assert len(notebook.shown) == 2
    assert [len(line.get_xdata()) for line in animator.axes[0].lines] == [3, 3]
    assert notebook.waiting == []
    assert plt.get_fignums() == []


def test_animator_is_silent_outside_a_notebook(capsys):
    animator = Animator(legend=["a", "b"])
    animator.add(1, (2, None))
    animator.add((2, 3), (4, 5))
    assert (animator.X, animator.Y) == ([[1, 2], [3]], [[2, 4], [5]])
    assert capsys.readouterr() == ("", "")


def test_plot_wants_one_set_of_x_or_one_a_line():
    with pytest.raises(ValueError, match=r"X with 2 sets: must be 1 set or one for each of 3"):
        plot([[1, 2], [1, 2]], [[1, 2], [3, 4], [5, 6]])


def make_picture():
    fig, ax = plt.subplots()
    ax.plot([1, 2, 3], [4, 5, 4], "-o")
    ax.set_xlabel("steps")
    plt.close(fig)
    return svg(fig)


def test_svg_is_small_and_repeats():
    assert make_picture() == make_picture()
    assert len(make_picture()) < 20_000


def test_svg_rounds_coordinates_but_not_labels():
    fig, ax = plt.subplots()
    ax.plot([0, 1], [1 / 3, 2 / 3])
    ax.set_xlabel("rate 0.00125")
    text = svg(fig)
    assert "rate 0.00125" in text
    assert re.findall(r"\d+\.\d{3,}", text) == ["0.00125"]


def test_inline_svg_suits_a_page():
    text = inline_svg(make_picture(), "a", 'rises & falls <"quoted">')
    root = ET.fromstring(text)
    assert root.get("role") == "img"
    assert root.get("aria-label") == 'rises & falls <"quoted">'
    assert "<style" not in text
    assert INK not in text
    assert "currentColor" in text
    ids = set(re.findall(r'\bid="([^"]+)"', text))
    used = set(re.findall(r'(?:href="#|url\(#)([^")]+)', text))
    assert used <= ids
    assert all(name.startswith("a-") for name in ids)
