"""Estimate the noise scale from the squared norms of gradients at two batch sizes."""

from d2lmini.exercises._answers import Wrong, call, near, numbers, short

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

HINTS = (
    "The mean of the squared norm is signal plus noise: at b it is |g|² + tr Σ / b.",
    "That is one equation for b and one for B, with two unknowns. Subtract them, and |g|² is gone.",
    "The difference square_b - square_B is tr Σ times (1 / b - 1 / B). Solve for tr Σ.",
    "For |g|², multiply the equations by b and by B, and subtract: tr Σ is gone, "
    "and B square_B - b square_b is (B - b) |g|².",
)

PRAISE = (
    "without any gradient of all rows the estimate comes within some percent of the noise scale. "
    "Two batch sizes are enough, and workers that train in parallel have both at hand."
)

SOLUTION = '''\
import numpy as np

from d2lmini.data import whitened_airfoil

features, y = (a.astype(float) for a in whitened_airfoil())
n = len(y)
X = np.c_[features, np.ones(n)]


def mean_square(b, draws=1000):
    """The mean of |g|² of minibatches at w = 0."""
    rows = [np.random.randint(0, n, b) for _ in range(draws)]
    return sum(((X[r].T @ y[r] / b) ** 2).sum() for r in rows) / draws


def estimate(b, square_b, B, square_B):
    """|g|² and tr Σ of all rows, from two batch sizes b < B."""
    signal = (B * square_B - b * square_b) / (B - b)
    trace = (square_b - square_B) / (1 / b - 1 / B)
    return signal, trace


np.random.seed(0)
signal, trace = estimate(10, mean_square(10), 100, mean_square(100))
G = -y[:, None] * X  # the gradients of all rows
for g2, tr in ((signal, trace), ((G.mean(0) ** 2).sum(), G.var(0).sum())):
    print(f"|g|² = {g2:.3f}, tr Σ = {tr:.2f}, noise scale {tr / g2:.1f}")
'''


def examine(names: "dict[str, Any]") -> None:
    """Raise `Wrong` if the reader's ``estimate`` is wrong.

    Parameters
    ----------
    names : dict
        The global names of the reader's code.

    Raises
    ------
    Wrong
        With what is wrong, and what it should be.
    """
    for b, B, signal, trace in ((10, 100, 2, 30), (4, 64, 0.5, 8), (1, 2, 3, 0.25)):
        square_b, square_B = signal + trace / b, signal + trace / B
        shown = f"estimate({b}, {short(square_b)}, {B}, {short(square_B)})"
        found = numbers(call(names, shown, b, square_b, B, square_B), 2, shown)
        if near(found[0], square_B) and near(found[1], square_b):
            raise Wrong(
                f"{shown} still returns the two squared norms. They belong to "
                f"|g|² = {short(signal)} and tr Σ = {short(trace)}: these it should return."
            )
        if near(found[0], trace) and near(found[1], signal):
            raise Wrong(
                f"{shown} returns {short(found[0])} and {short(found[1])}: both numbers are right, "
                "but the order is not. First |g|², then tr Σ."
            )
        if not near(found[1], trace):
            _explain_trace(shown, found[1], trace, b, square_b, B, square_B)
        if not near(found[0], signal):
            _explain_signal(shown, found[0], signal, b, square_b, B, square_B)


def _explain_trace(
    shown: str, found: float, trace: float, b: int, square_b: float, B: int, square_B: float
) -> None:
    start = f"From {shown} comes tr Σ = {short(found)}, it should be {short(trace)}"
    difference = square_b - square_B
    for value, reason in (
        (-trace, "the sign is wrong. The smaller batch has the larger square, and 1 / b > 1 / B."),
        (difference, f"this is the difference alone. Divide it by 1 / {b} - 1 / {B}."),
        (
            b * difference,
            f"the noise left at B = {B} is neglected. Divide by 1 / {b} - 1 / {B}, not by 1 / {b}.",
        ),
        (b * square_b, "|g|² is in it. Subtract the squares first."),
        (
            difference * (B - b),
            f"1 / {b} - 1 / {B} is not 1 / ({B} - {b}).",
        ),
        (difference * (1 / b - 1 / B), f"divide by 1 / {b} - 1 / {B}, do not multiply."),
    ):
        if near(found, value):
            raise Wrong(f"{start}: {reason}")
    raise Wrong(
        f"{start}. The squares differ by {short(difference)}, which is tr Σ (1 / {b} - 1 / {B})."
    )


def _explain_signal(
    shown: str, found: float, signal: float, b: int, square_b: float, B: int, square_B: float
) -> None:
    start = f"tr Σ is right. From {shown} comes |g|² = {short(found)}, it should be {short(signal)}"
    noise = f"{short(square_B - signal)}"
    for value, reason in (
        (
            square_B,
            f"this is the square at B = {B}, which still holds tr Σ / B = {noise} of noise.",
        ),
        (square_b, f"this is the square at b = {b}. Subtract its noise, tr Σ / b."),
        (
            (B * square_b - b * square_B) / (B - b),
            "b and B are interchanged. Each square is multiplied by its own batch size.",
        ),
        (B * square_B - b * square_b, f"the division by B - b = {B - b} is missing."),
        (-signal, "the sign is wrong."),
    ):
        if near(found, value):
            raise Wrong(f"{start}: {reason}")
    raise Wrong(f"{start}. The square at b is |g|² + tr Σ / b, so subtract the noise from it.")
