"""The lab's runs in PyTorch, by the package's own training function."""

from typing import Any

import numpy as np
import torch
from torch import Tensor

from d2lmini import torch as d2l
from d2lmini._checks import check_integer
from d2lmini.data import whitened_airfoil
from d2lmini.lab.settings import check_setting, check_settings


class ReplacementLoader(d2l.ArrayLoader):
    """Minibatches whose rows are drawn with replacement, as many as there are rows."""

    def _permutation(self) -> Tensor:
        return torch.randint(self.num_examples, (self.num_examples,))


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

    Raises
    ------
    TypeError, ValueError
        If an argument is not one of the lab's values.
    """
    batch_size = int(check_setting("batch_size", batch_size))
    genie = bool(check_setting("genie", genie))
    replacement = bool(check_setting("replacement", replacement))
    arrays = [np.concatenate([a, a]) if genie else a for a in whitened_airfoil()]
    loader = ReplacementLoader if replacement else d2l.ArrayLoader
    return loader([torch.as_tensor(a) for a in arrays], batch_size, is_shuffled=True)


def make_rule(steps_per_epoch: int, momentum: float = 0.0, decay: bool = False) -> d2l.UpdateRule:
    """Return SGD with momentum, and with a rate that may fall by ten after each epoch.

    Parameters
    ----------
    steps_per_epoch : int
        After how many steps an epoch ends.
    momentum : float
        What remains of the velocity at each step, 0 to 0.99.
    decay : bool
        Whether the rate falls.

    Returns
    -------
    callable
        An update rule for `d2lmini.torch.train_ch11`; it counts its own steps.

    Raises
    ------
    TypeError, ValueError
        If an argument is not one of the lab's values.
    """
    steps_per_epoch = check_integer("steps_per_epoch", steps_per_epoch)
    momentum = check_setting("momentum", momentum)
    decay = bool(check_setting("decay", decay))
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

    The state of PyTorch's random numbers is afterwards what it was before.

    Parameters
    ----------
    settings : dict
        As the lab has them: ``batch_size``, ``lr``, ``num_epochs``, ``momentum``, ``replacement``,
        ``decay``, ``genie``, ``seed``; those left out have the lab's defaults.

    Returns
    -------
    dict
        ``epochs``, ``seconds`` and ``losses`` at each log point.

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown or out of its range.
    """
    chosen = check_settings(settings)
    num_epochs = chosen["num_epochs"]
    data_iter = make_loader(chosen["batch_size"], chosen["genie"], chosen["replacement"])
    rule = make_rule(len(data_iter), chosen["momentum"], chosen["decay"])
    with torch.random.fork_rng(devices=[]), d2l.quiet():
        torch.manual_seed(chosen["seed"])
        log = d2l.train_ch11(rule, None, {"lr": chosen["lr"]}, data_iter, 5, num_epochs)
    epochs = [examples / data_iter.num_examples for examples in log.examples]
    return {"epochs": epochs, "seconds": log.seconds, "losses": log.losses}
