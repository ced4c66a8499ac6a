"""What a cell's text is changed to call: CPython's way to show numbers, dictionaries, pauses."""

import builtins
from array import array
from collections import OrderedDict

import _kernels as _k

_print, _repr, _round, _zip = builtins.print, builtins.repr, builtins.round, builtins.zip

BUDGET = 4000
"""Units of work, of which a round of a loop is one, until garbage is collected."""

budget = array("i", [BUDGET])
_sync = [0]


def spend(units):
    """Take what a large array costs from the budget."""
    budget[0] -= units


async def pause():
    """Return to JavaScript, which lets the interpreter collect its garbage."""
    if _sync[0] == 0:
        budget[0] = BUDGET
        await _k.pause()


class Function:
    """A function of the cell: a coroutine, so that its loops can pause."""

    def __init__(self, run):
        self.run = run
        self.__name__ = run.__name__

    def __call__(self, *arguments, **named):
        """Run to the end without a pause, where nothing can wait for it."""
        _sync[0] += 1
        try:
            self.run(*arguments, **named).send(None)
        except StopIteration as end:
            return end.value
        finally:
            _sync[0] -= 1

    def __repr__(self):
        return "<function " + self.__name__ + ">"


async def call(function, *arguments, **named):
    """Call what may be one of the cell's functions."""
    if type(function) is Function:
        return await function.run(*arguments, **named)
    return function(*arguments, **named)


# Texts


def text_of(x):
    """Return str(x) as CPython has it."""
    t = type(x)
    if t is str:
        return x
    if t is float:
        return _k.float_text(x)
    if t in _CONTAINERS:
        return show(x)
    return "division by zero" if t is ZeroDivisionError and x.args == _OTHER_WORDS else str(x)


_OTHER_WORDS = ("divide by zero",)


def show(x):
    """Return repr(x) as CPython has it."""
    t = type(x)
    if t is float:
        return _k.float_text(x)
    if t is list:
        return "[" + ", ".join([show(v) for v in x]) + "]"
    if t is tuple:
        return "(" + ", ".join([show(v) for v in x]) + ("," if len(x) == 1 else "") + ")"
    if t is OrderedDict or t is dict:
        return "{" + ", ".join([show(k) + ": " + show(v) for k, v in x.items()]) + "}"
    if t is set and x:
        return "{" + ", ".join([show(v) for v in x]) + "}"
    if isinstance(x, Exception):
        values = x.args
        if t is ZeroDivisionError and values == _OTHER_WORDS:
            values = ("division by zero",)
        return t.__name__ + "(" + ", ".join([show(v) for v in values]) + ")"
    return _repr(x)


_CONTAINERS = (list, tuple, dict, set, OrderedDict)


def print_(*values, sep=" ", end="\n", file=None, flush=False):
    """Print as CPython does."""
    if file is not None:
        raise NotImplementedError("print(file=…): not in the page; it is in a notebook")
    sep = " " if sep is None else sep
    _k.emit(sep.join([text_of(v) for v in values]) + ("\n" if end is None else end))


def out(x):
    """Show the value of the cell's last line."""
    if x is not None:
        _k.emit(show(x) + "\n")


def round_(x, digits=None):
    """Return round(x) as CPython has it."""
    t = type(x)
    if t is float and digits is not None:
        return (
            float(_k.format_float(x, "." + str(digits) + "f")) if digits >= 0 else _tens(x, digits)
        )
    if digits is None or t is bool:
        return _round(x)
    return x.round(digits) if hasattr(x, "_h") else _round(x, digits)


def _tens(x, digits):
    scale = 10.0**-digits
    return _round(x / scale) * scale


def zip_(*iterables, strict=False):
    """Return zip(…) with what CPython knows: strict."""
    if not strict:
        return _zip(*iterables)
    lists = [list(i) for i in iterables]
    for k, items in enumerate(lists):
        if len(items) != len(lists[0]):
            less = "shorter" if len(items) < len(lists[0]) else "longer"
            others = "argument 1" if k == 1 else "arguments 1-" + str(k)
            raise ValueError("zip() argument " + str(k + 1) + " is " + less + " than " + others)
    return _zip(*lists)


