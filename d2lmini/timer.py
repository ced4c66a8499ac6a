"""A stopwatch that remembers its laps."""

import time
from itertools import accumulate


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
        """Return, for each lap, the time that had been measured at its end [s]."""
        return list(accumulate(self.times))
