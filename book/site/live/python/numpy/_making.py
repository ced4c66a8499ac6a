"""Arrays made and joined."""

import _kernels as _k

from . import _array, _kinds, _reductions, _shapes
from ._array import ndarray


def _kind(dtype, default=_kinds.FLOAT):
    kind = default if dtype is None else _kinds.kind_of(dtype)
    if kind == _kinds.SINGLE:
        raise _kinds.missing("float32")
    return kind


def array(values, dtype=None):
    kind = None if dtype is None else _kind(dtype)
    if type(values) is ndarray:
        return values.copy() if kind is None else values.astype(dtype)
    if type(values) not in (list, tuple):
        if type(values) in (float, int, bool):
            raise _kinds.missing("array of a number, which has no axis")
        values = list(values)
    return _array.from_list(values, kind)


def asarray(values, dtype=None):
    if type(values) is ndarray and (dtype is None or values.dtype == dtype):
        return values
    return array(values, dtype)


def full(shape, value, dtype=None):
    if dtype is None and type(value) is ndarray:
        dtype = value.dtype
    elif dtype is None:
        dtype = type(value)
    out = _array.new(*_shapes.check_shape(shape), _kind(dtype))
    out.fill(value)
    return out


def zeros(shape, dtype=None):
    return _array.new(*_shapes.check_shape(shape), _kind(dtype))


def ones(shape, dtype=None):
    out = zeros(shape, dtype)
    out.fill(1)
    return out


def empty(shape, dtype=None):
    return zeros(shape, dtype)


def _like(a, dtype):
    a = asarray(a)
    return a.shape, a.dtype if dtype is None else dtype


def zeros_like(a, dtype=None):
    return zeros(*_like(a, dtype))


def ones_like(a, dtype=None):
    return ones(*_like(a, dtype))


def empty_like(a, dtype=None):
    return zeros(*_like(a, dtype))


def full_like(a, value, dtype=None):
    shape, dtype = _like(a, dtype)
    return full(shape, value, dtype)


def eye(n, dtype=None):
    out = zeros((n, n), dtype)
    out.ravel()[:: n + 1] = 1
    return out


identity = eye


def _ramp(n, start, step, kind):
    out = _array.new(1, 1, n, kind)
    _k.ramp(out._h[0], n, float(start), float(step))
    return out


def arange(start, stop=None, step=1, dtype=None):
    if stop is None:
        start, stop = 0, start
    if step == 0:
        raise ZeroDivisionError("division by zero")
    whole = all(type(x) is int for x in (start, stop, step))
    if whole:
        n = max(0, -((start - stop) // step))
        if not all(-_kinds.LARGEST <= x <= _kinds.LARGEST for x in (start, stop, step)):
            raise _kinds.beyond()
    else:
        length = (stop - start) / step
        n = max(0, int(length) + (length > int(length)))
        step = float(start + step) - float(start)
    out = _ramp(n, start, step, _kinds.INT if whole else _kinds.FLOAT)
    return out if dtype is None else out.astype(dtype)


def linspace(start, stop, num=50, endpoint=True):
    gaps = num - 1 if endpoint else num
    if gaps <= 0:
        return _ramp(num, start, 0.0, _kinds.FLOAT)
    out = _ramp(num, 0.0, (stop - start) / gaps, _kinds.FLOAT) + float(start)
    if endpoint:
        out[-1] = float(stop)
    return out


def concatenate(arrays, axis=0):
    parts = [asarray(a) for a in arrays]
    if not parts:
        raise ValueError("need at least one array to concatenate")
    nd = parts[0].ndim
    axis = _reductions.check_axis(axis, nd)
    kind = max(a._h[6] for a in parts)
    for i, a in enumerate(parts):
        if a.ndim != nd:
            raise ValueError(
                "all the input array dimensions except for the concatenation axis must match "
                "exactly, but along dimension 0, the array at index 0 has "
                + str(nd)
                + " dimension(s) and the array at index "
                + str(i)
                + " has "
                + str(a.ndim)
                + " dimension(s)"
            )
        if nd == 2 and a.shape[1 - axis] != parts[0].shape[1 - axis]:
            raise ValueError(
                "all the input array dimensions except for the concatenation axis must match "
                "exactly, but along dimension "
                + str(1 - axis)
                + ", the array at index 0 has size "
                + str(parts[0].shape[1 - axis])
                + " and the array at index "
                + str(i)
                + " has size "
                + str(a.shape[1 - axis])
            )
    if axis == 1:
        return concatenate([a.T for a in parts]).T.copy()
    length = sum(len(a) for a in parts)
    if kind == _kinds.SINGLE:
        raise _kinds.missing("concatenate of float32: use .astype(float)")
    out = (
        _array.new(1, 1, length, kind)
        if nd == 1
        else _array.new(2, length, parts[0].shape[1], kind)
    )
    start = 0
    for a in parts:
        out[start : start + len(a)] = a
        start += len(a)
    return out


def stack(arrays, axis=0):
    parts = [asarray(a) for a in arrays]
    if not parts:
        raise ValueError("need at least one array to stack")
    if any(a.ndim != 1 for a in parts):
        raise _kinds.missing("stack of arrays of two axes")
    if any(len(a) != len(parts[0]) for a in parts):
        raise ValueError("all input arrays must have the same shape")
    axis = _reductions.check_axis(axis, 2)
    return concatenate([a[None] if axis == 0 else a.reshape(-1, 1) for a in parts], axis)


def vstack(arrays):
    return concatenate([a.reshape(1, -1) if a.ndim == 1 else a for a in map(asarray, arrays)])


def column_stack(arrays):
    return concatenate([a.reshape(-1, 1) if a.ndim == 1 else a for a in map(asarray, arrays)], 1)


def hstack(arrays):
    parts = [asarray(a) for a in arrays]
    return concatenate(parts, 0 if parts and parts[0].ndim == 1 else 1)


class _Columns:
    """What `np.c_[a, b]` asks."""

    def __getitem__(self, arrays):
        arrays = arrays if type(arrays) is tuple else (arrays,)
        if any(type(a) is slice for a in arrays):
            raise _kinds.missing("c_ of slices")
        return column_stack([_array.as_array(a, "c_") for a in arrays])


c_ = _Columns()
