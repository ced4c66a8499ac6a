"""The array of the page's small numpy: one or two axes, numbers as doubles in one buffer."""

from array import array as _array
from struct import pack_into, unpack_from

import _kernels as _k
from _cell import spend
from uctypes import addressof

from ._kinds import (
    ABS,
    ADD,
    ALL,
    AMAX,
    AMIN,
    AND,
    ANY,
    ARGMAX,
    ARGMIN,
    BOOL,
    DIV,
    EQ,
    FLOAT,
    FLOORDIV,
    GE,
    GT,
    INT,
    LARGEST,
    LE,
    LT,
    MEAN,
    MOD,
    MUL,
    NE,
    NEG,
    NOT,
    OR,
    POW,
    PROD,
    SINGLE,
    STD,
    SUB,
    SUM,
    VAR,
    XOR,
    beyond,
    dtype,
    kind_of,
    missing,
)

_scratch = _array("d", [0.0])
_SCRATCH = addressof(_scratch)
_copy_kernel = _k.copy
_take_kernel = _k.take


class ndarray:  # noqa: N801
    """An array: a buffer, and (address, ndim, rows, columns, two strides, kind)."""

    def __init__(self, buffer, header):
        self._b = buffer
        self._h = header

    # What it is

    @property
    def shape(self):
        _, nd, m, n, _, _, _ = self._h
        return (n,) if nd == 1 else (m, n)

    @property
    def ndim(self):
        return self._h[1]

    @property
    def size(self):
        return self._h[2] * self._h[3]

    @property
    def dtype(self):
        return dtype(self._h[6])

    @property
    def T(self):  # noqa: N802
        p, nd, m, n, sm, sn, k = self._h
        return self if nd == 1 else ndarray(self._b, (p, nd, n, m, sn, sm, k))

    def __len__(self):
        return self._h[3] if self._h[1] == 1 else self._h[2]

    def __bool__(self):
        if self.size == 1:
            return bool(self.item())
        if self.size == 0:
            raise ValueError(
                "The truth value of an empty array is ambiguous. "
                "Use `array.size > 0` to check that an array is not empty."
            )
        raise ValueError(
            "The truth value of an array with more than one element is ambiguous. "
            "Use a.any() or a.all()"
        )

    def __iter__(self):
        for i in range(len(self)):
            yield self[i]

    def __contains__(self, value):
        return (self == value).any()

    def __str__(self):
        p, nd, m, n, sm, sn, k = self._h
        return _k.array_text(p, nd, m, n, sm, sn, k, " ", 0)

    def __repr__(self):
        p, nd, m, n, sm, sn, k = self._h
        return repr_of(_k.array_text(p, nd, m, n, sm, sn, k, ", ", 6), self.shape, k)

    def __getattr__(self, name):
        if name[:1] == "_":
            raise AttributeError("'ndarray' object has no attribute '" + name + "'")
        raise missing("ndarray." + name)

    # Elements, rows and parts

    def __getitem__(self, i):
        p, nd, m, n, sm, sn, k = self._h
        t = type(i)
        if t is ndarray:
            q, nd2, _, count, _, tn, k2 = i._h
            if k2 != INT or nd2 != 1:
                return choose(self, i)
            if nd == 1:
                m, sm, n, sn = n, sn, 1, 0
            size = count * n
            if size > 255:
                spend(size >> 8)
            out = bytearray(8 * size)
            address = addressof(out)
            wrong = _take_kernel(address, p, sm, sn, n, m, q, tn, count)
            if wrong >= 0:
                raise outside_of(i, wrong, m, 0)
            if nd == 1:
                return ndarray(out, (address, 1, 1, count, 0, 1, k))
            return ndarray(out, (address, 2, count, n, n, 1, k))
        if t is int:
            if nd == 1:
                if i < 0:
                    i += n
                if not 0 <= i < n:
                    raise outside(i, n, 0)
                return self._at(i * sn)
            if i < 0:
                i += m
            if not 0 <= i < m:
                raise outside(i, m, 0)
            return ndarray(self._b, (p + 8 * i * sm, 1, 1, n, 0, sn, k))
        if t is slice:
            if nd == 1:
                start, stop, step = i.indices(n)
                if step != 1:
                    start, step, n = extent(i, n)
                else:
                    n = stop - start if stop > start else 0
                return ndarray(self._b, (p + 8 * start * sn, 1, 1, n, 0, step * sn, k))
            start, step, m = extent(i, m)
            return ndarray(self._b, (p + 8 * start * sm, 2, m, n, step * sm, sn, k))
        if t is list:
            return choose(self, index_array(i))
        if t is tuple:
            return get_tuple(self, i)
        if i is None and nd == 1:
            return ndarray(self._b, (p, 2, 1, n, 0, sn, k))
        raise wrong_index(i)

    def __setitem__(self, i, value):
        t = type(i)
        if t is list:
            i = index_array(i)
            t = ndarray
        if t is ndarray:
            put(self, i, value)
        elif t is tuple:
            set_tuple(self, i, value)
        elif t is int and self._h[1] == 1:
            p, _, _, n, _, sn, k = self._h
            if i < 0:
                i += n
            if not 0 <= i < n:
                raise outside(i, n, 0)
            if k == FLOAT and type(value) is float:
                pack_into("d", self._b, p + 8 * i * sn - addressof(self._b), value)
            else:
                assign(ndarray(self._b, _moved(self._h, i, 1)), value, True)
        else:
            assign(self[i], value)

    def _at(self, offset):
        """Return the element that lies so far from the first one."""
        k = self._h[6]
        x = double_at(self, offset)
        if k == FLOAT:
            return x
        if k == INT:
            return int(x)
        if k == SINGLE:
            raise missing("float32's numbers: use .astype(float)")
        return x != 0

    # Arithmetic

    def __add__(self, other):
        return operate(self, other, ADD)

    def __sub__(self, other):
        return operate(self, other, SUB)

    def __mul__(self, other):
        return operate(self, other, MUL)

    def __truediv__(self, other):
        return operate(self, other, DIV)

    def __floordiv__(self, other):
        return operate(self, other, FLOORDIV)

    def __mod__(self, other):
        return operate(self, other, MOD)

    def __pow__(self, other):
        return operate(self, other, POW)

    def __and__(self, other):
        return operate(self, other, AND)

    def __or__(self, other):
        return operate(self, other, OR)

    def __xor__(self, other):
        return operate(self, other, XOR)

    def __radd__(self, other):
        check_left(self, other)
        return operate(self, other, ADD, True)

    def __rsub__(self, other):
        check_left(self, other)
        return operate(self, other, SUB, True)

    def __rmul__(self, other):
        check_left(self, other)
        return operate(self, other, MUL, True)

    def __rtruediv__(self, other):
        return operate(self, other, DIV, True)

    def __rfloordiv__(self, other):
        return operate(self, other, FLOORDIV, True)

    def __rmod__(self, other):
        return operate(self, other, MOD, True)

    def __rpow__(self, other):
        return operate(self, other, POW, True)

    def __rand__(self, other):
        return operate(self, other, AND, True)

    def __ror__(self, other):
        return operate(self, other, OR, True)

    def __rxor__(self, other):
        return operate(self, other, XOR, True)

    def __lt__(self, other):
        return operate(self, other, LT)

    def __le__(self, other):
        return operate(self, other, LE)

    def __gt__(self, other):
        return operate(self, other, GT)

    def __ge__(self, other):
        return operate(self, other, GE)

    def __eq__(self, other):
        return operate(self, other, EQ)

    def __ne__(self, other):
        return operate(self, other, NE)

    def __iadd__(self, other):
        return in_place(self, other, ADD)

    def __isub__(self, other):
        return in_place(self, other, SUB)

    def __imul__(self, other):
        return in_place(self, other, MUL)

    def __itruediv__(self, other):
        return in_place(self, other, DIV)

    def __ifloordiv__(self, other):
        return in_place(self, other, FLOORDIV)

    def __imod__(self, other):
        return in_place(self, other, MOD)

    def __ipow__(self, other):
        return in_place(self, other, POW)

    def __iand__(self, other):
        return in_place(self, other, AND)

    def __ior__(self, other):
        return in_place(self, other, OR)

    def __ixor__(self, other):
        return in_place(self, other, XOR)

    def __neg__(self):
        if self._h[6] == BOOL:
            raise TypeError(
                "The numpy boolean negative, the `-` operator, is not supported, "
                "use the `~` operator or the logical_not function instead."
            )
        return unary(self, NEG, self._h[6])

    def __pos__(self):
        if self._h[6] == BOOL:
            raise missing("positive of bool")
        return self.copy()

    def __abs__(self):
        return unary(self, ABS, self._h[6])

    def __invert__(self):
        if self._h[6] == BOOL:
            return unary(self, NOT, BOOL)
        if self._h[6] == INT:
            return -self - 1
        raise TypeError(
            "ufunc 'invert' not supported for the input types, and the inputs could not be "
            "safely coerced to any supported types according to the casting rule ''safe''"
        )

    def __matmul__(self, other):
        if type(other) is not ndarray:
            return matmul(self, other)
        return product(self, other)

    def __rmatmul__(self, other):
        return matmul(other, self)

    def __imatmul__(self, other):
        assign(self, matmul(self, other))
        return self

    # Sums and the like

    def sum(self, axis=None, keepdims=False):
        return reduce(self, SUM, axis, keepdims)

    def mean(self, axis=None, keepdims=False):
        return reduce(self, MEAN, axis, keepdims)

    def min(self, axis=None, keepdims=False):
        return reduce(self, AMIN, axis, keepdims)

    def max(self, axis=None, keepdims=False):
        return reduce(self, AMAX, axis, keepdims)

    def argmin(self, axis=None):
        return reduce(self, ARGMIN, axis)

    def argmax(self, axis=None):
        return reduce(self, ARGMAX, axis)

    def var(self, axis=None, ddof=0, keepdims=False):
        return reduce(self, VAR, axis, keepdims, ddof)

    def std(self, axis=None, ddof=0, keepdims=False):
        return reduce(self, STD, axis, keepdims, ddof)

    def prod(self, axis=None, keepdims=False):
        return reduce(self, PROD, axis, keepdims)

    def any(self, axis=None, keepdims=False):
        return reduce(self, ANY, axis, keepdims)

    def all(self, axis=None, keepdims=False):
        return reduce(self, ALL, axis, keepdims)

    def cumsum(self, axis=None):
        return cumsum(self, axis)

    # Copies and other shapes

    def copy(self):
        return converted(self, self._h[6])

    def astype(self, given):
        kind = kind_of(given)
        if kind == SINGLE:
            raise missing("ndarray.astype(float32)")
        return converted(self, kind)

    def reshape(self, *shape):
        return reshape(self, shape[0] if len(shape) == 1 else shape)

    def ravel(self):
        return reshape(self, (self.size,))

    def flatten(self):
        return reshape(self.copy(), (self.size,))

    def transpose(self):
        return self.T

    def dot(self, other):
        return dot(self, other)

    def round(self, decimals=0):
        return round_(self, decimals)

    def fill(self, value):
        assign(self, value)

    def item(self, *i):
        if i:
            value = self.ravel()[i[0]] if len(i) == 1 else self[i]
            if type(value) is ndarray:
                raise ValueError("incorrect number of indices for array")
            return value
        if self.size != 1:
            raise ValueError("can only convert an array of size 1 to a Python scalar")
        return self._at(0)

    def tolist(self):
        if self._h[6] == SINGLE:
            return self.astype(float).tolist()
        if self._h[1] == 1:
            sn = self._h[5]
            return [self._at(i * sn) for i in range(self._h[3])]
        return [row.tolist() for row in self]


