"""Measure the seconds an epoch of the package `d2l`, its figure included; print them as JSON.

`benchmarks.lab` runs this where that package was downloaded, in a folder beside its `data`.
"""

import importlib.abc
import importlib.machinery
import json
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any
from unittest.mock import MagicMock

import matplotlib
import torch

from benchmarks.epoch import LEARNING_RATES

OTHER_CHAPTERS = ("torchvision", "gym", "gymnasium", "pandas", "requests", "scipy")
"""What `d2l` imports for other chapters; the training of this one needs none of it."""


class _Placeholder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Import an object without behaviour for each package of `OTHER_CHAPTERS`."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Return a specification for the packages in question, and None for others."""
        known = fullname.split(".")[0] in OTHER_CHAPTERS
        return importlib.machinery.ModuleSpec(fullname, self) if known else None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> Any:
        """Return an object that has every attribute."""
        return MagicMock(__path__=[], __spec__=spec)

    def exec_module(self, module: ModuleType) -> None:
        """Run nothing."""


def sgd(params: list[torch.Tensor], states: None, hyperparams: dict[str, float]) -> None:
    """Take one step of minibatch SGD, as the section's own update rule.

    Parameters
    ----------
    params : list of Tensor
        Changed in place by their gradients, which are set to zero.
    states : None
        Not used.
    hyperparams : dict
        The learning rate as ``lr``.
    """
    with torch.no_grad():
        for p in params:
            p -= hyperparams["lr"] * p.grad
            p.grad.zero_()


def main() -> None:
    """Print the median of three runs for each batch size."""
    sys.meta_path.append(_Placeholder())
    matplotlib.use("Agg")
    from d2l import torch as d2l  # needs the placeholders

    seconds = {}
    for batch_size, lr in LEARNING_RATES.items():
        times = []
        for _ in range(3):
            data_iter, feature_dim = d2l.get_data_ch11(batch_size)
            timer = d2l.Timer()
            d2l.train_ch11(sgd, None, {"lr": lr}, data_iter, feature_dim, 2)
            times.append(timer.stop() / 2)
        seconds[batch_size] = sorted(times)[1]
    print(json.dumps(seconds))


if __name__ == "__main__":
    main()
