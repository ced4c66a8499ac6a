"""Answers to the exercise `division`."""

STEP = "    return w - lr * gradient(w, rows)\n"
MEAN = "    return X[rows].T @ (X[rows] @ w - y[rows]) / len(rows)\n"

FUNCTIONS = ("step",)

START = ((STEP, STEP.replace("\n", " / len(rows)\n")),)
MISSING = (
    "Your step divides by b twice: at b = 10 the first step moves 0.0038, it should move 0.0385."
)

RIGHT = (
    (STEP, "    w -= lr * gradient(w, rows)\n    return w\n"),
    (
        MEAN + "\n\ndef step(w, rows, lr):\n" + STEP,
        MEAN.replace(" / len(rows)", "")
        + "\n\ndef step(w, rows, lr):\n"
        + STEP.replace("\n", " / len(rows)\n"),
    ),
    (STEP, "    b = len(rows)\n    g = b * gradient(w, rows)\n    return w - (lr / b) * g\n"),
)

WRONG = {
    "no division": (
        (MEAN, MEAN.replace(" / len(rows)", "")),
        "Your step does not divide by b any more, one division has to stay: at b = 10 the first "
        "step moves 0.3850, it should move 0.0385.",
    ),
    "both by n": (
        (MEAN, MEAN.replace("len(rows)", "n")),
        "Your step divides by n, the mean is over the b rows of the minibatch: at b = 10 ",
    ),
    "by b and n": ((STEP, STEP.replace("\n", " / n\n")), "Your step divides by b and by n"),
    "root too": (
        (STEP, STEP.replace("\n", " / len(rows) ** 0.5\n")),
        "divides by b and by its root",
    ),
    "root only": ((STEP, STEP.replace("\n", " * len(rows) ** 0.5\n")), "divides by the root of b"),
    "fixed number": (
        (MEAN, MEAN.replace("len(rows)", "10")),
        "Your step is right at b = 10, but at b = 100 the first step moves",
    ),
    "uphill": (
        (STEP, STEP.replace("-", "+")),
        "goes up the gradient: at b = 10 the first weight changes by 0.0184, it should be -",
    ),
    "a number": (
        (MEAN, "    return (X[rows].T @ (X[rows] @ w - y[rows])).mean() / len(rows)\n"),
        "Your step has another direction: at b = 10 the first weight changes by ",
    ),
    "half": (
        (STEP, STEP.replace("lr", "lr / 2")),
        "Your step is 0.5000 times as long as it should",
    ),
    "no step": (
        (STEP, "    return w\n"),
        "Your step does not move w: at b = 10 the first step moves 0",
    ),
    "w left out": (
        (MEAN, "    return -X[rows].T @ y[rows] / len(rows)\n"),
        "from w = 0.1 (all six) the first weight goes to",
    ),
}