def check_left(a, other):
    """Refuse 0 or 1 before an array of True and False: it may have been False or True."""
    if a._h[6] == BOOL and type(other) is int and 0 <= other <= 1:
        raise missing("ndarray of True and False after 0, 1, False or True")


def new(nd, m, n, kind):
    """Return an array of zeros."""
    size = m * n
    if size > 255:
        spend(size >> 8)
    b = bytearray(8 * size)
    return ndarray(b, (addressof(b), nd, m, n, n, 1, kind))


def double_at(a, offset):
    b = a._b
    return unpack_from("d", b, a._h[0] - addressof(b) + 8 * offset)[0]


def convert(x):
    """Return what is given as an array, or a Python number as it is."""
    t = type(x)
    if t is ndarray or t is float or t is int or t is bool:
        return x
    if t is list or t is tuple:
        return from_list(x)
    raise TypeError("unsupported operand: '" + t.__name__ + "' object is not a number or an array")


def as_array(x, name="the function"):
    """Return what is given as an array; a number is none."""
    x = convert(x)
    if type(x) is not ndarray:
        raise missing(name + " of a number")
    return x


def from_list(values, kind=None):
    """Return the array of nested lists."""
    rows = [convert(v) for v in values]
    if not any(type(row) is ndarray for row in rows):
        return line_of(rows, kind)
    if not all(type(row) is ndarray and row._h[1] == 1 for row in rows):
        if all(type(row) is ndarray for row in rows):
            raise missing("array of more than two axes")
        raise _ragged(len(rows))
    n = len(rows[0])
    if any(len(row) != n for row in rows):
        raise _ragged(len(rows))
    found = max(row._h[6] for row in rows)
    a = new(2, len(rows), n, found)
    for i in range(len(rows)):
        assign(a[i], rows[i])
    return a if kind is None else converted(a, kind)


