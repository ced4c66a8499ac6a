"""The training loop that all frameworks share."""

import math
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from d2lmini.checks import count_rows, floating_type, whole_number
from d2lmini.plotting import Animator
from d2lmini.timer import Timer

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


def log_interval(n: int) -> int:
    """Return how many examples lie between two log points.

    Parameters
    ----------
    n : int
        Examples in a pass over the data.

    Returns
    -------
    int
        200; of large data sets two fifteenths, as 200 are of 1,500. To evaluate the loss costs as
        much as the data is long, so the number of log points must not grow with it.
    """
    return max(200, 2 * n // 15)


def logged_examples(n: int, batch_size: int, num_epochs: int) -> Iterator[int]:
    """Yield the numbers of examples seen at which `train` logs the loss.

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
    logged, interval = 0, log_interval(n)
    ends = [min(start + batch_size, n) for start in range(0, n, batch_size)]
    for epoch in range(num_epochs):
        for end in ends:
            seen = epoch * n + end
            if seen // interval > logged // interval or seen == num_epochs * n:
                logged = seen
                yield seen


def peek(data_iter: Any, feature_dim: int | None = None) -> tuple[Any, Any, int]:
    """Return features and targets to learn their types from, and the number of examples in a pass.

    Data with the attributes ``tensors`` and ``num_examples`` is asked. Any other is gone through
    once, and counted: only so are samplers and dropped minibatches counted as they come.

    Parameters
    ----------
    data_iter : iterable of (X, y)
        The minibatches of one pass; it can be iterated again and again.
    feature_dim : int, optional
        How many columns ``X`` must have.

    Returns
    -------
    X : array, shape (batch_size, feature_dim)
        All features, or those of the first minibatch.
    y : array
        Their targets.
    n : int

    Raises
    ------
    TypeError
        If ``data_iter`` can be gone through only once, or ``X`` is not floating-point.
    ValueError
        If there is no example, a minibatch is empty, or ``X`` has other than ``feature_dim``
        columns.
    """
    if hasattr(data_iter, "__next__"):
        raise TypeError(
            f"data_iter={data_iter!r}: can be gone through only once; must be a list of "
            "minibatches or a loader, which every epoch can go through again"
        )
    if hasattr(data_iter, "tensors") and hasattr(data_iter, "num_examples"):
        X, y = data_iter.tensors[:2]
        n = data_iter.num_examples
    else:
        X, y, n = _first_and_count(data_iter)
    floating_type("data_iter with features", X)
    if len(X.shape) != 2:
        shape = tuple(X.shape)
        raise ValueError(f"data_iter with features of shape {shape}: must have rows and columns")
    if feature_dim is not None:
        whole_number("feature_dim", feature_dim)
        if feature_dim != X.shape[1]:
            raise ValueError(
                f"feature_dim={feature_dim}: must be {X.shape[1]}, the columns of the data"
            )
    return X, y, n


def _first_and_count(data_iter: Iterable[Any]) -> tuple[Any, Any, int]:
    """Return the first minibatch and the number of examples in all."""
    first, n = None, 0
    for X, y in data_iter:
        n += count_rows(data_iter, X)
        first = first or (X, y)
    if first is None:
        raise ValueError(f"data_iter={data_iter!r}: must hold at least one example")
    return *first, n


def train(
    step: Callable[[Any, Any], None],
    evaluate: Callable[[], float],
    data_iter: Iterable[tuple[Any, Any]],
    n: int,
    num_epochs: int,
    synchronize: Callable[[], object] = lambda: None,
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
    n : int
        How many examples they hold together, as `peek` counts them.
    num_epochs : int
        How many passes over the data, at least 1.
    synchronize : callable
        Returns when the device has finished all it was asked to do; the clock is read only then.
        Frameworks that compute while the program goes on need it.

    Returns
    -------
    seconds : list of float
        The training time at each log point [s].
    losses : list of float
        The loss there.
    """
    num_epochs = whole_number("num_epochs", num_epochs)
    interval = log_interval(n)
    animator = None
    if _shown.get():
        animator = Animator(xlabel="epoch", ylabel="loss", xlim=(0, num_epochs))
    start, losses, seen, logged = evaluate(), [], 0, 0
    synchronize()
    timer = Timer()

    def log() -> None:
        synchronize()
        timer.stop()
        losses.append(evaluate())
        if animator is not None:
            animator.add(seen / n, losses[-1])
        timer.start()

    for X, y in _batches(data_iter, num_epochs):
        step(X, y)
        seen += len(X)
        if seen // interval > logged // interval:
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
