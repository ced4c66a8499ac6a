"""Norms and linear equations."""

import _kernels as _k

from . import _array, _kinds


class LinAlgError(ValueError):
    """What numpy raises for a singular matrix."""


def __getattr__(name):
    if name[:2] == "__":
        raise AttributeError(name)
    raise _kinds.missing("linalg." + name)


def norm(a, axis=None):
    """Return the root of the sum of squares."""
    a = _array.as_array(a, "linalg.norm")
    a = a.astype(float)
    squares = (a * a).sum(axis)
    return squares**0.5


def solve(a, b):
    """Return x with a x = b."""
    a, b = _array.as_array(a, "linalg.solve"), _array.as_array(b, "linalg.solve")
    if a.ndim == 1:
        raise LinAlgError("1-dimensional array given. Array must be at least two-dimensional")
    if a.shape[0] != a.shape[1]:
        raise LinAlgError("Last 2 dimensions of the array must be square")
    if len(b) != len(a):
        raise ValueError(
            "solve: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature "
            "(m,m),(m,n)->(m,n) (size " + str(len(b)) + " is different from " + str(len(a)) + ")"
        )
    left, x = a.astype(float), b.astype(float)
    if _k.solve(left._h[0], len(a), x._h[0], 1 if b.ndim == 1 else b.shape[1]):
        raise LinAlgError("Singular matrix")
    return x