def _ragged(n):
    return ValueError(
        "setting an array element with a sequence. The requested array has an inhomogeneous "
        "shape after 1 dimensions. The detected shape was (" + str(n) + ",) + inhomogeneous part."
    )


def line_of(values, kind):
    found = BOOL if values else FLOAT
    for v in values:
        t = type(v)
        if t is float:
            found = FLOAT
        elif t is int and found == BOOL:
            found = INT
        if t is int and not -LARGEST <= v <= LARGEST:
            raise beyond()
    b = _array("d", values)
    a = ndarray(b, (addressof(b), 1, 1, len(values), len(values), 1, found))
    return a if kind is None or kind == found else converted(a, kind)


def converted(a, kind):
    _, nd, m, n, _, _, _ = a._h
    out = new(nd, m, n, kind)
    copy_into(out, a)
    return out


def copy_into(target, a):
    """Copy numbers, converted, into an array of the same shape, or one they are stretched to."""
    p, _, m, n, sm, sn, k = target._h
    q, _, m2, n2, tm, tn, k2 = a._h
    if a._b is target._b and p != q:
        a = converted(a, k2)
        q, _, m2, n2, tm, tn, k2 = a._h
    if (m2 != m and m2 != 1) or (n2 != n and n2 != 1):
        raise ValueError(
            "could not broadcast input array from shape "
            + str(a.shape)
            + " into shape "
            + str(target.shape)
        )
    flaw = _copy_kernel(
        p, sm, sn, m, n, q, 0 if m2 == 1 else tm, 0 if n2 == 1 else tn, k if k != k2 else 2
    )
    if flaw:
        raise flaw_error(flaw)