def _checked(text):
    if text[:1] == "\0":
        raise ValueError(text[1:])
    return text


def format_(x, spec=""):
    """Return format(x, spec)."""
    if not spec:
        return text_of(x)
    t = type(x)
    if t is float:
        return _checked(_k.format_float(x, spec))
    if t is int or t is bool:
        return _checked(_k.format_integer(str(int(x)), spec))
    if t is str:
        return _checked(_k.format_text(x, spec))
    raise TypeError("unsupported format string passed to " + _name(x) + ".__format__")


def _name(x):
    if hasattr(x, "_h"):
        return "numpy.ndarray"
    return "NoneType" if x is None else "dict" if type(x) is OrderedDict else type(x).__name__


def converted(x, conversion, spec=""):
    """Return what `{x!r:spec}` is."""
    return format_(text_of(x) if conversion == "s" else show(x), spec)


def join(*parts):
    """Return the text of an f-string's parts."""
    return "".join(parts)


# str.format and %


def formatter(owner):
    """Return what the call of `.format` on an object calls."""
    if type(owner) is not str:
        return owner.format
    return lambda *arguments, **named: _format_fields(owner, arguments, named, [0])


def item_of(owner):
    """Return what the call of `.item` calls: numbers out of arrays are Python's here."""
    return (lambda: owner) if type(owner) in (float, int, bool) else owner.item


def _format_fields(text, arguments, named, counter):
    parts = []
    i = 0
    while i < len(text):
        c = text[i]
        if c in "{}" and text[i + 1 : i + 2] == c:
            parts.append(c)
            i += 2
        elif c == "{":
            end = _closing(text, i)
            parts.append(_field(text[i + 1 : end], arguments, named, counter))
            i = end + 1
        elif c == "}":
            raise ValueError("Single '}' encountered in format string")
        else:
            parts.append(c)
            i += 1
    return "".join(parts)


def _closing(text, start):
    depth = 0
    for i in range(start, len(text)):
        depth += 1 if text[i] == "{" else -1 if text[i] == "}" else 0
        if depth == 0:
            return i
    raise ValueError("expected '}' before end of string")


def _field(field, arguments, named, counter):
    name, _, spec = field.partition(":")
    name, _, conversion = name.partition("!")
    if name == "":
        name = str(counter[0])
        counter[0] += 1
    if "." in name or "[" in name:
        raise NotImplementedError("str.format with {" + name + "}: it is in a notebook")
    if name.isdigit():
        if int(name) >= len(arguments):
            raise IndexError(
                "Replacement index " + name + " out of range for positional args tuple"
            )
        value = arguments[int(name)]
    else:
        value = named[name]
    if "{" in spec:
        spec = _format_fields(spec, arguments, named, counter)
    return converted(value, conversion, spec) if conversion else format_(value, spec)


def percent(text, values):
    """Return text % values."""
    if type(values) is OrderedDict or type(values) is dict:
        raise NotImplementedError("% with a dictionary: not in the page; it is in a notebook")
    values = list(values) if type(values) is tuple else [values]
    parts = []
    pieces = text.split("%")
    parts.append(pieces[0])
    k = 1
    while k < len(pieces):
        piece = pieces[k]
        if piece == "" and k + 1 < len(pieces):
            parts.append("%" + pieces[k + 1])
            k += 2
            continue
        n = 0
        while n < len(piece) and piece[n] in "-+ #0123456789.*":
            n += 1
        if n == len(piece):
            raise ValueError("incomplete format")
        if not values:
            raise TypeError("not enough arguments for format string")
        parts.append(_percent_field(piece[:n], piece[n], values.pop(0)) + piece[n + 1 :])
        k += 1
    if values:
        raise TypeError("not all arguments converted during string formatting")
    return "".join(parts)


