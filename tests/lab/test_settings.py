"""The lab's settings in Python: what is refused, and how the kernel answers the page."""

import json

import numpy as np
import pytest
import torch

from d2lmini.lab import reference
from d2lmini.lab.bundle import JS
from d2lmini.lab.reference import make_loader, make_rule, train
from d2lmini.lab.settings import DEFAULTS, SETTINGS, check_settings
from d2lmini.lab.widget import BATCH_SIZES, RATES, Lab

WRONG = [
    ("batch_size", 0, ValueError, "an integer 1 to 1500"),
    ("batch_size", 1501, ValueError, "an integer 1 to 1500"),
    ("batch_size", 2.5, TypeError, "an integer 1 to 1500"),
    ("batch_size", "10", TypeError, "an integer 1 to 1500"),
    ("lr", -1, ValueError, "a number 0.0001 to 5"),
    ("lr", 0, ValueError, "a number 0.0001 to 5"),
    ("lr", 7.5, ValueError, "a number 0.0001 to 5"),
    ("lr", float("nan"), ValueError, "a number 0.0001 to 5"),
    ("lr", "0.05", TypeError, "a number 0.0001 to 5"),
    ("lr", True, TypeError, "a number 0.0001 to 5"),
    ("num_epochs", 0, ValueError, "an integer 1 to 20"),
    ("num_epochs", True, TypeError, "an integer 1 to 20"),
    ("momentum", 1, ValueError, "a number 0 to 0.99"),
    ("momentum", None, TypeError, "a number 0 to 0.99"),
    ("seed", -1, ValueError, "an integer 0 to 9999"),
    ("replacement", "no", TypeError, "True or False"),
    ("decay", 1, TypeError, "True or False"),
    ("genie", None, TypeError, "True or False"),
]


def message(name, value, allowed):
    return f"{name}={value!r}: must be {allowed}"


@pytest.mark.parametrize(("name", "value", "kind", "allowed"), WRONG)
def test_a_wrong_setting_is_refused_at_once_and_later(name, value, kind, allowed):
    lab = Lab()
    for attempt in (
        lambda: Lab(**{name: value}),
        lambda: setattr(lab, name, value),
        lambda: train({name: value}),
    ):
        with pytest.raises(kind) as caught:
            attempt()
        assert str(caught.value) == message(name, value, allowed)
    assert getattr(lab, name) == DEFAULTS[name]


@pytest.mark.parametrize("make", [Lab, lambda **s: train(s)])
def test_an_unknown_setting_is_refused(make):
    with pytest.raises(TypeError, match=r"batchsize=5: must be one of the settings batch_size, lr"):
        make(batchsize=5)


def test_the_parts_of_a_reference_run_check_their_arguments():
    with pytest.raises(TypeError, match="genie='no': must be True or False"):
        make_loader(10, genie="no")
    with pytest.raises(ValueError, match="steps_per_epoch=0"):
        make_rule(0)
    with pytest.raises(ValueError, match="momentum=1"):
        make_rule(10, momentum=1)


def test_both_ends_of_each_range_are_allowed():
    ranges = {name: setting["range"] for name, setting in SETTINGS.items() if "range" in setting}
    assert ranges["batch_size"] == [BATCH_SIZES[0], BATCH_SIZES[-1]] == [1, 1500]
    assert ranges["lr"][0] <= RATES[0] < RATES[-1] <= ranges["lr"][1]
    for end in (0, 1):
        lab = Lab(**{name: limits[end] for name, limits in ranges.items()})
        assert all(getattr(lab, name) == limits[end] for name, limits in ranges.items())


def test_numbers_of_numpy_are_taken():
    lab = Lab(batch_size=np.int64(100), lr=np.float32(0.25), replacement=np.True_)
    assert (lab.batch_size, lab.lr, lab.replacement) == (100, 0.25, True)
    assert json.dumps([lab.batch_size, lab.lr, lab.replacement]) == "[100, 0.25, true]"


def test_what_the_browser_sends_is_taken():
    lab = Lab()
    lab.set_state({"lr": 1, "batch_size": 100, "replacement": True})
    assert (lab.lr, lab.batch_size, lab.replacement) == (1.0, 100, True)


def test_python_and_the_browser_read_one_list():
    assert json.loads((JS / "settings.json").read_text()) == SETTINGS
    assert all(Lab.class_traits()[name].default_value == v for name, v in DEFAULTS.items())
    assert check_settings({}) == DEFAULTS


@pytest.fixture
def answers(monkeypatch):
    """Ask a lab's kernel: ``answers(message)`` returns what it sends."""
    sent = []
    monkeypatch.setattr(Lab, "send", lambda self, content: sent.append(content))
    lab = Lab()

    def ask(message):
        sent.clear()
        lab._reply(lab, message, [])
        return list(sent)

    return ask


def test_with_a_kernel_it_answers_with_the_curve_of_that_question(answers):
    assert answers({"kind": "hello"}) == [{"kind": "ready"}]
    settings = {**DEFAULTS, "batch_size": 100, "lr": 0.4}
    (curve,) = answers({"kind": "train", "id": "third", "settings": settings})
    assert (curve["kind"], curve["id"], curve["settings"]) == ("curve", "third", settings)
    assert len(curve["epochs"]) == len(curve["losses"]) == len(curve["seconds"]) == 15
    assert curve["epochs"][-1] == 2
    assert curve["losses"][-1] < 0.26
    assert answers({"kind": "something else"}) == []


def test_an_error_in_the_kernel_is_the_answer(answers, monkeypatch):
    (refused,) = answers({"kind": "train", "id": "a", "settings": {"lr": -1}})
    expected = "ValueError: lr=-1: must be a number 0.0001 to 5"
    assert refused == {"kind": "error", "id": "a", "message": expected}
    for error in (RuntimeError("out of memory"), KeyboardInterrupt()):

        def fail(settings, error=error):
            raise error

        monkeypatch.setattr(reference, "train", fail)
        (failed,) = answers({"kind": "train", "id": "b", "settings": DEFAULTS})
        assert failed["kind"] == "error"
        assert failed["id"] == "b"
        assert type(error).__name__ in failed["message"]


def test_a_reference_run_leaves_the_random_numbers_alone():
    torch.manual_seed(3)
    expected = torch.rand(4)
    torch.manual_seed(3)
    train({"batch_size": 500, "num_epochs": 1, "seed": 9})
    assert torch.equal(torch.rand(4), expected)
