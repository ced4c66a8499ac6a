"""Choose the batch size of the least time, from the cost of a step and the steps needed."""

from d2lmini.exercises._answers import Wrong, call, near, number, short

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

HINTS = (
    "Time is steps times time of a step. Write the first function as the product of the two.",
    "Multiply out: S (alpha + beta B + alpha B / b + beta b). Only two of these terms depend on b.",
    "One of the two falls with b, the other grows. Their sum is least where they are equal.",
    "alpha B / b = beta b. Solve for b: its square is alpha B / beta.",
)

PRAISE = (
    "b = 90 takes 8.1 ms. There beta b, the cost of the rows, equals alpha B / b, the cost of the "
    "noise. The time is flat around it: half or twice this b takes 9.0 ms, a ninth longer."
)

SOLUTION = '''\
import numpy as np

alpha, beta = 90e-6, 0.5e-6  # seconds: a step, and each of its rows
S, B = 40, 45  # the fewest steps, and the critical batch size


def time_to_level(b, alpha, beta, S, B):
    """Steps needed with the batch size b, times the time of a step."""
    return S * (1 + B / b) * (alpha + beta * b)


def best_batch(alpha, beta, B):
    """The batch size of the least time."""
    return np.sqrt(alpha * B / beta)


best = best_batch(alpha, beta, B)
for b in best * np.array([0.1, 0.5, 1, 2, 10]):
    t = time_to_level(b, alpha, beta, S, B)
    print(f"b = {b:6.1f}: {1e3 * t:7.2f} ms")
'''


def examine(names: "dict[str, Any]") -> None:
    """Raise `Wrong` if the reader's two functions are wrong.

    Parameters
    ----------
    names : dict
        The global names of the reader's code.

    Raises
    ------
    Wrong
        With what is wrong, and what it should be.
    """
    for b, alpha, beta, S, B in ((20, 80, 3, 10, 30), (7, 3, 0.5, 4, 35), (300, 9, 1, 8, 60)):
        shown = f"time_to_level({b}, {alpha}, {beta}, {S}, {B})"
        found = number(call(names, shown, b, alpha, beta, S, B), shown)
        if not near(found, _time(b, alpha, beta, S, B)):
            _explain_time(shown, found, b, alpha, beta, S, B)
    for alpha, beta, B in ((100, 4, 16), (50, 1, 200), (9, 1, 7)):
        shown = f"best_batch({alpha}, {beta}, {B})"
        found = number(call(names, shown, alpha, beta, B), shown)
        # A batch holds whole rows, so a rounded answer is right, too.
        if abs(found - (alpha * B / beta) ** 0.5) > 1:
            _explain_best(shown, found, alpha, beta, B)


def _time(b: float, alpha: float, beta: float, S: float, B: float) -> float:
    return S * (1 + B / b) * (alpha + beta * b)


def _explain_time(
    shown: str, found: float, b: float, alpha: float, beta: float, S: float, B: float
) -> None:
    steps, cost = S * (1 + B / b), alpha + beta * b
    start = f"{shown} returns {short(found)}, it should be {short(steps * cost)}"
    for value, reason in (
        (0, "nothing is computed there yet."),
        (S * cost, f"it takes {short(steps)} steps, not {S}. The noise adds the factor 1 + B / b."),
        (S * (1 + b / B) * cost, "b / B is upside down. More rows need fewer steps."),
        (S * B / b * cost, "the steps are S (1 + B / b), and the 1 is missing."),
        (steps * alpha, "beta is missing. A step also costs beta for each of its rows."),
        (steps * (alpha + beta), "a step has b rows, so beta is multiplied by b."),
        (steps * beta * b, "alpha is missing. A step costs alpha whatever it holds."),
        (steps, "these are the steps. Multiply them by the time of one."),
        (cost, "this is the time of one step. Multiply it by the steps needed."),
        (steps * cost * b, "it is multiplied by b once too often."),
    ):
        if near(found, value):
            raise Wrong(f"{start}: {reason}")
    raise Wrong(f"{start}: {short(steps)} steps, each of {short(cost)}.")


def _explain_best(shown: str, found: float, alpha: float, beta: float, B: float) -> None:
    best = (alpha * B / beta) ** 0.5
    start = f"The time is right. But {shown} returns {short(found)}, it should be {short(best)}"
    for value, reason in (
        (1, "it still returns 1 always."),
        (best**2, "this is its square. Take the root."),
        (1 / best, "the fraction is upside down. Costly steps ask for larger batches."),
        ((beta * B / alpha) ** 0.5, "alpha and beta are interchanged."),
        ((alpha / beta) ** 0.5, "B is missing. More noise asks for larger batches."),
        (alpha / beta, "this is where rows cost as much as the step itself, and B is missing."),
        ((alpha / beta) ** 0.5 * B, "B belongs under the root."),
        (B, "this is the critical batch size B. What steps and rows cost counts, too."),
    ):
        if near(found, value):
            raise Wrong(f"{start}: {reason}")
    if found <= 0:
        raise Wrong(f"{start}: a batch has at least one row.")
    times = _time(found, alpha, beta, 1, B) / _time(best, alpha, beta, 1, B)
    raise Wrong(f"{start}. At your b the run takes {times:.2f} times as long as at the best.")
