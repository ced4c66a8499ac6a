"""The lab's runs in PyTorch, by the package's own training function."""

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor

from d2lmini import torch as d2l
from d2lmini._checks import check_integer
from d2lmini.data import whitened_airfoil
from d2lmini.lab.settings import check_settings, load_table

MAX_STEPS = 10**6
"""The most steps of a run: it then takes about a minute; those of the page have 30,000 at most."""


class LabLoader(d2l.ArrayLoader):
    """The minibatches of a run of the lab: one pass over them is the whole run.

    Parameters
    ----------
    settings : dict
        All settings of the lab.
    steps : int
        How many minibatches the run has at most.

    Attributes
    ----------
    epoch : int
        How many passes over the data were completed.
    """

    def __init__(self, settings: dict[str, Any], steps: int) -> None:
        arrays = [np.concatenate([a] * settings["copies"]) for a in whitened_airfoil()]
        super().__init__([torch.as_tensor(a) for a in arrays], settings["batch_size"], True)
        self.settings, self.steps, self.epoch = settings, steps, 0

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        """Yield the minibatches of the run."""
        yield from itertools.islice(self._minibatches(), self.steps)

    def _minibatches(self) -> Iterator[tuple[Any, ...]]:
        left = float("inf")
        if self.settings["budget"] == "examples":
            left = self.settings["num_epochs"] * len(whitened_airfoil()[0])
        for self.epoch in itertools.count():
            factor = 10**self.epoch if self.settings["grow"] else 1
            for rows in self._permutation().split(min(self.batch_size * factor, self.num_examples)):
                if left <= 0:
                    return
                rows = rows[: int(min(left, len(rows)))]
                left -= len(rows)
                yield tuple(self._take(array, rows) for array in self.tensors)

    def _permutation(self) -> Tensor:
        if self.settings["replacement"]:
            return torch.randint(self.num_examples, (self.num_examples,))
        return super()._permutation()


def make_rule(loader: LabLoader) -> d2l.UpdateRule:
    """Return SGD with the momentum of a run, and with a rate that may fall by ten each epoch.

    Parameters
    ----------
    loader : LabLoader
        It knows the settings and the epoch.

    Returns
    -------
    callable
        An update rule for `d2lmini.torch.train_ch11`.
    """
    velocities: list[Tensor] = []

    def rule(params: list[Tensor], states: Any, hyperparams: dict[str, Any]) -> None:
        velocities.extend(torch.zeros_like(p) for p in params[len(velocities) :])
        for p, velocity in zip(params, velocities, strict=True):
            velocity.mul_(loader.settings["momentum"]).add_(p.grad)
            p.grad.copy_(velocity)
        # Of more tens than a floating-point number can hold nothing would be left anyway.
        factor = 10.0 ** min(loader.epoch, 300) if loader.settings["decay"] else 1
        d2l.sgd(params, None, {"lr": hyperparams["lr"] / factor})

    return rule


def train(settings: dict[str, Any], steps: int) -> dict[str, Sequence[float]]:
    """Run the lab's settings with `d2lmini.torch.train_ch11`.

    The state of PyTorch's random numbers is afterwards what it was before. The run begins near
    weights of 0, as that function begins.

    Parameters
    ----------
    settings : dict
        Some settings of `Lab`; those left out have its defaults.
    steps : int
        How many steps the run has at most, 1 to `MAX_STEPS`.

    Returns
    -------
    dict
        ``examples``, ``seconds`` and ``losses`` at each log point.

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown or out of its range, or ``steps`` is not an integer from 1 to
        `MAX_STEPS`.
    """
    chosen = check_settings(load_table("lab"), settings)
    loader = LabLoader(chosen, check_integer("steps", steps, highest=MAX_STEPS))
    with torch.random.fork_rng(devices=[]), d2l.quiet():
        torch.manual_seed(chosen["seed"])
        log = d2l.train_ch11(make_rule(loader), None, {"lr": chosen["lr"]}, loader, 5, 1)
    return {"examples": log.examples, "seconds": log.seconds, "losses": log.losses}
