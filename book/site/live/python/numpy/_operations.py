"""Arithmetic, comparisons, functions of each element, and products."""

import _kernels as _k
from _cell import spend
from uctypes import addressof

from ._array import (
    _SCRATCH,
    _scratch,
    checked_integers,
    convert,
    copy_into,
    flaw_error,
    from_list,
    kind_of_type,
    line_of,
    ndarray,
    new,
)
from ._kinds import (
    ADD,
    AND,
    BOOL,
    DIV,
    FLOAT,
    FLOORDIV,
    INT,
    LARGEST,
    LT,
    MAX,
    MUL,
    NAMES,
    POW,
    RINT,
    SINGLE,
    SQRT,
    SUB,
    beyond,
    missing,
)

OPERATIONS = ("add", "subtract", "multiply", "divide", "floor_divide", "remainder", "power")
_binary_kernel = _k.binary
_unary_kernel = _k.unary
_matmul_kernel = _k.matmul


def result_kind(f, k, k2):
    """Return the kind of an operation's result, and the operation itself."""
    kind = k if k > k2 else k2
    if kind == SINGLE:
        raise missing("float32's arithmetic: use .astype(float)")
    if 9 <= f <= 14:
        return BOOL, f
    if kind == FLOAT:
        if f >= AND:
            raise TypeError(
                "ufunc 'bitwise_" + ("and", "or", "xor")[f - AND] + "' not supported for the input "
                "types, and the inputs could not be safely coerced to any supported types "
                "according to the casting rule ''safe''"
            )
        return FLOAT, f
    if f == DIV:
        return FLOAT, f
    if kind == BOOL and f < MAX:
        if f == SUB:
            raise TypeError(
                "numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, "
                "the `^` operator, or the logical_xor function instead."
            )
        if f >= FLOORDIV:
            raise missing(("floor_divide", "remainder", "power")[f - FLOORDIV] + " of bools")
        return BOOL, MAX if f == ADD else MUL
    return kind, f


def operate(a, b, f, swapped=False):
    """Return the result of an operation of an array and an array or a number."""
    p, nd, m, n, sm, sn, k = a._h
    if k == BOOL and f == POW and not swapped:
        raise missing("power of bools")
    t = type(b)
    if t is ndarray:
        q, nd2, m2, n2, tm, tn, k2 = b._h
        if m != m2:
            if m == 1:
                m = m2
                sm = 0
            elif m2 == 1:
                tm = 0
            else:
                raise _no_common_shape(a, b, f, swapped)
        if n != n2:
            if n == 1:
                n = n2
                sn = 0
            elif n2 == 1:
                tn = 0
            else:
                raise _no_common_shape(a, b, f, swapped)
        if nd2 > nd:
            nd = nd2
    elif t is float or t is int or t is bool:
        if f == POW and t is float and b == 0.5 and not swapped and k != SINGLE:
            return unary(a, SQRT, FLOAT)  # of -inf it is nan; that to the power of 0.5 is inf
        if t is int and not -LARGEST <= b <= LARGEST:
            raise beyond()
        _scratch[0] = b
        q = _SCRATCH
        tm = tn = 0
        k2 = FLOAT if t is float else INT if t is int else BOOL
    elif t is list or t is tuple:
        return operate(a, from_list(b), f, swapped)
    else:
        return NotImplemented
    if k == FLOAT and f < LT and k2 != SINGLE:
        kind = FLOAT
    else:
        kind, f = result_kind(f, k, k2)
    size = m * n
    if size > 255:
        spend(size >> 8)
    out = bytearray(8 * size)
    address = addressof(out)
    if swapped:
        flaw = _binary_kernel(f, address, m, n, q, tm, tn, p, sm, sn, kind == INT)
    else:
        flaw = _binary_kernel(f, address, m, n, p, sm, sn, q, tm, tn, kind == INT)
    if flaw:
        raise flaw_error(flaw)
    return ndarray(out, (address, nd, m, n, n, 1, kind))


