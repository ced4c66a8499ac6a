"""NumPy's legacy random numbers: the same ones from the same seed."""

import _kernels as _k

from . import _array, _index, _kinds, _shapes


def __getattr__(name):
    if name[:2] == "__":
        raise AttributeError(name)
    raise _kinds.missing("random." + name)


def seed(number=None):
    """Begin anew."""
    if number is None:
        number = _k.entropy()
    if type(number) is not int:
        raise _kinds.missing("random.seed(" + repr(number) + ")")
    if not 0 <= number < 2**32:
        raise ValueError("Seed must be between 0 and 2**32 - 1")
    _k.seed(float(number))


def _drawn(size, kind, draw):
    """Return a number, or an array of numbers that a kernel fills in."""
    nd, m, n = (1, 1, 1) if size is None else _shapes.check_shape(size)
    out = _array.new(nd, m, n, kind)
    draw(out._h[0], m * n)
    return out.item() if size is None else out


def _number(name, x):
    if type(x) not in (float, int, bool):
        raise _kinds.missing("random with an array for " + name)
    return float(x)


def uniform(low=0.0, high=1.0, size=None):
    """Return uniform numbers."""
    low = _number("low", low)
    extent = _number("high", high) - low
    return _drawn(size, _kinds.FLOAT, lambda p, n: _k.uniform(p, n, low, extent))


def random(size=None):
    """Return uniform numbers from 0 to 1."""
    return uniform(0.0, 1.0, size)


random_sample = random


def rand(*shape):
    """Return uniform numbers from 0 to 1."""
    return uniform(0.0, 1.0, shape if shape else None)


def normal(loc=0.0, scale=1.0, size=None):
    """Return normal numbers."""
    loc, scale = _number("loc", loc), _number("scale", scale)
    if scale < 0:
        raise ValueError("scale < 0")
    return _drawn(size, _kinds.FLOAT, lambda p, n: _k.normal(p, n, loc, scale))


def standard_normal(size=None):
    """Return standard normal numbers."""
    return normal(0.0, 1.0, size)


def randn(*shape):
    """Return standard normal numbers."""
    return normal(0.0, 1.0, shape if shape else None)


def randint(low, high=None, size=None):
    """Return integers from low to high - 1, or from 0 to low - 1."""
    if high is None:
        low, high = 0, low
    if type(low) is not int or type(high) is not int:
        raise _kinds.missing("random.randint of what is no integer")
    if low >= high:
        raise ValueError("low >= high")
    if high - low > 2**32 - 1 or abs(low) > _kinds.LARGEST or abs(high) > _kinds.LARGEST:
        raise _kinds.missing("random.randint of a range beyond 2**32")
    start, most = float(low), float(high - 1 - low)
    return _drawn(size, _kinds.INT, lambda p, n: _k.integers(p, n, start, most))


def shuffle(a):
    """Shuffle an array's rows or elements, or a list."""
    if type(a) is list:
        order = permutation(len(a))
        a[:] = [a[i] for i in order]
        return
    if type(a) is not _array.ndarray:
        raise _kinds.missing("random.shuffle of " + type(a).__name__)
    p, m, n, sm, sn, _ = _index.as_rows(a)
    _k.shuffle(p, m, sm, n, sn)


def permutation(a):
    """Return 0 … n - 1, or an array, in random order."""
    if type(a) is int:
        if a < 0:
            raise _kinds.missing("random.permutation(" + str(a) + ")")
        a = _range(a)
    else:
        a = _array.as_array(a, "random.permutation").copy()
    shuffle(a)
    return a


def _range(n):
    out = _array.new(1, 1, n, _kinds.INT)
    _k.ramp(out._h[0], n, 0.0, 1.0)
    return out


def choice(a, size=None, replace=True, p=None):
    """Return elements of an array, or of 0 … a - 1, drawn with or without replacement."""
    if p is not None:
        raise _kinds.missing("random.choice with p")
    pool = _range(a) if type(a) is int else _array.as_array(a, "random.choice")
    if pool.ndim != 1:
        raise ValueError("a must be 1-dimensional")
    if len(pool) == 0:
        raise ValueError("a must be a positive integer unless no samples are taken")
    if replace:
        return pool[randint(0, len(pool), size)]
    if size is None:
        return pool[permutation(len(pool))[0]]
    _, m, n = _shapes.check_shape(size)
    if m * n > len(pool):
        raise ValueError("Cannot take a larger sample than population when 'replace=False'")
    return pool[permutation(len(pool))[: m * n].reshape(size)]
