r"""Data-parallel minibatch SGD: k workers share every minibatch, and average their gradients.

One machine, two workers::

    torchrun --standalone --nproc-per-node 2 -m d2lmini.parallel --batch-size 100 --lr 0.4

Four machines with eight GPUs each; the same line on each of them::

    torchrun --nnodes 4 --nproc-per-node 8 --rdzv-backend c10d --rdzv-endpoint HOST:29400 \
        -m d2lmini.parallel --batch-size 1024 --lr 0.4

No worker waits for ever. When another one is killed, frozen or missing, it names the rank and ends
within 20 s (`rendezvous.EXIT_TIMEOUT`). When its launcher was killed, or nobody reads its output
any more, as after the death of a notebook's kernel, it ends within seconds. Started with nohup it
outlives the process that started it, but not a reader.

What others decide:

- torchrun kills a frozen worker 30 s after the others have ended. One that is frozen and has lost
  its launcher, too, stays, and ends when it is let go on.
- Where a whole machine does not come, torchrun starts no worker, and waits as long as
  ``--rdzv-conf join_timeout=SECONDS`` says, 600 s by default.
- A kernel that was killed is noticed where it reads the output itself, as with
  ``subprocess.run(..., capture_output=True)``, and not where the output goes to a file.
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
