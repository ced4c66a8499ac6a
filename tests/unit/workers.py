"""Programs that train with several workers, and what tests ask of them."""

import os
import sys
import time
from contextlib import suppress

import psutil
import pytest

from d2lmini.parallel import rendezvous

WORKER = [sys.executable, "-m", "d2lmini.parallel"]
LAUNCHER = [sys.executable, "-m", "torch.distributed.run", "--standalone"]
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "OMP_NUM_THREADS"}
FOREVER = ["--num-epochs", "1000000"]
IMPATIENT = [
    sys.executable,
    "-c",
    "from d2lmini.parallel import __main__ as command_line, rendezvous; "
    "rendezvous.EXIT_TIMEOUT, rendezvous.MESSAGE_TIMEOUT = 12, 4; command_line.main()",
]
IN_TIME = 3 * rendezvous.EXIT_TIMEOUT
"""Three times what is promised [s], on a machine that may have other work."""


def launcher(world_size, program=("-m", "d2lmini.parallel")):
    return [*LAUNCHER, "--nproc-per-node", str(world_size), *program]


def wait_until_they_train(run):
    """Read lines, of which a launcher may print some, until the workers are connected."""
    while line := run.stdout.readline():
        if "workers are connected" in line:
            return
    pytest.fail(f"the workers did not begin to train: {run.stderr.read()}")


def workers_below(run):
    """Return the workers that a process or its launcher has started, by their ranks."""
    children = psutil.Process(run.pid).children(recursive=True)
    return {c.environ()["RANK"]: c for c in children if "RANK" in c.environ()}


def assert_they_end(processes, seconds=IN_TIME):
    """Wait for processes that need not be children of this one."""
    ends = time.monotonic() + seconds
    while (running := [p for p in processes if runs(p)]) and time.monotonic() < ends:
        time.sleep(0.05)
    for process in running:
        process.kill()
    assert not running, f"they still ran after {seconds:g} s"


def runs(process):
    """Return whether a process has not ended; its parent need not have taken notice of that."""
    with suppress(psutil.NoSuchProcess):
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False
