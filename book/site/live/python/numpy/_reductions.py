"""Sums and the like, over all elements or along an axis."""

import _kernels as _k

from ._array import checked_integers, new
from ._kinds import (
    ALL,
    AMIN,
    ANY,
    ARGMAX,
    ARGMIN,
    BOOL,
    FLOAT,
    INT,
    MEAN,
    MEDIAN,
    PROD,
    SINGLE,
    STD,
    SUM,
    VAR,
    missing,
)

REDUCED = ("add", "mean", "minimum", "maximum", "argmin", "argmax")
_reduce_kernel = _k.reduce


def check_axis(axis, nd):
    """Return an axis as a number from 0 on."""
    if type(axis) is not int:
        raise missing("axis=" + repr(axis))
    if not -nd <= axis < nd:
        raise ValueError(
            "axis " + str(axis) + " is out of bounds for array of dimension " + str(nd)
        )
    return axis % nd


def reduce(a, f, axis=None, keepdims=False, ddof=0):
    """Return the sum, or the like, of all elements or along an axis."""
    p, nd, m, n, sm, sn, k = a._h
    if k == SINGLE:
        raise missing("float32's arithmetic: use .astype(float)")
    if axis is not None:
        axis = check_axis(axis, nd)
        if nd == 1:
            axis = None
    size = m * n if axis is None else m if axis == 0 else n
    if size == 0 and AMIN <= f <= ARGMAX:
        name = REDUCED[f]
        if f >= ARGMIN:
            raise ValueError("attempt to get " + name + " of an empty sequence")
        raise ValueError(
            "zero-size array to reduction operation " + name + " which has no identity"
        )
    if f in (MEAN, VAR, STD, MEDIAN):
        kind = FLOAT
    elif f in (ARGMIN, ARGMAX):
        kind = INT
    elif f in (ANY, ALL):
        kind = BOOL
    else:
        kind = INT if k == BOOL and f in (SUM, PROD) else k
    if axis is None:
        if nd == 2 and not (sn == 1 and sm == n):
            if sm == 1 and sn == m and f not in (ARGMIN, ARGMAX):
                pass  # in the order of the memory, as NumPy does
            else:
                a = a.copy()
                p = a._h[0]
            sn = 1
        out = new(1 + keepdims * (nd - 1), 1, 1, kind)
        _reduce_kernel(f, out._h[0], p, 1, 0, m * n, sn, ddof)
    elif axis == 0:
        out = new(1 + keepdims, 1, n, kind)
        _reduce_kernel(f, out._h[0], p, n, sn, m, sm, ddof)
    else:
        out = new(2, m, 1, kind) if keepdims else new(1, 1, m, kind)
        _reduce_kernel(f, out._h[0], p, m, sm, n, sn, ddof)
    if kind == INT and f in (SUM, PROD):
        checked_integers(out)
    return out if keepdims or axis is not None else out._at(0)


def cumsum(a, axis=None):
    """Return running sums."""
    p, nd, m, n, sm, sn, k = a._h
    if k == SINGLE:
        raise missing("float32's arithmetic: use .astype(float)")
    if axis is None or nd == 1:
        if axis is not None:
            check_axis(axis, nd)
        a = a.ravel()
        out = new(1, 1, a.size, INT if k == BOOL else k)
        _k.cumsum(out._h[0], 0, 1, a._h[0], 1, 0, a.size, a._h[5])
    else:
        out = new(2, m, n, INT if k == BOOL else k)
        if check_axis(axis, nd) == 0:
            _k.cumsum(out._h[0], 1, n, p, n, sn, m, sm)
        else:
            _k.cumsum(out._h[0], n, 1, p, m, sm, n, sn)
    return checked_integers(out) if out._h[6] == INT else out
