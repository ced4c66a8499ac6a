"""Shapes: checked, changed and shown."""

from ._array import ndarray
from ._kinds import NAMES, SINGLE, missing


def repr_of(text, shape, kind):
    extras = []
    size = shape[0] if len(shape) == 1 else shape[0] * shape[1]
    if (size == 0 and shape != (0,)) or size > 1000:
        extras.append("shape=" + str(shape))
    if kind == SINGLE or size == 0:
        extras.append("dtype=" + NAMES[kind])
    if not extras:
        return "array(" + text + ")"
    more = ", ".join(extras) + ")"
    last = len("array(" + text + ",") - (("array(" + text).rfind("\n") + 1)
    gap = "\n      " if last + len(more) + 1 > 75 else " "
    return "array(" + text + "," + gap + more


def check_shape(shape):
    """Return a shape as (ndim, rows, columns)."""
    t = type(shape)
    if t is int:
        shape = (shape,)
    elif t is not tuple and t is not list:
        raise TypeError("shape=" + repr(shape) + ": must be an integer or a tuple of integers")
    for n in shape:
        if type(n) is not int:
            raise TypeError("'" + type(n).__name__ + "' object cannot be interpreted as an integer")
        if n < 0:
            raise ValueError("negative dimensions are not allowed")
    if not 1 <= len(shape) <= 2:
        raise missing("array of " + str(len(shape)) + " axes")
    return (1, 1, shape[0]) if len(shape) == 1 else (2, shape[0], shape[1])


def reshape(a, shape):
    """Return an array with other axes, with the same numbers where they lie in order."""
    shape = [shape] if type(shape) is int else list(shape)
    size = a.size
    text = str(tuple(shape)).replace(" ", "")
    if shape.count(-1) > 1:
        raise ValueError("can only specify one unknown dimension")
    if -1 in shape:
        known = 1
        for n in shape:
            known *= n if n != -1 else 1
        if known <= 0 or size % known:
            raise ValueError("cannot reshape array of size " + str(size) + " into shape " + text)
        shape[shape.index(-1)] = size // known
    nd, m, n = check_shape(tuple(shape))
    if m * n != size:
        raise ValueError("cannot reshape array of size " + str(size) + " into shape " + text)
    p, nd1, m1, n1, sm, sn, k = a._h
    if nd1 == 1:
        return ndarray(a._b, (p, nd, m, n, n * sn, sn, k))
    if not (sn == 1 and (sm == n1 or m1 == 1)):
        a = a.copy()
    return ndarray(a._b, (a._h[0], nd, m, n, n, 1, k))
