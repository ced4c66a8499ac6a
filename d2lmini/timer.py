"""A stopwatch that records laps, and the median time of a call."""

import time
from collections.abc import Callable
from itertools import accumulate
from statistics import median

from d2lmini._checks import check_positive


class Timer:
    """Record running times; the first lap starts when the timer is made.

    Attributes
    ----------
    times : list of float
        The length of each lap [s], oldest first.

    Notes
    -----
    The clock is monotonic, so a correction of the system time cannot shorten a lap.
    """

    def __init__(self) -> None:
        self.times: list[float] = []
        self.start()

    def start(self) -> None:
        """Start a lap."""
        self._began = time.perf_counter()

    def stop(self) -> float:
        """End the lap, record it, and return its length [s]."""
        self.times.append(time.perf_counter() - self._began)
        return self.times[-1]

    def avg(self) -> float:
        """Return the mean length of a lap [s].

        Raises
        ------
        ValueError
            If no lap was recorded yet.
        """
        if not self.times:
            raise ValueError("times=[]: avg() needs at least one lap, made by start() and stop()")
        return self.sum() / len(self.times)

    def sum(self) -> float:
        """Return the length of all laps together [s]."""
        return sum(self.times)

    def cumsum(self) -> list[float]:
        """Return, for each lap, the total time measured until its end [s]."""
        return list(accumulate(self.times))


def median_time(
    function: Callable[[], object],
    min_run_time: float = 0.1,
    synchronize: Callable[[], object] = lambda: None,
) -> float:
    """Return how long one call of ``function`` takes, as the median over blocks of warm calls.

    Parameters
    ----------
    function : callable
        Called without arguments.
    min_run_time : float
        The minimum total time of measuring [s].
    synchronize : callable
        Called before the clock is read; returns when the device has finished its work.

    Returns
    -------
    float
        Seconds.

    Raises
    ------
    TypeError, ValueError
        If ``min_run_time`` is not a finite number above zero.
    """
    min_run_time = check_positive("min_run_time", min_run_time)

    def block(calls: int) -> float:
        began = time.perf_counter()
        for _ in range(calls):
            function()
        synchronize()
        return time.perf_counter() - began

    block(1)
    calls, blocks = 1, [block(1)]
    while blocks[-1] < min_run_time / 100:  # too short for the clock: more calls a block
        calls *= 2
        blocks = [block(calls)]
    while sum(blocks) < min_run_time or len(blocks) < 3:
        blocks.append(block(calls))
    return median(blocks) / calls
