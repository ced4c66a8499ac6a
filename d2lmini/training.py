"""The training loop that all frameworks share: count examples, keep time, log, report."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import chain
from typing import Any, NamedTuple

from d2lmini._checks import check_floating, check_integer, check_learning_rate, count_rows, shown
from d2lmini.animator import Animator
from d2lmini.loader import ArrayLoader
from d2lmini.timer import Timer

_ANY = object()  # None would be a wrong number of features

_verbose: ContextVar[bool] = ContextVar("verbose", default=True)


@contextmanager
def quiet() -> Iterator[None]:
    """Train without a figure and without a report, for sweeps over many runs.

    Examples
    --------
    >>> with quiet():
    ...     seconds, losses = train_ch11(sgd, None, {"lr": 0.05}, data_iter, feature_dim)
    """
    token = _verbose.set(False)
    try:
        yield
    finally:
        _verbose.reset(token)


class _Curve(NamedTuple):
    seconds: list[float]
    losses: list[float]


class Log(_Curve):
    """What a run logged; it unpacks as ``seconds, losses``, the pair that `d2l` returns.

    Attributes
    ----------
    seconds : list of float
        The training time at each log point [s].
    losses : list of float
        The loss there.
    examples : list of int
        How many examples had been seen there.
    """

    examples: Sequence[int]

    def __new__(
        cls, seconds: list[float], losses: list[float], examples: Sequence[int] = ()
    ) -> "Log":
        """Return a log of three lists of equal length."""
        log = super().__new__(cls, seconds, losses)
        log.examples = examples
        return log


def log_interval(n: int) -> int:
    """Return the number of examples between two log points.

    Parameters
    ----------
    n : int
        Examples in one pass over the data.

    Returns
    -------
    int
        200, or two fifteenths of a larger data set (200 of 1,500). Evaluating the loss costs time
        in proportion to the data, so the number of log points must not grow with it.
    """
    return max(200, 2 * n // 15)


def check_arguments(
    data_iter: Any,
    num_epochs: Any,
    hyperparams: dict[str, Any],
    rate: str,
    rate_required: bool = False,
    feature_dim: Any = _ANY,
) -> tuple[Any, Any, int]:
    """Check what a training function was given, and return examples of its data.

    A loader other than `ArrayLoader` is iterated once to count its examples: samplers and dropped
    minibatches are then counted as they come.

    Parameters
    ----------
    data_iter : iterable of (X, y)
        The minibatches of one epoch; it can be iterated again and again.
    num_epochs : int
        Passes over the data, at least 1.
    hyperparams : dict
        The hyperparameters of the update rule.
    rate : str
        The learning rate's key in ``hyperparams``.
    rate_required : bool
        Whether the key must be there.
    feature_dim : int, optional
        How many columns ``X`` must have.

    Returns
    -------
    X : array, shape (n, feature_dim) or (batch_size, feature_dim)
        All features of an `ArrayLoader`, otherwise those of the first minibatch.
    y : array
        Their targets.
    n : int
        Examples in one pass over the data.

    Raises
    ------
    TypeError
        If ``data_iter`` can be iterated only once or ``X`` is not floating-point, or a number has
        the wrong type.
    ValueError
        If there is no example, a minibatch is empty, ``X`` has other than ``feature_dim`` columns,
        or a number is out of range.
    """
    check_learning_rate(hyperparams, rate, rate_required)
    if hasattr(data_iter, "__next__"):
        raise TypeError(
            f"data_iter={data_iter!r}: can be gone through only once; must be a list of "
            "minibatches or a loader, which every epoch can go through again"
        )
    X, y, n = _first_and_count(data_iter)
    check_floating("data_iter with features", X)
    if len(X.shape) != 2:
        shape = tuple(X.shape)
        raise ValueError(f"data_iter with features of shape {shape}: must have rows and columns")
    if feature_dim is not _ANY and check_integer("feature_dim", feature_dim) != X.shape[1]:
        raise ValueError(
            f"feature_dim={shown(feature_dim)}: must be {X.shape[1]}, the columns of the data"
        )
    check_integer("num_epochs", num_epochs)
    return X, y, n


def _first_and_count(data_iter: Any) -> tuple[Any, Any, int]:
    if isinstance(data_iter, ArrayLoader):
        X, y = data_iter.tensors[:2]
        return X, y, data_iter.num_examples
    first, n = None, 0
    for X, y in data_iter:
        n += count_rows(data_iter, X)
        first = first or (X, y)
    if first is None:
        raise ValueError(f"data_iter={data_iter!r}: must hold at least one example")
    return *first, n


def mean_over_examples(batch_loss: Callable[[Any, Any], float], data_iter: Iterable[Any]) -> float:
    """Return the mean loss over all examples.

    Parameters
    ----------
    batch_loss : callable
        ``batch_loss(X, y)`` returns the sum of the losses of a minibatch.
    data_iter : iterable of (X, y)
        The minibatches. The rows of an `ArrayLoader` are taken in order.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If ``data_iter`` is empty, or one of its minibatches is.
    """
    batches = data_iter.in_order() if isinstance(data_iter, ArrayLoader) else data_iter
    total, count = 0.0, 0
    for X, y in batches:
        count += count_rows(data_iter, X)
        total += batch_loss(X, y)
    if count == 0:
        raise ValueError(f"data_iter={data_iter!r}: must hold at least one example")
    return total / count


def train(
    step: Callable[[Any, Any], object],
    evaluate: Callable[[], float],
    data_iter: Iterable[tuple[Any, Any]],
    n: int,
    num_epochs: int,
    synchronize: Callable[[], object] = lambda: None,
) -> Log:
    """Take one step a minibatch, log the loss at intervals, and report how the run ended.

    The clock stands still while the loss is evaluated and drawn. A run stops when its loss is no
    longer finite.

    Parameters
    ----------
    step : callable
        ``step(X, y)`` updates the model from one minibatch.
    evaluate : callable
        ``evaluate()`` returns the loss over the whole data set.
    data_iter : iterable of (X, y)
        The minibatches of one epoch; it can be iterated again and again.
    n : int
        Examples in one pass over the data, as `check_arguments` counts them.
    num_epochs : int
        Passes over the data, at least 1.
    synchronize : callable
        Returns when the device has finished its work; called before the clock is read. Frameworks
        that compute asynchronously need it.

    Returns
    -------
    Log

    Raises
    ------
    ValueError
        If a minibatch is empty, or there is none.
    """
    interval = log_interval(n)
    losses: list[float] = []
    examples: list[int] = []
    animator = None
    if _verbose.get():
        animator = Animator("epoch", "loss", xlim=(0, num_epochs))
    start, seen, logged = evaluate(), 0, 0
    synchronize()
    timer = Timer()

    def add_log_point() -> None:
        synchronize()
        timer.stop()
        losses.append(evaluate())
        examples.append(seen)
        if animator is not None:
            animator.add(seen / n, losses[-1])
        timer.start()

    for X, y in chain.from_iterable(data_iter for _ in range(num_epochs)):
        rows = count_rows(data_iter, X)
        step(X, y)
        seen += rows
        if seen // interval > logged // interval:
            add_log_point()
            logged = seen
            if not math.isfinite(losses[-1]):
                break
    if seen == 0:  # the data ended after it was counted
        raise ValueError(f"data_iter={data_iter!r}: must hold at least one example")
    if logged < seen:
        add_log_point()
    log = Log(timer.cumsum(), losses, examples)
    if animator is not None:
        print(report(log, start, n, num_epochs))
    return log


def report(log: Log, start: float, n: int, num_epochs: int) -> str:
    """Return one line that says how a run ended.

    Parameters
    ----------
    log : Log
        What the run logged.
    start : float
        The loss before the first step; a run that ends above it has diverged.
    n : int
        Examples in one pass over the data.
    num_epochs : int
        Passes requested.

    Returns
    -------
    str
        Such as ``loss: 0.243, 0.003 sec/epoch``, or a line that begins with ``diverged``.
    """
    loss, epochs = log.losses[-1], log.examples[-1] / n
    pace = f"{log.seconds[-1] / epochs:.3f} sec/epoch"
    if not math.isfinite(loss):
        return (
            f"diverged: the loss is {loss} after {epochs:.2f} of {num_epochs} epochs "
            f"(it began at {start:.3g}), {pace}"
        )
    if loss > start:
        return f"diverged: the loss grew from {start:.3g} to {loss:.3g}, {pace}"
    return f"loss: {loss:.3f}, {pace}"
