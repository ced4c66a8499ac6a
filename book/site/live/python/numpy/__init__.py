"""A small numpy for the page's live cells; what it lacks raises NotImplementedError.

A function means what numpy's function of its name means.
"""

# ruff: noqa: D103, F401, N801

from math import inf, nan, pi

import _kernels as _k

from . import _array, _kinds, _operations, _reductions, linalg, random
from ._array import ndarray
from ._kinds import dtype
from ._making import (
    arange,
    array,
    asarray,
    c_,
    column_stack,
    concatenate,
    empty,
    empty_like,
    eye,
    full,
    full_like,
    hstack,
    identity,
    linspace,
    ones,
    ones_like,
    stack,
    vstack,
    zeros,
    zeros_like,
)

newaxis = None
e = 2.718281828459045


class float64:
    """The type of floats."""

    _kind = _kinds.FLOAT

    def __new__(cls, x=0.0):
        return float(x)


class int64:
    """The type of integers."""

    _kind = _kinds.INT

    def __new__(cls, x=0):
        return int(x)


class bool_:
    """The type of truth values."""

    _kind = _kinds.BOOL

    def __new__(cls, x=False):
        return bool(x)


class float32:
    """The type of the data as they are loaded; nothing is computed with it here."""

    _kind = _kinds.SINGLE

    def __new__(cls, x=0.0):
        raise _kinds.missing("float32")


def __getattr__(name):
    if name[:2] == "__":
        raise AttributeError(name)
    raise _kinds.missing(name)


# Functions of each element


def _each(a, f, kind=_kinds.FLOAT):
    a = _array.convert(a)
    if kind == _kinds.FLOAT and _kind_of(a) == _kinds.BOOL:
        raise _kinds.missing("a function of bools")
    if type(a) is ndarray:
        return _operations.unary(a, f, a._h[6] if kind is None else kind)
    if type(a) is bool and kind is None:
        kind = _kinds.BOOL
    elif kind is None:
        kind = _kinds.FLOAT if type(a) is float else _kinds.INT
    return _operations.unary(_array.from_list([a]), f, kind).item()


def sqrt(a):
    return _each(a, _kinds.SQRT)


def exp(a):
    return _each(a, _kinds.EXP)


def log(a):
    return _each(a, _kinds.LOG)


def log2(a):
    return _each(a, _kinds.LOG2)


def log10(a):
    return _each(a, _kinds.LOG10)


def log1p(a):
    return _each(a, _kinds.LOG1P)


def expm1(a):
    return _each(a, _kinds.EXPM1)


def sin(a):
    return _each(a, _kinds.SIN)


def cos(a):
    return _each(a, _kinds.COS)


def tan(a):
    return _each(a, _kinds.TAN)


def tanh(a):
    return _each(a, _kinds.TANH)


def abs(a):
    return _each(a, _kinds.ABS, None)


absolute = abs


def _float_only(a, name):
    a = _array.convert(a)
    if type(a) is bool or (type(a) is ndarray and a._h[6] == _kinds.BOOL):
        raise _kinds.missing(name + " of bool")
    return a


def sign(a):
    return _each(_float_only(a, "sign"), _kinds.SIGN, None)


def floor(a):
    return _each(_float_only(a, "floor"), _kinds.FLOOR, None)


def ceil(a):
    return _each(_float_only(a, "ceil"), _kinds.CEIL, None)


def square(a):
    return power(_float_only(a, "square"), 2)


def round(a, decimals=0):
    a = _array.convert(a)
    return (
        _operations.round_(a, decimals)
        if type(a) is ndarray
        else _operations.round_(array([a]), decimals).item()
    )


def negative(a):
    return -_array.convert(a)


def isfinite(a):
    return _each(a, _kinds.ISFINITE, _kinds.BOOL)


def isnan(a):
    return _each(a, _kinds.ISNAN, _kinds.BOOL)


def logical_not(a):
    return _each(a, _kinds.NOT, _kinds.BOOL)


def _truth(a):
    return _each(a, _kinds.TRUTH, _kinds.BOOL)


def logical_and(a, b):
    return _operations.binary(_truth(a), _truth(b), _kinds.AND)


def logical_or(a, b):
    return _operations.binary(_truth(a), _truth(b), _kinds.OR)


def add(a, b):
    return _operations.binary(a, b, _kinds.ADD)


def subtract(a, b):
    return _operations.binary(a, b, _kinds.SUB)


