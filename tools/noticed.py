"""What came of the changes that were made to a file, told and compared with what is asked for."""

import time
from collections import Counter
from collections.abc import Sequence

LEAST = 85  # percent
NOTICED = ("killed", "timeout")
"""What the tools say of a change that a test noticed."""


def enough_noticed(file: str, states: Sequence[str], began: float) -> bool:
    """Print how many changes of a file were noticed, and return whether that is enough.

    Parameters
    ----------
    file : str
        Its name.
    states : sequence of str
        What came of each change.
    began : float
        When the tool was started, by `time.monotonic`.

    Returns
    -------
    bool
    """
    noticed = sum(state in NOTICED for state in states)
    share = 100 * noticed / len(states)
    counts = ", ".join(f"{n} {state}" for state, n in Counter(states).most_common())
    minutes = (time.monotonic() - began) / 60
    print(f"{file}: {noticed} of {len(states)} = {share:.1f} % ({counts}), {minutes:.1f} min")
    return share >= LEAST
