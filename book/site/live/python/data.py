"""The airfoil table as `d2lmini.data` has it."""

import _kernels as _k
from numpy import _array, _kinds

ROWS = 1503
COLUMNS = 6


def whitened_airfoil(n=1500):
    """Return features and target, each column with mean 0 and variance 1 over the whole table."""
    if type(n) is not int:
        raise TypeError("n=" + repr(n) + ": must be an integer")
    if not 1 <= n <= ROWS:
        raise ValueError("n=" + str(n) + ": must be an integer from 1 to 1503")
    table = _array.new(2, ROWS, COLUMNS, _kinds.FLOAT)
    _k.airfoil(table._h[0])
    features, target = _single(table[:n, :-1]), _single(table[:n, -1])
    return features, target


def _single(a):
    p, nd, m, n, sm, sn, _ = a._h
    return _array.ndarray(a._b, (p, nd, m, n, sm, sn, _kinds.SINGLE))
