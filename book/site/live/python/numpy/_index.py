"""Indexes: slices, arrays, masks and pairs of them."""

import _kernels as _k
from _cell import spend
from uctypes import addressof

from ._array import assign, convert, double_at, from_list, ndarray, new
from ._kinds import BOOL, INT, SINGLE, missing
from ._shapes import reshape

_take_kernel = _k.take


def outside(i, size, axis):
    if i < 0:
        i -= size
    return IndexError(
        "index " + str(i) + " is out of bounds for axis " + str(axis) + " with size " + str(size)
    )


def wrong_index(i):
    if i is None or i is Ellipsis or type(i) is bool:
        return missing("ndarray[" + repr(i) + "]")
    return IndexError(
        "only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or "
        "boolean arrays are valid indices"
    )


def extent(i, size):
    """Return a slice's start, step and count."""
    start, stop, step = i.indices(size)
    count = (stop - start + step - (1 if step > 0 else -1)) // step
    return (start, step, count) if count > 0 else (0, 1, 0)


def index_array(i):
    if not i:
        return new(1, 1, 0, INT)
    return from_list(i)


def _whole(i):
    """Return the places that an index array names: itself, or those of a mask's True."""
    p, _, _, n, _, sn, k = i._h
    if k == INT:
        return i
    if k != BOOL:
        raise IndexError("arrays used as indices must be of integer (or boolean) type")
    count = _k.count(p, sn, n)
    places = new(1, 1, count, INT)
    _k.places(places._h[0], p, sn, n)
    return places


def _check_mask(a, i, axis=0):
    """Raise an error for a mask of another length than the axis."""
    size = len(a)
    if i._h[6] == BOOL and len(i) not in (0, size):
        raise IndexError(
            "boolean index did not match indexed array along axis "
            + str(axis)
            + "; size of axis is "
            + str(size)
            + " but size of corresponding boolean axis is "
            + str(len(i))
        )


def as_rows(a):
    """Return an array's header, with one axis as a column."""
    p, nd, m, n, sm, sn, k = a._h
    return (p, n, 1, sn, 0, k) if nd == 1 else (p, m, n, sm, sn, k)


def choose(a, i, axis=0):
    """Return the rows, or elements, that an index array names."""
    if i._h[1] == 2:
        if i._h[6] == BOOL:
            if i.shape != a.shape:
                raise IndexError(_mask_of_two_axes(a, i))
            return choose(a.ravel(), i.ravel())
        if a._h[1] == 2:
            raise missing("array of three axes")
        return reshape(choose(a, i.ravel()), i.shape)
    _check_mask(a, i, axis)
    if i._h[6] != INT:
        i = _whole(i)
    p, m, n, sm, sn, k = as_rows(a)
    count = i._h[3]
    size = count * n
    if size > 255:
        spend(size >> 8)
    out = bytearray(8 * size)
    address = addressof(out)
    wrong = _take_kernel(address, p, sm, sn, n, m, i._h[0], i._h[5], count)
    if wrong >= 0:
        raise outside_of(i, wrong, m, axis)
    if a._h[1] == 1:
        return ndarray(out, (address, 1, 1, count, 0, 1, k))
    return ndarray(out, (address, 2, count, n, n, 1, k))


def outside_of(i, place, size, axis):
    return IndexError(
        "index "
        + str(int(double_at(i, place * i._h[5])))
        + " is out of bounds for axis "
        + str(axis)
        + " with size "
        + str(size)
    )


def _mask_of_two_axes(a, i):
    if a._h[1] == 1:
        return "too many indices for array: array is 1-dimensional, but 2 were indexed"
    axis = 0 if a.shape[0] != i.shape[0] else 1
    return (
        "boolean index did not match indexed array along axis "
        + str(axis)
        + "; size of axis is "
        + str(a.shape[axis])
        + " but size of corresponding boolean axis is "
        + str(i.shape[axis])
    )


