"""Answers to the exercise `noise_scale`."""

SIGNAL = "    signal = (B * square_B - b * square_b) / (B - b)\n"
TRACE = "    trace = (square_b - square_B) / (1 / b - 1 / B)\n"

FUNCTIONS = ("estimate",)

START = (
    (
        SIGNAL + TRACE,
        "    signal = square_B  # change this line: without the noise\n"
        "    trace = square_b  # and this one: the noise alone\n",
    ),
)
MISSING = (
    "estimate(10, 5, 100, 2.300) still returns the two squared norms. "
    "They belong to |g|² = 2 and tr Σ = 30"
)

RIGHT = (
    (
        SIGNAL + TRACE,
        "    trace = b * B * (square_B - square_b) / (b - B)\n    signal = square_b - trace / b\n",
    ),
    ("    return signal, trace\n", "    return np.array([signal, trace])\n"),
    ("    return signal, trace\n", "    return [signal, trace]\n"),
)

WRONG = {
    "noise left in": (
        (SIGNAL, "    signal = square_B\n"),
        "From estimate(10, 5, 100, 2.300) comes |g|² = 2.300, it should be 2: this is the "
        "square at B = 100, which still holds tr Σ / B = 0.3000 of noise.",
    ),
    "small square": ((SIGNAL, "    signal = square_b\n"), "this is the square at b = 10. Subtract"),
    "interchanged": (
        (SIGNAL, "    signal = (B * square_b - b * square_B) / (B - b)\n"),
        "comes |g|² = 5.300, it should be 2: b and B are interchanged.",
    ),
    "undivided": (
        (SIGNAL, SIGNAL.replace(" / (B - b)", "")),
        "the division by B - b = 90 is missing",
    ),
    "negative signal": (
        (SIGNAL, SIGNAL.replace("(B - b)", "(b - B)")),
        "|g|² = -2, it should be 2",
    ),
    "half the signal": (
        (SIGNAL, SIGNAL.replace("(B - b)", "(2 * (B - b))")),
        "comes |g|² = 1, it should be 2. The square at b is",
    ),
    "negative noise": (
        (TRACE, TRACE.replace("1 / b - 1 / B", "1 / B - 1 / b")),
        "comes tr Σ = -30, it should be 30: the sign is wrong.",
    ),
    "difference": (
        (TRACE, "    trace = square_b - square_B\n"),
        "comes tr Σ = 2.700, it should be 30: this is the difference alone.",
    ),
    "large batch as exact": (
        (TRACE, "    trace = b * (square_b - square_B)\n"),
        "comes tr Σ = 27, it should be 30: the noise left at B = 100 is neglected.",
    ),
    "signal in it": ((TRACE, "    trace = b * square_b\n"), "|g|² is in it."),
    "one over the difference": (
        (TRACE, TRACE.replace("1 / b - 1 / B", "1 / (B - b)")),
        "comes tr Σ = 243, it should be 30: 1 / 10 - 1 / 100 is not 1 / (100 - 10).",
    ),
    "multiplied": ((TRACE, TRACE.replace(") / (", ") * (")), "do not multiply"),
    "half": ((TRACE, TRACE.replace("= (", "= 0.5 * (")), "comes tr Σ = 15, it should be 30. The"),
    "other order": (
        ("    return signal, trace\n", "    return trace, signal\n"),
        "returns 30 and 2: both numbers are right, but the order is not.",
    ),
}