def flaw_error(flaw):
    if flaw == 1:
        return beyond()
    if flaw == 2:
        return ValueError("Integers to negative integer powers are not allowed.")
    return missing("integers of nan or inf")


def assign(target, value, single=False):
    """Set an array, or a single element of one, to a value or to values."""
    if target._h[6] == SINGLE:
        raise missing("float32's assignment: use .astype(float)")
    value = convert(value)
    if type(value) is ndarray:
        if single and value.size != 1:
            raise ValueError("setting an array element with a sequence.")
        copy_into(target, value.ravel() if single else value)
    else:
        copy_into(target, scalar(value))


def scalar(x):
    """Return a number as an array of one element, in the scratch place."""
    t = type(x)
    if t is int and not -LARGEST <= x <= LARGEST:
        raise beyond()
    _scratch[0] = x
    return ndarray(_scratch, (_SCRATCH, 1, 1, 1, 0, 0, kind_of_type(t)))


def kind_of_type(t):
    if t is float:
        return FLOAT
    return INT if t is int else BOOL


def _moved(h, i, n):
    """Return the header of n elements of one axis, from element i on."""
    p, _, _, _, _, sn, k = h
    return (p + 8 * i * sn, 1, 1, n, 0, sn, k)


def checked_integers(a):
    """Return a new array, computed as one of integers or truth values, if its numbers are such."""
    p, _, m, n, _, _, k = a._h
    if k == BOOL:
        _copy_kernel(p, n, 1, m, n, p, n, 1, BOOL)
    elif _k.any_beyond(p, m * n):
        raise beyond()
    return a


# These modules need what is above.
from ._index import (  # noqa: E402
    choose,
    extent,
    get_tuple,
    index_array,
    outside,
    outside_of,
    put,
    set_tuple,
    wrong_index,
)
from ._operations import dot, in_place, matmul, operate, product, round_, unary  # noqa: E402
from ._reductions import cumsum, reduce  # noqa: E402
from ._shapes import repr_of, reshape  # noqa: E402
