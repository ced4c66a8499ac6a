import base64
import re
import signal
import threading
import xml.etree.ElementTree as ET

import numpy as np
import pytest
import torch
from jupyter_client.manager import start_new_kernel

from d2lmini import Animator, plot, plt, train_2d
from d2lmini.svg import TEXT_COLOR, inline_svg, svg


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


def test_animator_made_in_one_cell_and_filled_in_the_next(notebook):
    animator = Animator()
    notebook.end_cell()
    for cell in (1, 2):
        for i in range(3):
            animator.add(3 * cell + i, i)
        notebook.end_cell()
        assert len(animator.axes[0].lines[0].get_xdata()) == 3 * cell
        assert notebook.waiting == []


def test_the_last_picture_of_a_live_figure_has_a_png_and_words(notebook):
    animator = Animator(xlabel="epoch", ylabel="loss", legend=["gd", "sgd"])
    animator.add(0, (1, 2))
    notebook.end_cell()
    last = notebook.shown[-1][1]
    assert last["text/plain"] == "Figure: loss against epoch (gd, sgd)"
    assert base64.b64decode(last["image/png"]).startswith(b"\x89PNG")
    assert last["image/svg+xml"].startswith("<svg")


class Interrupts:
    """Press Ctrl-C when finalized: Python swallows what is raised there."""

    def __del__(self):
        signal.raise_signal(signal.SIGINT)


def test_an_interrupt_while_a_figure_is_drawn_is_not_lost(notebook, monkeypatch):
    def svg_and_interrupt(fig):
        Interrupts()
        return "<svg></svg>"

    monkeypatch.setattr("d2lmini.animator.svg", svg_and_interrupt)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a job may ignore it
    try:
        with pytest.raises(KeyboardInterrupt):
            Animator().add(0, 1)
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, before)


def test_live_figures_can_be_drawn_off_the_main_thread(notebook):
    animator = Animator()
    worker = threading.Thread(target=animator.add, args=(0, 1))
    worker.start()
    worker.join()
    assert len(notebook.shown) == 1


def test_animator_is_silent_outside_a_notebook(capsys):
    animator = Animator(legend=["a", "b"])
    animator.add(1, (2, None))
    animator.add((2, 3), (4, 5))
    assert (animator.X, animator.Y) == ([[1, 2], [3]], [[2, 4], [5]])
    assert capsys.readouterr() == ("", "")


def test_plot_wants_one_set_of_x_or_one_a_line():
    with pytest.raises(ValueError, match=r"X with 2 sets: must be 1 set or one for each of 3"):
        plot([[1, 2], [1, 2]], [[1, 2], [3, 4], [5, 6]])


FORMULA = r"$\nope$"
LOOKS = [
    ({"legend": "loss"}, r"^legend='loss': must be a list of texts, one for each line$"),
    ({"legend": ["a", FORMULA]}, r"^legend='.*nope.*': must be a formula that matplotlib can draw"),
    ({"xlabel": FORMULA}, r"^xlabel='.*nope.*': must be a formula .*\(Unknown symbol: \\nope"),
    ({"ylabel": FORMULA}, r"^ylabel='.*nope.*': must be a formula"),
    ({"xlim": ("1", "2")}, r"^xlim='1': must be two finite numbers$"),
    ({"xlim": "ab"}, r"^xlim='ab': must be two finite numbers$"),
    ({"ylim": (0, 1, 2)}, r"^ylim=\(0, 1, 2\): must be two finite numbers$"),
    ({"ylim": (0, float("inf"))}, r"^ylim=inf: must be two finite numbers$"),
    ({"figsize": (1e-9, 1)}, r"^figsize=1e-09: must be two numbers 0.1 to 50, in inches$"),
    ({"figsize": (300, 300)}, r"^figsize=300: must be two numbers 0.1 to 50, in inches$"),
]