def multiply(a, b):
    return _operations.binary(a, b, _kinds.MUL)


def divide(a, b):
    return _operations.binary(a, b, _kinds.DIV)


def power(a, b):
    return _operations.binary(a, b, _kinds.POW)


def maximum(a, b):
    return _operations.binary(a, b, _kinds.MAX)


def minimum(a, b):
    return _operations.binary(a, b, _kinds.MIN)


def where(condition, a=None, b=None):
    condition = _array.as_array(condition, "where")
    if a is None or b is None:
        raise _kinds.missing("where without values")
    x, y = _array.convert(a), _array.convert(b)
    # The sum of all three has the shape, and that of the two values the kind, of the result.
    like = (_truth(condition) & False) + _shape_of(x) + _shape_of(y)
    kind, other = _kind_of(x), _kind_of(y)
    kind = other if other > kind else kind
    if kind == _kinds.SINGLE:
        raise _kinds.missing("float32's arithmetic: use .astype(float)")
    full_ = [_filled(like, v) for v in (condition, x, y)]
    out = _array.new(like.ndim, like._h[2], like._h[3], kind)
    places = [z for v in full_ for z in (v._h[0], v._h[4], v._h[5])]
    _k.where(out._h[0], out._h[2], out._h[3], *places)
    return out


def _kind_of(x):
    if type(x) is ndarray:
        return x._h[6]
    return _kinds.FLOAT if type(x) is float else _kinds.INT if type(x) is int else _kinds.BOOL


def _shape_of(x):
    return zeros(x.shape, dtype=bool) if type(x) is ndarray else False


def _filled(like, x):
    out = _array.new(like.ndim, like._h[2], like._h[3], _kind_of(x))
    out.fill(x)
    return out


# Sums and the like


def sum(a, axis=None, keepdims=False):
    if type(a) not in (ndarray, list, tuple):
        a = list(a)
    return asarray(a).sum(axis, keepdims)


def _number_itself(a):
    return array([a]) if type(a) in (float, int, bool) else asarray(a)


def mean(a, axis=None, keepdims=False):
    return _number_itself(a).mean(axis, keepdims)


def min(a, axis=None, keepdims=False):
    return _number_itself(a).min(axis, keepdims)


def max(a, axis=None, keepdims=False):
    return _number_itself(a).max(axis, keepdims)


amin, amax = min, max


def argmin(a, axis=None):
    return asarray(a).argmin(axis)


def argmax(a, axis=None):
    return asarray(a).argmax(axis)


def var(a, axis=None, ddof=0, keepdims=False):
    return asarray(a).var(axis, ddof, keepdims)


def std(a, axis=None, ddof=0, keepdims=False):
    return asarray(a).std(axis, ddof, keepdims)


def prod(a, axis=None, keepdims=False):
    return asarray(a).prod(axis, keepdims)


def any(a, axis=None, keepdims=False):
    return _number_itself(a).any(axis, keepdims)


def all(a, axis=None, keepdims=False):
    return _number_itself(a).all(axis, keepdims)


def median(a, axis=None, keepdims=False):
    return _reductions.reduce(asarray(a), _kinds.MEDIAN, axis, keepdims)


def cumsum(a, axis=None):
    return asarray(a).cumsum(axis)


# Products


def dot(a, b):
    return _operations.dot(a, b)


def matmul(a, b):
    return _operations.matmul(a, b)


def outer(a, b):
    return asarray(a).reshape(-1, 1) * asarray(b).reshape(1, -1)


def transpose(a):
    return asarray(a).T


def reshape(a, shape):
    return asarray(a).reshape(shape)


def ravel(a):
    return asarray(a).ravel()


def copy(a):
    return array(a)


def shape(a):
    return asarray(a).shape


def size(a):
    return asarray(a).size


def ndim(a):
    return asarray(a).ndim


def isclose(a, b, rtol=1e-05, atol=1e-08):
    a, b = _number_itself(a), _number_itself(b)
    if a._h[6] == _kinds.BOOL:
        a = a.astype(int)
    near = abs(a - b) <= atol + rtol * abs(b)
    return near & isfinite(b) | (a == b)


def allclose(a, b, rtol=1e-05, atol=1e-08):
    return isclose(a, b, rtol, atol).all()


def array_equal(a, b):
    a, b = asarray(a), asarray(b)
    return a.shape == b.shape and (a == b).all()
