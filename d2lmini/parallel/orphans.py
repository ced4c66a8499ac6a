"""A worker ends when nobody is left who waits for it.

A launcher that is killed by SIGKILL cannot stop its workers any more. Neither can a notebook's
kernel stop the launcher; but then nobody reads what both of them print.
"""

import os
import select
import signal
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

INTERVAL = 1.0
"""A worker looks this often [s]."""

_OUTPUT = 1  # the descriptor, which all that the launcher starts have in common


@contextmanager
def ends_when_orphaned(end: Callable[[str], None]) -> Iterator[None]:
    """Watch, as long as the block runs, who started this process and who reads its output.

    Parameters
    ----------
    end : callable
        Called in a thread of its own, with the reason, when one of them has ended.

    Yields
    ------
    None
    """
    done = threading.Event()
    watch = threading.Thread(target=_watch, args=(os.getppid(), done, end), daemon=True)
    watch.start()
    try:
        yield
    finally:
        done.set()
        watch.join()


def _watch(parent: int, done: threading.Event, end: Callable[[str], None]) -> None:
    while not done.wait(INTERVAL):
        if os.getppid() != parent and not _outlives_its_parent():
            return end(f"process {parent} that started it has ended")
        if _has_lost_its_reader(_OUTPUT):
            return end("what it prints has no reader any more")


def _outlives_its_parent() -> bool:
    """Return whether it was started with nohup, which is a wish to do so."""
    return hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN


def _has_lost_its_reader(descriptor: int) -> bool:
    """Return whether a descriptor is a pipe whose other end is closed: to write would fail."""
    try:
        is_pipe = stat.S_ISFIFO(os.fstat(descriptor).st_mode)
    except OSError:  # there is no such descriptor
        return False
    if not is_pipe or not hasattr(select, "poll"):  # Windows has no poll
        return False
    poll = select.poll()
    poll.register(descriptor, 0)  # that the pipe is broken is reported without being asked for
    return bool(poll.poll(0))
