"""The lab's settings in Python: what is refused, and how the kernel answers the page."""

import json

import numpy as np
import pytest

from d2lmini.lab import PIECES, Lab, reference
from d2lmini.lab.reference import train
from d2lmini.lab.settings import JS, check_settings, load_table

TABLE = load_table("lab")
DEFAULTS = {name: setting["default"] for name, setting in TABLE.items()}


ARRAY = np.array(["a", "b"])


def allowed(setting):
    """What the error says of a setting, and values that it may not have."""
    if "options" in setting:
        options = ", ".join(map(repr, setting["options"]))
        return f"one of {options}", [
            (wrong, ValueError) for wrong in ("never", "", None, 1, [], ARRAY)
        ]
    if "text" in setting:
        longest = setting["text"]
        wrong = [("x" * (longest + 1), ValueError), (None, TypeError), (3, TypeError)]
        return f"a text of at most {longest} characters", wrong
    if "range" not in setting:
        return "True or False", [(wrong, TypeError) for wrong in ("no", 1, 0, None)]
    low, high = setting["range"]
    outside = [(low - 1, ValueError), (high + 1, ValueError)]
    other = [(str(high), TypeError), (True, TypeError), (None, TypeError), (1j, TypeError)]
    if setting.get("whole"):
        return f"an integer {low} to {high}", [*outside, *other, (low + 0.5, TypeError)]
    return f"a number {low} to {high}", [*outside, *other, (float("nan"), ValueError)]


CASES = [
    pytest.param(name, value, kind, allowed(setting)[0], id=f"{name}={value!r:.20}")
    for name, setting in TABLE.items()
    for value, kind in allowed(setting)[1]
]


@pytest.fixture(scope="module")
def lab():
    """One lab; nothing that is refused changes it."""
    return Lab()


@pytest.mark.parametrize(("name", "value", "kind", "expected"), CASES)
def test_a_wrong_setting_is_refused_at_once_and_later(lab, name, value, kind, expected):
    for attempt in (
        lambda: Lab(**{name: value}),
        lambda: setattr(lab, name, value),
        lambda: train({name: value}, 3),
    ):
        with pytest.raises(kind) as caught:
            attempt()
        assert str(caught.value) == f"{name}={value!r}: must be {expected}"
    assert getattr(lab, name) == DEFAULTS[name]


def test_the_swarm_has_two_weights():
    lab = Lab(across="angle", up="velocity")
    for name, value, other in (("across", "velocity", "up"), ("up", "angle", "across")):
        message = f"^{name}={value!r}: must be another weight than {other} has$"
        with pytest.raises(ValueError, match=message):
            setattr(lab, name, value)
    assert (lab.across, lab.up) == ("angle", "velocity")
    with pytest.raises(ValueError, match="must be another weight"):
        Lab(across=DEFAULTS["up"])
    lab.set_state({"across": "velocity", "up": "angle"})  # as the page swaps them
    assert (lab.across, lab.up) == ("velocity", "angle")


@pytest.mark.parametrize("make", [lambda **s: Lab(**s), lambda **s: train(s, 3)])
def test_an_unknown_setting_is_refused(make):
    with pytest.raises(
        TypeError, match=r"^batchsize=5: must be one of the settings batch_size, lr"
    ):
        make(batchsize=5)


def test_every_setting_is_an_attribute_that_the_browser_shares(lab):
    assert check_settings(TABLE, {}) == DEFAULTS
    for name, value in DEFAULTS.items():
        trait = lab.traits()[name]
        assert trait.metadata["sync"]
        assert trait.default_value == getattr(lab, name) == value
    assert {"table", "constants", *TABLE} <= set(lab.keys)


def test_every_value_that_the_page_can_choose_is_taken():
    chosen = Lab()
    for name, setting in TABLE.items():
        values = [
            *setting.get("range", []),
            *setting.get("choices", []),
            *setting.get("options", []),
        ]
        values += ["b:1,lr:0.5", "x" * setting["text"]] if "text" in setting else []
        values = values or [True, False]
        other = {"across": chosen.up, "up": chosen.across}.get(name)
        for value in [value for value in values if value != other]:
            setattr(chosen, name, value)
            assert getattr(chosen, name) == value
            assert type(getattr(chosen, name)) in (int, float, bool, str)


def test_numbers_of_numpy_are_taken():
    numbers = Lab(batch_size=np.int64(100), lr=np.float32(0.25), replacement=np.True_)
    assert (numbers.batch_size, numbers.lr, numbers.replacement) == (100, 0.25, True)
    assert json.dumps([numbers.batch_size, numbers.lr, numbers.replacement]) == "[100, 0.25, true]"


def test_what_the_browser_sends_is_taken():
    lab = Lab()
    sent = {"lr": 1, "batch_size": 100, "replacement": True, "budget": "time", "pins": "b:1,lr:0.1"}
    lab.set_state(sent)
    assert {name: getattr(lab, name) for name in sent} == sent


@pytest.mark.parametrize("piece", PIECES, ids=lambda piece: piece.module)
def test_the_tables_say_all_that_is_needed(piece):
    table = json.loads((JS / f"{piece.module}.json").read_text(encoding="utf8"))
    parameters = [setting["parameter"] for setting in table.values()]
    for setting in table.values():
        assert {"label", "parameter", "default"} <= set(setting)
        assert len({"range", "options", "text"} & set(setting)) <= 1
        short = piece is Lab
        assert short or setting["parameter"].startswith(f"{piece.module}-")
        if "choices" in setting:
            low, high = setting["range"]
            assert setting["choices"] == sorted(set(setting["choices"]))
            assert low <= setting["choices"][0] < setting["choices"][-1] <= high
    assert len(set(parameters)) == len(parameters)


# --- The kernel


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
    settings = {**DEFAULTS, "batch_size": 100, "lr": 0.4, "pins": "b:1,lr:0.1", "axis": "time"}
    message = {"kind": "train", "id": "third", "settings": settings, "steps": 30}
    (curve,) = answers(message)
    assert (curve["kind"], curve["id"], curve["settings"]) == ("curve", "third", settings)
    assert curve["examples"][-1] == 3000
    assert len(curve["examples"]) == len(curve["losses"]) == len(curve["seconds"]) > 10
    assert curve["losses"][-1] < 0.26
    json.dumps(curve)
    (short,) = answers({**message, "steps": 7})
    assert short["examples"][-1] == 700
    assert answers({"kind": "something else"}) == []


def test_an_error_in_the_kernel_is_the_answer(answers, monkeypatch):
    (refused,) = answers({"kind": "train", "id": "a", "settings": {"lr": -1}, "steps": 3})
    expected = "ValueError: lr=-1: must be a number 0.0001 to 5"
    assert refused == {"kind": "error", "id": "a", "message": expected}
    (refused,) = answers({"kind": "train", "id": "c", "settings": DEFAULTS, "steps": 0})
    assert refused["message"] == "ValueError: steps=0: must be an integer 1 to 1000000"
    (refused,) = answers({"kind": "train", "id": "d"})
    assert refused["kind"] == "error"
    for error in (RuntimeError("out of memory"), KeyboardInterrupt()):

        def fail(settings, steps, error=error):
            raise error

        monkeypatch.setattr(reference, "train", fail)
        (failed,) = answers({"kind": "train", "id": "b", "settings": DEFAULTS, "steps": 3})
        assert failed["kind"] == "error"
        assert failed["id"] == "b"
        assert type(error).__name__ in failed["message"]
