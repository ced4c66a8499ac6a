"""Runs that are interrupted: the next one works, no hook stays behind, memory stays as it was."""

import gc
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from jupyter_client.manager import start_new_kernel

from d2lmini import torch as d2l, training

PACKAGE = training.__file__.rsplit("/", 1)[0]


def run(rule=d2l.sgd, num_epochs=2):
    torch.manual_seed(0)
    data_iter, feature_dim = d2l.get_data_ch11(100)
    return d2l.train_ch11(rule, None, {"lr": 0.4}, data_iter, feature_dim, num_epochs)


@pytest.fixture
def keyboard():
    """Ctrl-C raises KeyboardInterrupt, as in a kernel; a job in the background may ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(autouse=True)
def gradients():
    """No test leaves gradients switched off for the next one."""
    yield
    torch.set_grad_enabled(True)


@pytest.fixture(autouse=True)
def quick_pictures(monkeypatch):
    """Pictures without their texts, which take most of the time."""
    monkeypatch.setattr("d2lmini.animator.svg", lambda fig: "")
    monkeypatch.setattr("d2lmini.animator.forms", lambda fig: {})


def interrupted_at(place, function=None):
    """Press Ctrl-C when that many lines of the package, or of a function, have run; count them."""
    count = 0

    def trace(frame, event, argument):
        nonlocal count
        if not frame.f_code.co_filename.startswith(PACKAGE):
            return None
        if event == "line" and function in (None, frame.f_code.co_name):
            count += 1
            if count == place:
                signal.raise_signal(signal.SIGINT)
        return trace

    sys.settrace(trace)
    try:
        run(num_epochs=1)
    finally:
        sys.settrace(None)
    return count


def test_interrupted_at_fifty_places(notebook, keyboard, capsys):
    expected = run().losses
    notebook.end_cell()
    length = interrupted_at(0)
    notebook.end_cell()
    for k in range(50):
        with pytest.raises(KeyboardInterrupt):
            interrupted_at(1 + k * length // 50)
        notebook.end_cell()
        assert notebook.waiting == []
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
        assert training._verbose.get() is True
    capsys.readouterr()
    assert run().losses == expected
    notebook.end_cell()
    assert "loss: 0.24" in capsys.readouterr().out
    assert notebook.waiting == []


def test_interrupted_anywhere_in_an_evaluation_gradients_stay_switched_on(keyboard):
    """Where `with` ends, too: Python promises its end only to errors inside of it."""
    for k in range(interrupted_at(0, "evaluate_loss")):
        with pytest.raises(KeyboardInterrupt):
            interrupted_at(1 + k, "evaluate_loss")
        assert torch.is_grad_enabled()


def test_two_hundred_runs_leave_memory_where_it_was(notebook, keyboard):
    """Half of them are interrupted in a step."""

    def interrupting(params, states, hyperparams):
        signal.raise_signal(signal.SIGINT)

    def run_twice():
        run(num_epochs=1)
        notebook.end_cell()
        with pytest.raises(KeyboardInterrupt):
            run(interrupting)
        notebook.end_cell()
        notebook.shown.clear()

    counts = []
    for k in range(100):
        run_twice()
        if k in (20, 99):
            gc.collect()
            counts.append(len(gc.get_objects()))
    assert counts[1] - counts[0] < 1000  # an Animator alone has more
    assert notebook.waiting == []


def test_two_hundred_figures_leave_the_resident_memory_where_it_was():
    """It grew by 0.1 to 0.3 MB; runs that kept their figures add 120 MB."""
    script = Path(__file__).with_name("resident_memory.py")
    done = subprocess.run([sys.executable, script], stdout=subprocess.PIPE, text=True, check=True)
    assert int(done.stdout.split()[-1]) < 3e6


CELL = """
import torch
from d2lmini import torch as d2l
hooks = len(get_ipython().events.callbacks["post_execute"])
data_iter, feature_dim = d2l.get_data_ch11(10)
"""
ENDLESS = "d2l.train_ch11(d2l.sgd, None, {'lr': 0.01}, data_iter, feature_dim, 10**9)"
NEXT = """
torch.manual_seed(0)
_, losses = d2l.train_ch11(d2l.sgd, None, {"lr": 0.05}, data_iter, feature_dim)
print(losses[-1], len(get_ipython().events.callbacks["post_execute"]) - hooks)
"""


def test_a_kernel_that_is_interrupted_runs_the_next_cell():
    manager, client = start_new_kernel()
    outputs = []

    def interrupt_at_the_figure(message):
        if message["msg_type"] == "display_data":
            manager.interrupt_kernel()

    try:
        client.execute_interactive(CELL, timeout=120)
        for _ in range(3):
            ended = client.execute_interactive(
                ENDLESS, timeout=120, output_hook=interrupt_at_the_figure
            )
            assert ended["content"]["ename"] == "KeyboardInterrupt"
            outputs.clear()
            done = client.execute_interactive(NEXT, timeout=120, output_hook=outputs.append)
            assert done["content"]["status"] == "ok"
            text = "".join(o["content"].get("text", "") for o in outputs)
            loss, hooks = text.split("\n")[-2].split()
            assert 0.24 < float(loss) < 0.27
            assert hooks == "1"  # that of the cell itself, which ends after it has printed
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
