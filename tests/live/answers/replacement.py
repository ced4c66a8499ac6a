"""Answers to the exercise `replacement`."""

ROWS = "        rows = np.random.randint(0, n, b)\n"
LOOP = "    for start in range(0, n, b):\n" + ROWS

FUNCTIONS = ("epoch",)

START = (
    (
        LOOP,
        "    order = np.random.permutation(n)\n"
        "    for start in range(0, n, b):\n"
        "        rows = order[start : start + b]  # change this line\n",
    ),
)
MISSING = (
    "sees all 1500 rows, each once: this is still the shuffled order. "
    "With replacement it sees about 948"
)

RIGHT = (
    (ROWS, "        rows = np.random.choice(n, b)\n"),
    (ROWS, "        rows = np.array([np.random.randint(n) for _ in range(b)])\n"),
    (ROWS, "        rows = (n * np.random.rand(b)).astype(int)\n"),
    (
        LOOP,
        "    order = np.random.randint(0, n, n)\n"
        "    for start in range(0, n, b):\n"
        "        rows = order[start : start + b]\n",
    ),
)

WRONG = {
    "within a step": (
        (ROWS, "        rows = np.random.permutation(n)[:b]\n"),
        "At b = 750 a step holds 750 different rows",
    ),
    "drawn once": (
        (
            LOOP,
            "    rows = np.random.randint(0, n, b)\n    for start in range(0, n, b):\n",
        ),
        "The 150 steps of the epoch read only 10 rows, again and again.",
    ),
    "the first rows": (
        (ROWS, "        rows = np.random.randint(0, b, b)\n"),
        "The 150 steps of the epoch read only 10 rows, again and again.",
    ),
    "neighbours": (
        (ROWS, "        rows = np.random.randint(start, start + b, b)\n"),
        "The 10 rows of a step lie close together, in the first one from ",
    ),
    "a block": (
        (ROWS, "        rows = np.random.randint(0, n - b + 1) + np.arange(b)\n"),
        "The 10 rows of a step lie close together, in the first one from ",
    ),
    "not the last row": (
        (ROWS, "        rows = np.random.randint(0, n - 1, b)\n"),
        "Row 1499 was never drawn in 30000 draws, it should come about 20 times.",
    ),
    "not the first row": (
        (ROWS, "        rows = np.random.randint(1, n, b)\n"),
        "Row 0 was never drawn in 30000 draws",
    ),
    "the later rows": (
        (ROWS, "        rows = np.random.randint(start, n, b)\n"),
        "Not all rows are equally likely: rows 0 to 149 came ",
    ),
    "seed inside": (
        (LOOP, "    np.random.seed(0)\n" + LOOP),
        "Two epochs drew the same 1500 rows in the same order.",
    ),
    "all rows in a step": (
        (ROWS, "        rows = np.random.randint(0, n, n)\n"),
        "epoch(0.01, 10) reads 225000 rows, it should read 1500: 150 steps of 10 rows each.",
    ),
    "negative rows": (
        (ROWS, "        rows = np.random.randint(-n, n, b)\n"),
        "they should be 0 to 1499.",
    ),
    "other rows for y": (
        ("y[rows]", "y[np.random.randint(0, n, b)]"),
        "The weights do not come from the rows in read: the first weight is ",
    ),
}
