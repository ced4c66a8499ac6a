"""Measure a problem with other numbers, choose its batch size, and say what decides it."""

from d2lmini.exercises._answers import Wrong, all_near, call, near, number, numbers, short

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    _Measured = tuple[tuple[int, float], ...]

HINTS = (
    "The time of a step is alpha + beta b. Two measured times at two b are two equations.",
    "beta is the difference of the two times over the difference of the two b; alpha is what is "
    "left of a time without its rows.",
    "The mean of |g|² at b is |g|² + tr Σ / b: again two equations, as on the page Minibatch "
    "variance. Divide tr Σ by |g|² at the end.",
    "The best batch is the root of alpha times noise over beta, at most n. Then compare alpha "
    "with beta times noise.",
)

PRAISE = (
    "The best batch is near 317 rows of 50,000, and the overhead decides: alpha is more than "
    "twice beta B. A leaner program would help most, and would want a smaller batch. Before you "
    "trust the number, run a few batch sizes around it."
)

SOLUTION = '''\
import numpy as np

n = 50_000
times = ((1, 0.24e-3), (100, 0.29e-3), (1000, 0.74e-3))  # b, seconds
squares = ((16, 3.10), (256, 0.40))  # b, mean of |g|² of minibatches


def step_cost(times):
    """alpha and beta, by a line through the first and the last time."""
    (b, first), (B, last) = times[0], times[-1]
    beta = (last - first) / (B - b)
    alpha = first - beta * b
    return alpha, beta


def noise_scale(squares):
    """tr Σ / |g|², from the mean squares at two batch sizes."""
    (b, square_b), (B, square_B) = squares
    signal = (B * square_B - b * square_b) / (B - b)
    return (square_b - square_B) / (1 / b - 1 / B) / signal


def choose(alpha, beta, noise, n):
    """The best batch size, and "overhead", "noise" or "all rows"."""
    b = np.sqrt(alpha * noise / beta)
    if b >= n:
        return n, "all rows"
    return b, "overhead" if alpha > beta * noise else "noise"


alpha, beta = step_cost(times)
noise = noise_scale(squares)
b, reason = choose(alpha, beta, noise, n)
print(f"alpha {1e6 * alpha:.0f} µs, beta {1e6 * beta:.2f} µs a row")
print(f"noise scale {noise:.0f}: take b = {b:.0f}, {reason} decides")
'''

_REASONS = ("overhead", "noise", "all rows")


def examine(names: "dict[str, Any]") -> None:
    """Raise `Wrong` if one of the reader's three functions is wrong.

    Parameters
    ----------
    names : dict
        The global names of the reader's code.

    Raises
    ------
    Wrong
        With what is wrong, and what it should be.
    """
    for alpha, beta, sizes in ((80, 2, (1, 26, 51)), (30, 5, (10, 60, 110))):
        times = tuple((b, alpha + beta * b) for b in sizes)
        _examine_cost(names, times, alpha, beta)
    for signal, trace, b, B in ((2, 60, 16, 256), (5, 40, 10, 40)):
        squares = ((b, signal + trace / b), (B, signal + trace / B))
        _examine_noise(names, squares, signal, trace)
    for values in ((100, 1, 25, 5000), (10, 2, 80, 5000), (400, 1, 900, 500)):
        _examine_choice(names, *values)


def _examine_cost(names: "dict[str, Any]", times: "_Measured", alpha: float, beta: float) -> None:
    shown = f"step_cost({times!r})"
    found = numbers(call(names, shown, times), 2, shown)
    if all_near(found, (alpha, beta)):
        return
    start = f"{shown} returns {short(found[0])} and {short(found[1])}"
    for value, reason in (
        ((0, 1), "nothing is computed there yet."),
        ((beta, alpha), "alpha and beta are interchanged."),
        ((times[0][1], beta), "the first time also holds its rows: subtract beta b."),
    ):
        if all_near(found, value):
            raise Wrong(f"{start}: {reason}")
    raise Wrong(
        f"{start}, it should be {alpha} and {beta}: {alpha} + {beta} b passes through both."
    )


def _examine_noise(
    names: "dict[str, Any]", squares: "_Measured", signal: float, trace: float
) -> None:
    shown = f"noise_scale({squares!r})"
    found = number(call(names, shown, squares), shown)
    scale = trace / signal
    if near(found, scale):
        return
    start = f"The cost is right. But {shown} returns {short(found)}, it should be {short(scale)}"
    (_, square_b), (_, square_B) = squares
    for value, reason in (
        (0, "nothing is computed there yet."),
        (1 / scale, "the fraction is upside down."),
        (trace, "this is tr Σ. Divide it by |g|²."),
        (signal, "this is |g|². Divide tr Σ by it."),
        (trace / square_B, "the mean square of the larger batch still holds noise."),
        (trace / square_b, "the mean square of the smaller batch is mostly noise."),
        ((square_b - square_B) / signal, "tr Σ / b - tr Σ / B is not tr Σ yet."),
    ):
        if near(found, value):
            raise Wrong(f"{start}: {reason}")
    raise Wrong(f"{start}: |g|² is {short(signal)} and tr Σ is {short(trace)}.")


def _examine_choice(
    names: "dict[str, Any]", alpha: float, beta: float, noise: float, n: int
) -> None:
    shown = f"choose({alpha}, {beta}, {noise}, {n})"
    found = call(names, shown, alpha, beta, noise, n)
    if not isinstance(found, tuple) or len(found) != 2 or found[1] not in _REASONS:
        raise Wrong(f'{shown} should return a batch size and "overhead", "noise" or "all rows".')
    b, best = number(found[0], shown), (alpha * noise / beta) ** 0.5
    start = f"Cost and noise are right. But {shown} returns {short(b)} and {found[1]!r}"
    if abs(b - min(best, n)) > 1:
        _explain_size(start, b, best, alpha, beta, noise, n)
    reason = "all rows" if best >= n else "overhead" if alpha > beta * noise else "noise"
    if found[1] != reason:
        raise Wrong(
            f'{start}, it should be "{reason}": alpha is {alpha}, beta times noise '
            f"{beta * noise}, and the root of alpha noise / beta {short(best)} of {n} rows."
        )


def _explain_size(
    start: str, b: float, best: float, alpha: float, beta: float, noise: float, n: int
) -> None:
    for value, reason in (
        (1, "nothing is computed there yet."),
        (best, f"there are only {n} rows."),
        (best**2, "this is its square. Take the root."),
        ((beta * noise / alpha) ** 0.5, "alpha and beta are interchanged."),
        (noise, "this is the noise scale alone. What steps and rows cost counts, too."),
    ):
        if near(b, value):
            raise Wrong(f"{start}: {reason}")
    raise Wrong(f"{start}; the batch size should be {short(min(best, n))}.")
