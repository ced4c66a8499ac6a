"""Measure the seconds an epoch of `train_ch11`; as a program, print them as JSON.

    PYTHONPATH=TREE python -P benchmarks/epoch.py TREE

TREE is the folder whose `d2lmini` is measured. Only names that every revision of the package has
are used, so that revisions can be compared.
"""

import json
import sys
import time
from pathlib import Path
from statistics import median

import d2lmini
from d2lmini import torch as d2l

LEARNING_RATES = {1: 0.005, 10: 0.05, 100: 0.4, 1500: 0.9}
"""Batch size -> learning rate."""
EPOCHS = {1: 2, 10: 10, 100: 50, 1500: 200}
"""Batch size -> epochs of a run, so that each run takes long enough to be timed."""
REPEATS = 5


def seconds_per_epoch(batch_size: int) -> dict[str, float]:
    """Return the medians over several runs, without figure and after a run that is not counted.

    Parameters
    ----------
    batch_size : int
        A key of `LEARNING_RATES`.

    Returns
    -------
    dict
        ``training``: what the run itself reports [s]; ``call``: the whole call, the losses that
        are logged included [s].
    """
    data_iter, feature_dim = d2l.get_data_ch11(batch_size)
    num_epochs, hyperparams = EPOCHS[batch_size], {"lr": LEARNING_RATES[batch_size]}
    training, call = [], []
    with d2l.quiet():
        d2l.train_ch11(d2l.sgd, None, hyperparams, data_iter, feature_dim, 1)
        for _ in range(REPEATS):
            start = time.perf_counter()
            seconds, _ = d2l.train_ch11(
                d2l.sgd, None, hyperparams, data_iter, feature_dim, num_epochs
            )
            call.append((time.perf_counter() - start) / num_epochs)
            training.append(seconds[-1] / num_epochs)
    return {"training": median(training), "call": median(call)}


if __name__ == "__main__":
    if not Path(d2lmini.__file__).is_relative_to(sys.argv[1]):
        sys.exit(f"{d2lmini.__file__} was imported, and not the package in {sys.argv[1]}")
    print(json.dumps({b: seconds_per_epoch(b) for b in LEARNING_RATES}))