@pytest.mark.parametrize(("look", "message"), LOOKS)
def test_looks_that_cannot_be_are_named_at_the_call(look, message):
    plt.close("all")
    for draw in (lambda: plot([1, 2], [[1, 2], [2, 3]], **look), lambda: Animator(**look)):
        with pytest.raises((TypeError, ValueError), match=message):
            draw()
    assert plt.get_fignums() == []  # a notebook would show what is open when the cell ends


@pytest.mark.parametrize("make", [np.array, tuple])
def test_looks_may_be_arrays_and_a_limit_may_be_open(make):
    plot([1, 2], [[1, 2], [2, 3]], legend=make(["a", "b"]), xlim=make([0.0, 3.0]), ylim=(None, 9))
    axes = plt.gca()
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["a", "b"]
    assert axes.get_xlim() == (0, 3)
    assert axes.get_ylim()[1] == 9
    plt.close("all")
    Animator(legend=make(["a", "b"]), xlim=make([0.0, 3.0])).add(1, (2, 3))


def test_an_animator_has_few_axes():
    assert len(Animator(nrows=2, ncols=3).axes) == 6
    for name in ("nrows", "ncols"):
        for wrong in (0, 1000):
            with pytest.raises(ValueError, match=rf"^{name}={wrong}: must be an integer 1 to 10$"):
                Animator(**{name: wrong})


@pytest.mark.parametrize("point", [(1, "34"), ("34", 1), (1, ("3", 4)), (1, b"3"), (1, True)])
def test_a_point_is_of_numbers(point):
    animator = Animator()
    with pytest.raises(TypeError, match=r"^[xy]=.*: must be a number$"):
        animator.add(*point)
    assert animator.X is None


@pytest.mark.filterwarnings("error")
def test_lines_of_parameters():
    one = torch.ones(3, requires_grad=True)
    for X in (one, [one, one], list(one)):
        plot(X)
        assert list(plt.gca().lines[0].get_ydata()) == [1, 1, 1]
    plt.close("all")


def test_only_a_figure_has_a_picture():
    with pytest.raises(TypeError, match=r"^fig=None: must be a figure of matplotlib$"):
        svg(None)


@pytest.mark.parametrize("character", ["\0", "\x1b", "\ufffe", "\ud800"])
def test_the_words_of_a_picture_have_only_characters_of_xml(character):
    with pytest.raises(ValueError, match=r"^alt='a.*': must have no character"):
        inline_svg(make_picture(), "a", f"a{character}")


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
    assert TEXT_COLOR not in text
    assert "currentColor" in text
    ids = set(re.findall(r'\bid="([^"]+)"', text))
    used = set(re.findall(r'(?:href="#|url\(#)([^")]+)', text))
    assert used <= ids
    assert all(name.startswith("a-") for name in ids)


@pytest.mark.parametrize("steps", [-1, -20])
def test_a_path_of_less_than_no_steps(steps):
    with pytest.raises(ValueError, match=rf"steps={steps}: must be an integer >= 0"):
        train_2d(lambda *x: x, steps=steps)


def test_a_notebook_keeps_each_figure_in_three_forms():
    """In a kernel of its own, as a reader has it: SVG, PNG, and the picture in words."""
    code = (
        "from d2lmini import plot\n"
        "plot([1, 2, 3], [[4, 5, 4], [3, 2, 1]], 'steps', 'loss', legend=['a', 'b'])"
    )
    manager, client = start_new_kernel()
    outputs = []
    try:
        client.execute_interactive(code, output_hook=outputs.append, timeout=60)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    (data,) = [out["content"]["data"] for out in outputs if out["msg_type"] == "display_data"]
    assert data["text/plain"] == "Figure: loss against steps (a, b)"
    assert base64.b64decode(data["image/png"]).startswith(b"\x89PNG")
    assert len(data["image/png"]) < 20_000
    ET.fromstring(data["image/svg+xml"])
