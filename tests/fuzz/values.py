"""Texts of arguments, right and wrong, drawn by a seeded generator.

A text is Python that `tests.fuzz.flavours` evaluates, so that a failure can be shown as a call
that anyone can paste. Evaluated twice, a text gives two equal and independent values.
"""

from random import Random

WHOLE = ("1", "2", "3", "7", "np.int64(3)", "np.uint8(2)", "np.array(2)")

NUMBERS = (
    *WHOLE,
    *(
        "array(np.array(3))",
        "0",
        "-1",
        "-3",
        "4",
        "64",
        "1504",
        "2**31",
        "2**63",
        "10**30",
        "-(10**30)",
        "10**400",
    ),
    *("-(10**5000)", "10**5000", "0.05", "1.0", "2.5", "-0.5", "1e-320", "1e308", "-1e308"),
    *("np.nan", "np.inf", "-np.inf", "True", "False", "np.bool_(True)", "array(np.array(True))"),
    *("np.float32(0.5)", "np.float16(2)", "np.float64('nan')", "np.array(0.1)", "np.array([3])"),
    *("np.array([0.1])", "np.array([1, 2])", "array(np.array([0.1, 0.2], 'float32'))"),
    *("array(np.array(0.5, 'float32'))", "np.array('3')", "np.array([])", "np.complex64(1 + 2j)"),
    *("3j", "Fraction(1, 2)", "Decimal('0.5')", "Decimal('sNaN')", "np.timedelta64(3)"),
    *("'3'", "b'3'", "bytearray(b'3')", "'0.1'", "'nan'", "''", "None", "[]", "[1]", "(2,)", "{}"),
)

LONG = (*WHOLE, "4", "64", "1504", "2**31", "2**63", "10**30", "0.5", "1.0", "2.5", "1e308")
LONG = (*LONG, "np.float16(2)", "np.float32(0.5)", "np.array(0.1)", "np.array([0.1])")
LONG = (*LONG, "np.array([3])", "array(np.array(0.5, 'float32'))", "Fraction(1, 2)")
LONG = (*LONG, "Decimal('0.5')", "np.timedelta64(3)", "0.05")

LARGE = ("2**31", "2**63", "10**30", "10**400", "10**5000")

THINGS = (
    *("None", "True", "0", "-1", "3", "0.5", "np.nan", "'text'", "''", "b'bytes'", "'\\0'", "'π'"),
    *("[]", "()", "{}", "{1, 2}", "{'a': 1}", "[None]", "[1, 'a']", "[[]]", "['ab', 'cd']"),
    *("object()", "int", "len", "lambda *a: None", "lambda *a: 1", "range(3)", "iter([])"),
    *("(x for x in (1, 2))", "slice(3)", "...", "NotImplemented", "Exception('x')", "np"),
    *("np.array(['a', 'b'])", "np.array([None, 1])", "np.array([], 'float32')", "np.float32(1)"),
    *("np.datetime64('2020')", "np.ma.masked_array([1.0, 2.0], [0, 1])", "10**400"),
)

SHAPES = ("()", "(0,)", "(1,)", "(3,)", "(4,)", "(4, 1)", "(1, 4)", "(3, 2)", "(2, 3)", "(4, 5)")
SHAPES = (*SHAPES, "(0, 5)", "(4, 0)", "(2, 3, 2)", "(5, 1)", "(1, 1)")
FLOATS = ("float32", "float64", "float16")
TYPES = (*FLOATS, "float32", "float32", "int32", "int64", "int8", "uint8", "uint16", "bool")
TYPES = (*TYPES, "complex64", "longdouble", ">f4", "object", "str", "datetime64[s]")
VIEWS = ("{}[::2]", "{}[::-1]", "{}.T", "{}[..., ::2]", "frozen({})", "np.asfortranarray({})")
VIEWS = (*VIEWS, "np.broadcast_to({}, (3, *{}.shape))", "{}.view(np.recarray)", "{}.tolist()")


def numbers(rng: Random, shape: str, kind: str = "float32") -> str:
    """Return the text of a NumPy array of a shape, drawn from a normal distribution."""
    return f"normal({rng.randrange(1000)}, {shape}, {kind!r})"


def number(rng: Random) -> str:
    return rng.choice(NUMBERS)


def short_time(rng: Random) -> str:
    """Return the text of a number that is no long time in seconds."""
    return rng.choice([text for text in NUMBERS if text not in LONG])


def thing(rng: Random) -> str:
    return rng.choice(THINGS)


def filled(rng: Random, shape: str, kind: str) -> str:
    """Return the text of an array that is special all over, or in one place."""
    value = rng.choice(("0", "1", "np.nan", "np.inf", "-np.inf", "1e30", "-1e-30", "3e4", "250"))
    if rng.random() < 0.5:
        return f"np.full({shape}, {value}).astype({kind!r})"
    return f"spoilt({numbers(rng, shape, kind)}, {value})"


def plain_array(rng: Random) -> str:
    """Return the text of a NumPy array of any shape and type, perhaps a view."""
    shape, kind = rng.choice(SHAPES), rng.choice(TYPES)
    make = numbers if rng.random() < 0.7 else filled
    text = make(rng, shape, kind)
    return rng.choice(VIEWS).replace("{}", text) if rng.random() < 0.3 else text


def tensor(rng: Random) -> str:
    """Return the text of an array of the framework."""
    return f"array({plain_array(rng)})"


def floats(rng: Random) -> str:
    """Return the text of a tensor of floating-point numbers, some of them special."""
    make = rng.choice((numbers, filled))
    return f"array({make(rng, rng.choice(SHAPES), rng.choice(FLOATS))})"


def anything(rng: Random) -> str:
    return rng.choice((number, thing, plain_array, tensor))(rng)


def several(rng: Random) -> str:
    """Return the text of a list or another collection of arrays."""
    parts = ", ".join(
        rng.choice((plain_array, tensor, tensor, anything))(rng) for _ in range(rng.randrange(4))
    )
    return rng.choice(("[{}]", "({},)" if parts else "()", "iter([{}])", "[{}][::-1]")).replace(
        "{}", parts
    )
