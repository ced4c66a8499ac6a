"""Answers to the exercise `choice`."""

TIME = "    return S * (1 + B / b) * (alpha + beta * b)\n"
BEST = "    return np.sqrt(alpha * B / beta)\n"

FUNCTIONS = ("time_to_level", "best_batch")

START = (
    (TIME, "    return 0.0  # your line here\n"),
    (BEST, "    return 1.0  # your line here\n"),
)
MISSING = "time_to_level(20, 80, 3, 10, 30) returns 0, it should be 3500: nothing is computed"

RIGHT = (
    (TIME, "    steps = S + S * B / b\n    return steps * alpha + steps * beta * b\n"),
    (BEST, "    return round((alpha / beta * B) ** 0.5)\n"),
    (
        BEST,
        "    return min(range(1, 1501), key=lambda b: time_to_level(b, alpha, beta, 1, B))\n",
    ),
    (
        BEST,
        "    b = np.arange(1, 1501)\n"
        "    return b[np.argmin(time_to_level(b, alpha, beta, 1, B))]\n",
    ),
    (BEST, "    return np.array([(alpha * B / beta) ** 0.5])[0]\n"),
)

WRONG = {
    "no noise": (
        (TIME, "    return S * (alpha + beta * b)\n"),
        "returns 1400, it should be 3500: it takes 25 steps, not 10.",
    ),
    "b over B": (
        (TIME, TIME.replace("B / b", "b / B")),
        "returns 2333.33, it should be 3500: b / B is",
    ),
    "no 1": (
        (TIME, TIME.replace("1 + ", "")),
        "returns 2100, it should be 3500: the steps are S (1",
    ),
    "beta once": (
        (TIME, TIME.replace("beta * b", "beta")),
        "returns 2075, it should be 3500: a step",
    ),
    "alpha alone": (
        (TIME, TIME.replace(" + beta * b", "")),
        "returns 2000, it should be 3500: beta",
    ),
    "rows alone": (
        (TIME, TIME.replace("alpha + ", "")),
        "returns 1500, it should be 3500: alpha is",
    ),
    "steps": ((TIME, "    return S * (1 + B / b)\n"), "these are the steps."),
    "one step": ((TIME, "    return alpha + beta * b\n"), "this is the time of one step."),
    "times b": ((TIME, TIME.replace("S *", "b * S *")), "multiplied by b once too often"),
    "half": (
        (TIME, TIME.replace("S *", "S / 2 *")),
        "returns 1750, it should be 3500: 25 steps, each",
    ),
    "still 1": (
        (BEST, "    return 1.0\n"),
        "The time is right. But best_batch(100, 4, 16) returns 1",
    ),
    "no root": (
        (BEST, "    return alpha * B / beta\n"),
        "best_batch(100, 4, 16) returns 400, it should be 20: this is its square. Take the root.",
    ),
    "upside down": (
        (BEST, "    return np.sqrt(beta / (alpha * B))\n"),
        "returns 0.0500, it should be 20: the fraction is upside down.",
    ),
    "interchanged": (
        (BEST, "    return np.sqrt(beta * B / alpha)\n"),
        "returns 0.8000, it should be 20: alpha and beta are interchanged.",
    ),
    "no B": (
        (BEST, "    return np.sqrt(alpha / beta)\n"),
        "returns 5, it should be 20: B is missing.",
    ),
    "no B, no root": (
        (BEST, "    return alpha / beta\n"),
        "returns 25, it should be 20: this is where",
    ),
    "B outside": ((BEST, "    return np.sqrt(alpha / beta) * B\n"), "B belongs under the root."),
    "the critical batch": (
        (BEST, "    return B\n"),
        "returns 16, it should be 20: this is the critical",
    ),
    "negative": (
        (BEST, "    return -np.sqrt(alpha * B / beta)\n"),
        "a batch has at least one row.",
    ),
    "half of it": (
        (BEST, "    return np.sqrt(alpha * B / beta) / 2\n"),
        "returns 10, it should be 20. At your b the run takes 1.12 times as long as at the best.",
    ),
}
