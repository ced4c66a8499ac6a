"""What the numbers of an array are, and codes of what is done to them."""

from micropython import const

# What the numbers are; all are kept as doubles, and integers must fit into 53 bits.
BOOL = const(0)
INT = const(1)
FLOAT = const(2)
SINGLE = const(3)


# The order of the lists in `elementwise.js` and `reductions.js`.
ADD = const(0)
SUB = const(1)
MUL = const(2)
DIV = const(3)
FLOORDIV = const(4)
MOD = const(5)
POW = const(6)
MAX = const(7)
MIN = const(8)
LT = const(9)
LE = const(10)
GT = const(11)
GE = const(12)
EQ = const(13)
NE = const(14)
AND = const(15)
OR = const(16)
XOR = const(17)
NEG = const(0)
ABS = const(1)
SQRT = const(2)
EXP = const(3)
LOG = const(4)
SIN = const(5)
COS = const(6)
ISFINITE = const(7)
ISNAN = const(8)
NOT = const(9)
TANH = const(10)
FLOOR = const(11)
CEIL = const(12)
RINT = const(13)
SIGN = const(14)
LOG2 = const(15)
LOG10 = const(16)
LOG1P = const(17)
EXPM1 = const(18)
TAN = const(19)
TRUTH = const(20)
SUM = const(0)
MEAN = const(1)
AMIN = const(2)
AMAX = const(3)
ARGMIN = const(4)
ARGMAX = const(5)
VAR = const(6)
STD = const(7)
MEDIAN = const(8)
PROD = const(9)
ANY = const(10)
ALL = const(11)

NAMES = ("bool", "int64", "float64", "float32")

LARGEST = 2**53


def missing(name):
    """Return the error for what the page's numpy does not have."""
    return NotImplementedError(
        "numpy." + name + ": not in the page's small numpy; it is in a notebook"
    )


def beyond():
    """Return the error for an integer that a double does not hold."""
    return OverflowError("an integer beyond 2**53: the page's small numpy has none; a notebook has")


class dtype:  # noqa: N801
    """What the numbers of an array are."""

    def __init__(self, kind):
        self.kind = kind
        self.name = NAMES[kind]

    def __eq__(self, other):
        try:
            return self.kind == kind_of(other)
        except (TypeError, NotImplementedError):
            return False

    def __ne__(self, other):
        return not self == other

    def __hash__(self):
        return self.kind

    def __str__(self):
        return self.name

    def __repr__(self):
        return "dtype('" + self.name + "')"


def kind_of(given):
    """Return the kind that a dtype argument names."""
    if isinstance(given, dtype):
        return given.kind
    if given is float or given == "float64" or given == "float":
        return FLOAT
    if given is int or given == "int64" or given == "int":
        return INT
    if given is bool or given == "bool":
        return BOOL
    if given == "float32":
        return SINGLE
    kind = getattr(given, "_kind", None)
    if kind is None:
        raise missing("dtype(" + repr(given) + ")")
    return kind
