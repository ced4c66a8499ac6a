"""Answers to the exercises of kinds that no reader means: each gets a message, never an error."""

import numpy as np
import pytest
import torch

from d2lmini.exercises import NAMES, check
from d2lmini.exercises._answers import fault_of, number

FUNCTIONS = ("gradient", "step", "accumulated_step", "time_to_level", "best_batch", "step_cost")
FUNCTIONS = (*FUNCTIONS, "noise_scale", "choose", "train", "mean_square", "estimate", "epoch")


class Silent:
    """A value that has no text."""

    def __repr__(self):
        raise RuntimeError


class Shaped:
    """A value with the shape of an array, and nothing else of one."""

    def __init__(self, *shape):
        self.shape = shape


ODD = {
    "400 digits": 10**400,
    "5000 digits": 10**5000,
    "many": [10**5000] * 6,
    "silent": Silent(),
    "silent pair": (Silent(), Silent()),
    "shape": Shaped(2),
    "shape of one": Shaped(1),
    "large": [1e300] * 6,
    "empty": np.array([]),
    "arrays": (1, np.array([1, 2])),
    "tensor": torch.tensor([1.0]),
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("odd", ODD)
def test_an_odd_answer_gets_a_message(name, odd, capsys):
    check(name, {function: lambda *_: ODD[odd] for function in FUNCTIONS})
    assert not capsys.readouterr().out.startswith("Right")


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_thing_in_place_of_a_function_gets_a_message(odd, capsys):
    check("choice", {"time_to_level": ODD[odd]})
    assert capsys.readouterr().out.startswith("time_to_level should be a function, but it is ")


@pytest.mark.parametrize("make", [np.array, torch.tensor])
@pytest.mark.parametrize("value", [2.5, [2.5], [[2.5]]])
def test_a_number_may_be_an_array_of_one(make, value):
    assert number(make(value), "call()") == 2.5


def test_what_no_check_thought_of_is_a_message():
    assert fault_of(lambda names: names["w"] / 0, {"w": 1}) == (
        "The answer could not be checked: ZeroDivisionError: division by zero"
    )
