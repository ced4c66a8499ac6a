"""Answers to the exercise `accumulation`."""

ADD = "        g = g + len(part) / len(rows) * gradient(w, part)\n"
END = "    return w - lr * g\n"

FUNCTIONS = ("accumulated_step",)

START = ((ADD, "        # your line here: add to g what this batch is worth\n"),)
MISSING = (
    "in batches of 10 the step moves 0, it should move 0.1077: nothing has been added to g yet."
)

RIGHT = (
    (ADD, "        g += gradient(w, part) * len(part) / len(rows)\n"),
    (
        ADD + END,
        "        g = g + X[part].T @ (X[part] @ w - y[part])\n    return w - lr * g / len(rows)\n",
    ),
    (
        ADD + END,
        "        g = g + len(part) * gradient(w, part)\n    return w - lr / len(rows) * g\n",
    ),
)

WRONG = {
    "sum of the means": (
        (ADD, "        g = g + gradient(w, part)\n"),
        "the step moves 1.077, it should move 0.1077: the 10 means are added as they are.",
    ),
    "mean of the means": (
        (
            ADD + END,
            "        g = g + gradient(w, part)\n    return w - lr * g / -(-len(rows) // size)\n",
        ),
        "in batches of 30 the step moves 0.1249, it should move 0.1077: the last batch has "
        "10 rows, but counts as much as one of 30, 1 / 4. Its share is 10 / 100.",
    ),
    "whole batches": (
        (ADD, ADD.replace("len(part) / len(rows)", "1 / (len(rows) // size)")),
        "there are 4 batches, the last of 10 rows, but you divide by 3.",
    ),
    "size": (
        (ADD, ADD.replace("len(part)", "size")),
        "each batch counts 30 / 100, and the last has only 10 rows.",
    ),
    "replaced": (
        (ADD, "        g = gradient(w, part)\n"),
        "only the last batch is in it. Add to g, do not replace it.",
    ),
    "replaced share": (
        (ADD, ADD.replace("g + ", "")),
        "only the last batch is in it. Add to g, do not replace it.",
    ),
    "many steps": (
        (ADD + END, "        w = w - lr * gradient(w, part)\n    return w\n"),
        "w has moved 10 times, once a batch. Move it once, after the loop.",
    ),
    "last left out": (
        (ADD, "        if len(part) == size:\n    " + ADD),
        "the last 10 rows are left out.",
    ),
    "last left out of a mean": (
        (
            ADD,
            "        if len(part) == size:\n"
            "            g += gradient(w, part) / (len(rows) // size)\n",
        ),
        "the last 10 rows are left out.",
    ),
    "another factor": (
        (END, END.replace("lr", "2 * lr")),
        "it should move 0.1077, and the first weight should go from 0.1 to ",
    ),
    "all at once": (
        (ADD, "        g = gradient(w, rows)\n"),
        "gradient was called with 100 rows at once, but only 10 fit into the memory.",
    ),
    "in place": (
        (END, "    w -= lr * g\n    return w\n"),
        "changes the w that it is given: its first weight was 0.1 and is now",
    ),
}
