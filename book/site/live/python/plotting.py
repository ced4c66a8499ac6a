"""Line plots as `d2lmini.plotting` has them, drawn by the page."""

from json import dumps

import _kernels as _k
from numpy import ndarray


def plot(X, Y=None, xlabel=None, ylabel=None, legend=None, **options):
    """Draw one or several lines."""
    for name in options:
        raise NotImplementedError("plot(" + name + "=…): not in the page; it is in a notebook")
    if Y is None:
        ys = _lines(X)
        xs = [list(range(len(y))) for y in ys]
        longest = max(xs, key=len) if xs else []
        xs = [longest] if all(len(x) == len(longest) for x in xs) else xs
    else:
        xs, ys = _lines(X), _lines(Y)
    if len(xs) not in (1, len(ys)):
        raise ValueError(
            "X with "
            + str(len(xs))
            + " sets: must be 1 set or one for each of "
            + str(len(ys))
            + " lines"
        )
    if any(x != xs[0] for x in xs):
        raise NotImplementedError("plot of lines with different x: not in the page's small plot")
    for y in ys:
        if len(y) != len(xs[0]):
            raise ValueError(
                "x and y must have same first dimension, but have shapes ("
                + str(len(xs[0]))
                + ",) and ("
                + str(len(y))
                + ",)"
            )
    labels = [str(label) for label in legend] if legend else []
    _k.curve(dumps([_sent(xs[0]), [_sent(y) for y in ys], labels, xlabel or "", ylabel or ""]))


def _sent(values):
    """Return numbers as text, of which every one is a float in JavaScript, too."""
    return [_k.float_text(v) for v in values]


def _lines(values):
    """Split what `plot` was given into lines: a list of lists or arrays holds one line each."""
    items = list(values)
    if items and all(isinstance(item, (list, tuple, ndarray)) for item in items):
        return [_numbers(item) for item in items]
    return [_numbers(items)]


def _numbers(values):
    values = values.tolist() if isinstance(values, ndarray) else values
    return [float(v) for v in values]
