"""Answers to the exercise `diagnosis`."""

COST = (
    "    (b, first), (B, last) = times[0], times[-1]\n"
    "    beta = (last - first) / (B - b)\n"
    "    alpha = first - beta * b\n"
)
SIGNAL = "    signal = (B * square_B - b * square_b) / (B - b)\n"
SCALE = "    return (square_b - square_B) / (1 / b - 1 / B) / signal\n"
SIZE = "    b = np.sqrt(alpha * noise / beta)\n"
ALL = '    if b >= n:\n        return n, "all rows"\n'
REASON = '    return b, "overhead" if alpha > beta * noise else "noise"\n'

FUNCTIONS = ("step_cost", "noise_scale", "choose")

START = (
    (COST, "    alpha = 0.0  # change these two lines\n    beta = 1.0\n"),
    (SIGNAL + SCALE, "    return 0.0  # your line or lines here\n"),
    (SIZE + ALL + REASON, '    b = 1.0  # your lines here\n    return b, "noise"\n'),
)
MISSING = (
    "step_cost(((1, 82), (26, 132), (51, 182))) returns 0 and 1: nothing is computed there yet."
)

RIGHT = (
    (
        COST,
        "    b, seconds = np.array(times).T\n"
        "    beta = (seconds[-1] - seconds[0]) / (b[-1] - b[0])\n"
        "    alpha = seconds[-1] - beta * b[-1]\n",
    ),
    (
        SIGNAL + SCALE,
        "    trace = b * B * (square_b - square_B) / (B - b)\n"
        "    return trace / (square_b - trace / b)\n",
    ),
    (SIZE, "    b = round((alpha * noise / beta) ** 0.5)\n"),
    (REASON, '    return int(b), "noise" if beta * noise > alpha else "overhead"\n'),
)

WRONG = {
    "interchanged": (
        ("    return alpha, beta\n", "    return beta, alpha\n"),
        "step_cost(((1, 82), (26, 132), (51, 182))) returns 2 and 80: alpha and beta are",
    ),
    "rows left in": (
        (COST, COST.replace(" - beta * b", "")),
        "returns 82 and 2: the first time also holds its rows",
    ),
    "over the last": (
        (COST, COST.replace("(B - b)\n", "B\n")),
        "it should be 80 and 2: 80 + 2 b passes through both.",
    ),
    "noise upside down": (
        (SCALE, "    return signal / ((square_b - square_B) / (1 / b - 1 / B))\n"),
        "it should be 30: the fraction is upside down.",
    ),
    "trace": ((SCALE, SCALE.replace(" / signal", "")), "returns 60, it should be 30: this is tr Σ"),
    "signal": ((SCALE, "    return signal\n"), "returns 2, it should be 30: this is |g|²"),
    "by the larger": (
        (SCALE, SCALE.replace("signal", "square_B")),
        "the mean square of the larger batch still holds noise.",
    ),
    "by the smaller": (
        (SCALE, SCALE.replace("signal", "square_b")),
        "the mean square of the smaller batch is mostly noise.",
    ),
    "difference": (
        (SCALE, "    return (square_b - square_B) / signal\n"),
        "tr Σ / b - tr Σ / B is not tr Σ yet.",
    ),
    "half": (
        (SCALE, SCALE.replace("return ", "return 0.5 * ")),
        "returns 15, it should be 30: |g|² is 2 and tr Σ is 60.",
    ),
    "size missing": (
        (SIZE + ALL + REASON, '    return 1.0, "noise"\n'),
        "choose(100, 1, 25, 5000) returns 1 and 'noise': nothing is computed there yet.",
    ),
    "no root": ((SIZE, "    b = alpha * noise / beta\n"), "this is its square. Take the root."),
    "costs interchanged": (
        (SIZE, "    b = np.sqrt(beta * noise / alpha)\n"),
        "alpha and beta are interchanged.",
    ),
    "noise alone": ((SIZE, "    b = noise\n"), "this is the noise scale alone."),
    "twice": (
        (SIZE, "    b = 2 * np.sqrt(alpha * noise / beta)\n"),
        "the batch size should be 50.",
    ),
    "more than all": (
        (ALL, ""),
        "choose(400, 1, 900, 500) returns 600 and 'noise': there are only",
    ),
    "wrong reason": (
        (REASON, '    return b, "noise" if alpha > beta * noise else "overhead"\n'),
        'it should be "overhead": alpha is 100, beta times noise 25',
    ),
    "other words": (
        (REASON, '    return b, "the machine"\n'),
        'should return a batch size and "overhead", "noise" or "all rows".',
    ),
}