def binary(a, b, f):
    """Return the result of an operation of two arrays or numbers."""
    a, b = convert(a), convert(b)
    if type(a) is ndarray:
        return operate(a, b, f)
    if type(b) is ndarray:
        return operate(b, a, f, True)
    return operate(line_of([a], None), b, f).item()


def _no_common_shape(a, b, f, swapped):
    result_kind(f, a._h[6], b._h[6])
    if swapped:
        a, b = b, a
    return ValueError(
        "operands could not be broadcast together with shapes "
        + str(a.shape).replace(" ", "")
        + " "
        + str(b.shape).replace(" ", "")
        + " "
    )


def in_place(a, b, f):
    b = convert(b)
    k = a._h[6]
    kind, _ = result_kind(f, k, b._h[6] if type(b) is ndarray else kind_of_type(type(b)))
    if kind > k:
        name = OPERATIONS[f] if f < 7 else ("bitwise_and", "bitwise_or", "bitwise_xor")[f - AND]
        raise TypeError(
            "Cannot cast ufunc '"
            + name
            + "' output from dtype('"
            + NAMES[kind]
            + "') to dtype('"
            + NAMES[k]
            + "') with casting rule 'same_kind'"
        )
    result = operate(a, b, f)
    if result.shape != a.shape:
        raise ValueError(
            "non-broadcastable output operand with shape "
            + str(a.shape).replace(" ", "")
            + " doesn't match the broadcast shape "
            + str(result.shape).replace(" ", "")
        )
    copy_into(a, result)
    return a


def unary(a, f, kind):
    """Return a function of each element."""
    p, nd, m, n, sm, sn, k = a._h
    if k == SINGLE:
        raise missing("float32's arithmetic: use .astype(float)")
    out = new(nd, m, n, kind)
    _unary_kernel(f, out._h[0], m, n, p, sm, sn, kind == INT)
    return out


def matmul(a, b):
    """Return the matrix product."""
    a, b = convert(a), convert(b)
    for i, x in enumerate((a, b)):
        if type(x) is not ndarray:
            raise ValueError(
                "matmul: Input operand " + str(i) + " does not have enough dimensions (has 0, "
                "gufunc core with signature (n?,k),(k,m?)->(n?,m?) requires 1)"
            )
    return product(a, b)


def product(a, b):
    p, nd, m, n, sm, sn, k = a._h
    q, nd2, m2, n2, tm, tn, k2 = b._h
    if nd2 == 1:
        m2, n2, tm, tn = n2, 1, tn, 0
    if n != m2:
        raise ValueError(
            "matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc "
            "signature (n?,k),(k,m?)->(n?,m?) (size "
            + str(m2)
            + " is different from "
            + str(n)
            + ")"
        )
    kind = k if k > k2 else k2
    if kind == SINGLE:
        raise missing("float32's arithmetic: use .astype(float)")
    size = m * n2
    if size > 255:
        spend(size >> 8)
    out = bytearray(8 * size)
    address = addressof(out)
    _matmul_kernel(address, m, n, n2, p, sm, sn, q, tm, tn)
    if nd + nd2 == 4:
        c = ndarray(out, (address, 2, m, n2, n2, 1, kind))
    else:
        c = ndarray(out, (address, 1, 1, size, 0, 1, kind))
    if kind != FLOAT:
        c = checked_integers(c)
    return c if nd + nd2 > 2 else c._at(0)


def dot(a, b):
    """Return the product of matrices, or of what is no matrix the product of elements."""
    a, b = convert(a), convert(b)
    if type(a) is ndarray and type(b) is ndarray:
        return matmul(a, b)
    return binary(a, b, MUL)


def round_(a, decimals=0):
    """Return each element rounded; halves go to the even neighbour."""
    if a._h[6] != FLOAT:
        raise missing("round of integers")
    if decimals == 0:
        return unary(a, RINT, FLOAT)
    scale = 10.0 ** abs(decimals)
    if decimals > 0:
        return unary(a * scale, RINT, FLOAT) / scale
    return unary(a / scale, RINT, FLOAT) * scale