def put(a, i, value, axis=0):
    """Set the rows, or elements, that an index array names."""
    if a._h[6] == SINGLE:
        raise missing("float32's assignment: use .astype(float)")
    if i._h[1] == 2:
        if i._h[6] != BOOL or i.shape != a.shape or not (a._h[5] == 1 and a._h[4] == a._h[3]):
            raise missing("assignment by an index of two axes")
        put(a.ravel(), i.ravel(), value)
        return
    _check_mask(a, i, axis)
    value = convert(value)
    if i._h[6] == BOOL and a._h[1] == 1 and type(value) is ndarray and value._h[1] == 2:
        raise TypeError(
            "NumPy boolean array indexing assignment requires a 0 or 1-dimensional input, input "
            "has 2 dimensions"
        )
    i = _whole(i)
    p, m, n, sm, sn, k = as_rows(a)
    count = i._h[3]
    nd = a._h[1]
    full = new(nd, count if nd == 2 else 1, n if nd == 2 else count, k)
    assign(full, value)
    q, _, _, tm, tn, _ = as_rows(full)
    wrong = _k.put(p, sm, sn, n, m, i._h[0], i._h[5], count, q, tm, tn)
    if wrong >= 0:
        raise outside_of(i, wrong, m, axis)


def _pair(a, index):
    """Return a tuple's two indexes, lists as arrays."""
    if len(index) > a._h[1] or len(index) > 2:
        raise IndexError(
            "too many indices for array: array is "
            + str(a._h[1])
            + "-dimensional, but "
            + str(len(index))
            + " were indexed"
        )
    return [index_array(i) if type(i) is list else i for i in index]


def _new_axis(a, index):
    """Return an array of one axis as a row or as a column."""
    if len(index) != 2 or a._h[1] != 1:
        raise missing("array of more than two axes")
    row = index[0] is None
    part = a[index[1] if row else index[0]]
    if type(part) is not ndarray or part._h[1] != 1:
        raise missing("newaxis of what is no array of one axis")
    p, _, _, n, _, sn, k = part._h
    if row:
        return ndarray(part._b, (p, 2, 1, n, 0, sn, k))
    return ndarray(part._b, (p, 2, n, 1, sn, 0, k))


def get_tuple(a, index):
    if any(i is Ellipsis for i in index) or not index:
        raise missing("ndarray[...]")
    if any(i is None for i in index):
        return _new_axis(a, index)
    index = _pair(a, index)
    if len(index) == 1:
        return a[index[0]]
    i, j = index
    if type(i) is ndarray and type(j) is ndarray:
        return _choose_pairs(a, i, j)
    return _columns(a, j)[i]


def _columns(a, j):
    """Return a column, or a part of the columns."""
    p, _, m, n, sm, sn, k = a._h
    if type(j) is int:
        place = j + n if j < 0 else j
        if not 0 <= place < n:
            raise outside(place, n, 1)
        return ndarray(a._b, (p + 8 * place * sn, 1, 1, m, 0, sm, k))
    if type(j) is slice:
        start, step, n = extent(j, n)
        return ndarray(a._b, (p + 8 * start * sn, 2, m, n, sm, step * sn, k))
    if type(j) is ndarray and j._h[1] == 1:
        return choose(a.T, j, 1).T
    raise wrong_index(j)


def _choose_pairs(a, i, j):
    _check_mask(a, i)
    _check_mask(a.T, j, 1)
    i, j = _whole(i), _whole(j)
    if i.shape != j.shape:
        if 1 in i.shape + j.shape:
            raise missing("indexes of different shapes")
        raise IndexError(
            "shape mismatch: indexing arrays could not be broadcast together with shapes "
            + str(i.shape).replace(" ", "")
            + " "
            + str(j.shape).replace(" ", "")
            + " "
        )
    if i._h[1] != 1:
        raise missing("a pair of indexes of two axes")
    m, n = a.shape
    for x, size, axis in ((i, m, 0), (j, n, 1)):
        for place in range(len(x)):
            if not -size <= x[place] < size:
                raise outside_of(x, place, size, axis)
    return a.ravel()[(i % m) * n + j % n] if len(i) else new(1, 1, 0, a._h[6])


def set_tuple(a, index, value):
    if any(i is None or i is Ellipsis for i in index) or not index:
        raise missing("assignment by [...] or newaxis")
    index = _pair(a, index)
    if len(index) == 1:
        a[index[0]] = value
        return
    i, j = index
    if type(i) is ndarray and type(j) is ndarray:
        raise missing("assignment by a pair of index arrays")
    if type(j) is ndarray:
        if type(i) is int:
            put(a[i], j, value, 0)
        else:
            part = a[i].T
            put(part, j, _turned(value), 1)
        return
    column = _columns(a, j)
    if type(i) is ndarray:
        put(column, i, value)
    else:
        column[i] = value


def _turned(value):
    """Return what is assigned to rows for an assignment to columns."""
    value = convert(value)
    if type(value) is not ndarray:
        return value
    return value.T if value._h[1] == 2 else value[:, None]
