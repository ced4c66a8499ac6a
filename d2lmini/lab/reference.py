"""The lab's runs in PyTorch, by the package's own training function."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import torch
from torch import Tensor

from d2lmini import torch as d2l
from d2lmini.checks import positive_number, whole_number
from d2lmini.data import whitened_airfoil
from d2lmini.training import logged_examples


class Redrawn(d2l.ArrayLoader):
    """Minibatches whose rows are drawn anew each time, with replacement."""

    def __iter__(self) -> Iterator[tuple[Tensor, ...]]:
        """Yield as many draws as there are rows."""
        order = torch.randint(self.num_examples, (self.num_examples,))
        yield from zip(*(t[order].split(self.batch_size) for t in self.tensors), strict=True)


def make_loader(batch_size: int, genie: bool = False, replacement: bool = False) -> d2l.ArrayLoader:
    """Return minibatches of the table, as the lab's settings ask for them.

    Parameters
    ----------
    batch_size : int
        Rows in a minibatch, 1 to 1500.
    genie : bool
        Whether every row is there twice.
    replacement : bool
        Whether rows are drawn with replacement.

    Returns
    -------
    ArrayLoader
    """
    batch_size = whole_number("batch_size", batch_size, highest=1500)
    arrays = [np.concatenate([a, a]) if genie else a for a in whitened_airfoil()]
    kind = Redrawn if replacement else d2l.ArrayLoader
    return kind([torch.as_tensor(a) for a in arrays], batch_size, shuffle=True)


def make_rule(steps_per_epoch: int, momentum: float = 0.0, decay: bool = False) -> d2l.UpdateRule:
    """Return SGD with momentum, and with a rate that may fall by ten after each epoch.

    Parameters
    ----------
    steps_per_epoch : int
        After how many steps an epoch ends.
    momentum : float
        What remains of the velocity at each step, 0 to 1.
    decay : bool
        Whether the rate falls.

    Returns
    -------
    callable
        An update rule for `d2lmini.torch.train_ch11`; it counts its own steps.
    """
    velocities: list[Tensor] = []
    steps = 0

    def rule(params: list[Tensor], states: Any, hyperparams: dict[str, Any]) -> None:
        nonlocal steps
        velocities.extend(torch.zeros_like(p) for p in params[len(velocities) :])
        for p, velocity in zip(params, velocities, strict=True):
            velocity.mul_(momentum).add_(p.grad)
            p.grad.copy_(velocity)
        lr = hyperparams["lr"] / (10 ** (steps // steps_per_epoch) if decay else 1)
        d2l.sgd(params, None, {"lr": lr})
        steps += 1

    return rule


def train(settings: dict[str, Any]) -> dict[str, list[float]]:
    """Run the lab's settings with `d2lmini.torch.train_ch11`.

    Parameters
    ----------
    settings : dict
        As the lab has them: ``batch_size``, ``lr``, ``num_epochs``, ``momentum``, ``replacement``,
        ``decay``, ``genie``, ``seed``.

    Returns
    -------
    dict
        ``epochs``, ``seconds`` and ``losses`` at each log point.

    Raises
    ------
    TypeError, ValueError
        If a setting is out of its range.
    """
    num_epochs = whole_number("num_epochs", settings["num_epochs"])
    data_iter = make_loader(settings["batch_size"], settings["genie"], settings["replacement"])
    rule = make_rule(len(data_iter), settings["momentum"], settings["decay"])
    hyperparams = {"lr": positive_number("lr", settings["lr"])}
    torch.manual_seed(whole_number("seed", settings["seed"], lowest=0))
    with d2l.quiet():
        seconds, losses = d2l.train_ch11(rule, None, hyperparams, data_iter, 5, num_epochs)
    n = data_iter.num_examples
    seen = list(logged_examples(n, data_iter.batch_size, num_epochs))[: len(losses)]
    return {"epochs": [examples / n for examples in seen], "seconds": seconds, "losses": losses}
