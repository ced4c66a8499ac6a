"""The training loop that all frameworks share."""

import math
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from d2lmini.checks import whole_number
from d2lmini.plotting import Animator
from d2lmini.timer import Timer

LOG_EVERY = 200
"""The loss is logged each time this many further examples were passed, and at the end."""


_shown: ContextVar[bool] = ContextVar("shown", default=True)


@contextmanager
def quiet() -> Iterator[None]:
    """Train without figure and closing line, for sweeps over many runs.

    Examples
    --------
    >>> with quiet():
    ...     seconds, losses = train_ch11(sgd, None, {"lr": 0.05}, data_iter, feature_dim)
    """
    token = _shown.set(False)
    try:
        yield
    finally:
        _shown.reset(token)


def num_examples(data_iter: Any) -> int:
    """Return how many examples one pass over ``data_iter`` holds.

    Parameters
    ----------
    data_iter : iterable of batches
        One with the attribute ``num_examples`` or ``dataset`` is asked; any other is counted.

    Returns
    -------
    int
    """
    if hasattr(data_iter, "num_examples"):
        return int(data_iter.num_examples)
    if hasattr(data_iter, "dataset"):
        return len(data_iter.dataset)
    return sum(len(X) for X, *_ in data_iter)


def logged_examples(n: int, batch_size: int, num_epochs: int) -> Iterator[int]:
    """Tell at which numbers of examples seen `train` logs the loss.

    Parameters
    ----------
    n : int
        Examples in the data set.
    batch_size : int
        Rows in a minibatch; the last one of an epoch may be shorter.
    num_epochs : int
        How many passes over the data.

    Yields
    ------
    int
    """
    logged = 0
    ends = [min(start + batch_size, n) for start in range(0, n, batch_size)]
    for epoch in range(num_epochs):
        for end in ends:
            seen = epoch * n + end
            if seen // LOG_EVERY > logged // LOG_EVERY or seen == num_epochs * n:
                logged = seen
                yield seen


def num_features(data_iter: Any) -> int:
    """Return how many features an example has.

    Parameters
    ----------
    data_iter : iterable of (X, y)
        One with the attribute ``tensors`` is asked; of any other the first minibatch is drawn.

    Returns
    -------
    int
    """
    X = data_iter.tensors[0] if hasattr(data_iter, "tensors") else next(iter(data_iter))[0]
    return int(X.shape[1])


def check_feature_dim(feature_dim: int, data_iter: Any) -> None:
    """Refuse a number of features that is not the data's.

    Parameters
    ----------
    feature_dim : int
        What the caller said.
    data_iter : iterable of (X, y)
        Compared where it has the attribute ``tensors``.

    Raises
    ------
    TypeError, ValueError
        If they differ, or ``feature_dim`` is no integer >= 1.
    """
    whole_number("feature_dim", feature_dim)
    if hasattr(data_iter, "tensors") and feature_dim != num_features(data_iter):
        raise ValueError(
            f"feature_dim={feature_dim}: must be {num_features(data_iter)}, the columns of the data"
        )


def train(
    step: Callable[[Any, Any], None],
    evaluate: Callable[[], float],
    data_iter: Iterable[tuple[Any, Any]],
    num_epochs: int,
    wait: Callable[[], object] = lambda: None,
) -> tuple[list[float], list[float]]:
    """Take one step a minibatch, log the loss now and then, and say how it ended.

    The clock stands still while the loss is evaluated and drawn. A run whose loss is no longer
    finite ends there; one that ends above the loss it began with is reported as diverged.

    Parameters
    ----------
    step : callable
        ``step(X, y)`` updates the model from one minibatch.
    evaluate : callable
        ``evaluate()`` returns the loss over the whole data set.
    data_iter : iterable of (X, y)
        The minibatches of one epoch; it can be iterated again and again.
    num_epochs : int
        How many passes over the data, at least 1.
    wait : callable
        ``wait()`` returns when the device has finished all it was asked to do; the clock is read
        only then. Frameworks that compute while the program goes on need it.

    Returns
    -------
    seconds : list of float
        The training time at each log point [s].
    losses : list of float
        The loss there.
    """
    num_epochs = whole_number("num_epochs", num_epochs)
    n = num_examples(data_iter)
    animator = None
    if _shown.get():
        animator = Animator(xlabel="epoch", ylabel="loss", xlim=(0, num_epochs))
    start, losses, seen, logged = evaluate(), [], 0, 0
    wait()
    timer = Timer()

    def log() -> None:
        wait()
        timer.stop()
        losses.append(evaluate())
        if animator is not None:
            animator.add(seen / n, losses[-1])
        timer.start()

    for X, y in _batches(data_iter, num_epochs):
        step(X, y)
        seen += len(X)
        if seen // LOG_EVERY > logged // LOG_EVERY:
            log()
            logged = seen
            if not math.isfinite(losses[-1]):
                break
    if logged < seen:
        log()
    if animator is not None:
        print(closing_line(start, losses[-1], seen / n, num_epochs, timer.sum()))
    return timer.cumsum(), losses


def closing_line(start: float, loss: float, epochs: float, num_epochs: int, seconds: float) -> str:
    """Say in one line how a run ended.

    Parameters
    ----------
    start, loss : float
        The loss before the first step and after the last.
    epochs : float
        How many passes over the data were made.
    num_epochs : int
        How many were asked for.
    seconds : float
        How long the training took [s].

    Returns
    -------
    str
        ``loss: 0.243, 0.003 sec/epoch``, or a line that begins with ``diverged``.
    """
    pace = f"{seconds / epochs:.3f} sec/epoch"
    if not math.isfinite(loss):
        return (
            f"diverged: the loss is {loss} after {epochs:.2f} of {num_epochs} epochs "
            f"(it began at {start:.3g}), {pace}"
        )
    if loss > start:
        return f"diverged: the loss grew from {start:.3g} to {loss:.3g}, {pace}"
    return f"loss: {loss:.3f}, {pace}"


def _batches(data_iter: Iterable[Any], num_epochs: int) -> Iterable[Any]:
    for _ in range(num_epochs):
        yield from data_iter
