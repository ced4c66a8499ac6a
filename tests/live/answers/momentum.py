"""Answers to the exercise `momentum`."""

V, W = "            v = m * v + g\n", "            w = w - lr * v\n"
STEP = V + W

FUNCTIONS = ("train",)

START = (
    (
        STEP,
        "            # your line here: the velocity v\n"
        "            w = w - lr * g  # and change this line\n",
    ),
)
MISSING = (
    "yours has 0: the momentum m has no effect yet. Two steps lead to a loss of 0.3475; "
    "with momentum it is 0.3038."
)

RIGHT = (
    (STEP, "            v *= m\n            v += g\n            w -= lr * v\n"),
    (STEP, "            v = m * v + lr * g\n            w = w - v\n"),
    (STEP, "            v = m * v - g\n            w = lr * v + w\n"),
)

WRONG = {
    "dampened": (
        (V, V.replace("g", "(1 - m) * g")),
        "the first step moves 0.0345, it should move 0.1727: the gradient is multiplied by 1 - m.",
    ),
    "w before v": ((STEP, W + V), "the first step moves 0, it should move 0.1727: v is still zero"),
    "uphill": ((W, W.replace("-", "+")), "it should be -0.1163: w moves up the gradient."),
    "no rate": (
        (W, W.replace("lr * ", "")),
        "the first step moves 0.5755, it should move 0.1727: the learning rate is missing.",
    ),
    "rate twice": (
        (V, V.replace("g", "lr * g")),
        "the first step moves 0.0518, it should move 0.1727: the learning rate comes in twice.",
    ),
    "look ahead": ((W, W.replace("v", "(m * v + g)")), "the gradient comes in twice"),
    "m times both": ((V, V.replace("m * v + g", "m * (v + g)")), "multiplied by m, too."),
    "three times": (
        (W, W.replace("lr", "3 * lr")),
        "the first step moves 0.5180, it should move 0.1727: v starts at zero, so the first step",
    ),
    "one number": ((V, V.replace("+ g", "+ g[0]")), "should move 0.1727, against the gradient"),
    "no m": ((V, V.replace("m * ", "")), "yours has 1: v keeps all of its old value"),
    "minus m": ((V, V.replace("m", "-m")), "yours has -0.8000: m v is added"),
    "half of m": ((V, V.replace("m", "m / 2")), "yours has 0.4000. The velocity"),
    "reset": (
        (
            "        order =",
            "        v = np.zeros(6)\n        order =",
        ),
        "yours has 0 when the two steps are two epochs: v is set to zero in each epoch.",
    ),
    "late": (
        (V, V.replace("m * v", "(m if epoch < 2 else 0) * v")),
        "but not the four of train(0.3, 1500, 0.8, 4): they lead to a loss of 0.2699, it should",
    ),
    "an epoch": (
        (STEP, "        v = m * v + g\n        w = w - lr * v\n"),
        "but train(0.3, 500, 0.8), three steps, leads to a loss of",
    ),
}