def _percent_field(spec, kind, value):
    if "*" in spec or "#" in spec:
        raise NotImplementedError("%" + spec + kind + ": not in the page; it is in a notebook")
    flags = ""
    while spec[:1] in ("-", "+", " ", "0") and spec:
        flags += spec[0]
        spec = spec[1:]
    if kind in "sr":
        value = text_of(value) if kind == "s" else show(value)
        return format_(value, ("<" if "-" in flags else ">") + spec)
    if kind in "di":
        value, kind = int(value), "d"
    elif kind in "eEfFgG":
        value = float(value)
    elif kind not in "xXo":
        raise NotImplementedError("%" + kind + ": not in the page; it is in a notebook")
    sign = "+" if "+" in flags else " " if " " in flags else ""
    align = "<" if "-" in flags else "=" if "0" in flags else ">"
    fill = "0" if align == "=" else ""
    return format_(value, fill + align + sign + spec + kind)


# What is done in place


class _Index:
    """What a[…] is asked for."""

    def __getitem__(self, i):
        return i


index = _Index()

_UPDATES = {
    "*": ("__imul__", lambda a, b: a * b),
    "/": ("__itruediv__", lambda a, b: a / b),
    "//": ("__ifloordiv__", lambda a, b: a // b),
    "%": ("__imod__", lambda a, b: a % b),
    "**": ("__ipow__", lambda a, b: a**b),
    "@": ("__imatmul__", lambda a, b: a @ b),
    "&": ("__iand__", lambda a, b: a & b),
    "|": ("__ior__", lambda a, b: a | b),
    "^": ("__ixor__", lambda a, b: a ^ b),
    "<<": ("__ilshift__", lambda a, b: a << b),
    ">>": ("__irshift__", lambda a, b: a >> b),
}


def updated(a, sign, b):
    """Return what `a *= b` makes of a."""
    name, operate = _UPDATES[sign]
    t = type(a)
    if t is float or t is int:
        return operate(a, b)
    if hasattr(a, name):
        result = getattr(a, name)(b)
        if result is not NotImplemented:
            return result
    elif t is list:
        a[:] = operate(a, b)
        return a
    return operate(a, b)


def update_item(a, i, sign, b):
    """Do `a[i] *= b`."""
    a[i] = updated(a[i], sign, b)


def update_attribute(a, name, sign, b):
    """Do `a.name *= b`."""
    setattr(a, name, updated(getattr(a, name), sign, b))


# Displays that the interpreter has not, or has without an order


def make_dict(*pairs):
    """Return a dictionary that keeps its order."""
    return OrderedDict(pairs)


def make_dict_of(*given, **named):
    """Return dict(…); names come in no order, as the interpreter passes them."""
    made = OrderedDict(*given)
    made.update(named)
    return made


def items(mapping):
    """Return the pairs of `**mapping`."""
    return list(mapping.items())


def dict_from(pairs):
    """Return the dictionary of a comprehension."""
    return OrderedDict(pairs)


def make_list(*values):
    """Return the list of `[*a, b]`."""
    return list(values)


def make_tuple(*values):
    """Return the tuple of `(*a, b)`."""
    return values


def install():
    """Put all this where a cell finds it, and not among its names."""
    import time

    time.perf_counter = lambda: _k.now() / 1e3
    builtins.print, builtins.repr, builtins.round, builtins.zip = print_, show, round_, zip_
    builtins.format = format_
    builtins._d2l_budget = budget
    for function in (pause, Function, call, text_of, out, format_, converted, join, formatter):
        setattr(builtins, "_d2l_" + function.__name__, function)
    builtins._d2l_index = index
    builtins._d2l_item_of = item_of
    for function in (
        updated,
        update_item,
        update_attribute,
        percent,
        make_dict,
        make_dict_of,
        items,
        dict_from,
        make_list,
        make_tuple,
    ):
        setattr(builtins, "_d2l_" + function.__name__, function)
