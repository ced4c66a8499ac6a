r"""Data-parallel minibatch SGD: k workers share every minibatch, and average their gradients.

One machine, two workers::

    torchrun --standalone --nproc-per-node 2 -m d2lmini.parallel --batch-size 100 --lr 0.4

Four machines with eight GPUs each; the same line on each of them::

    torchrun --nnodes 4 --nproc-per-node 8 --rdzv-backend c10d --rdzv-endpoint HOST:29400 \
        -m d2lmini.parallel --batch-size 1024 --lr 0.4
"""

from d2lmini.parallel.training import (
    MAX_SEED,
    MAX_WIDTH,
    Report,
    random_features,
    shard,
    sum_gradients,
    train,
)

__all__ = [
    "MAX_SEED",
    "MAX_WIDTH",
    "Report",
    "random_features",
    "shard",
    "sum_gradients",
    "train",
]
