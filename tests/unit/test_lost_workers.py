"""Workers that are lost: the others end in time, name the rank, and leave no process."""

import os
import queue
import re
import signal
import sys
from types import SimpleNamespace

import psutil
import pytest

from d2lmini.parallel import orphans
from tests.unit.workers import (
    FOREVER,
    IMPATIENT,
    IN_TIME,
    assert_they_end,
    launcher,
    wait_until_they_train,
    workers_below,
)

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="stops processes")


def test_the_launcher_names_the_killed_rank(begin):
    run = begin([*launcher(2), *FOREVER])
    wait_until_they_train(run)
    workers = workers_below(run)
    workers["1"].kill()
    _, message = run.communicate(timeout=IN_TIME)
    assert run.returncode != 0
    assert re.search(r"rank +: 1 .*\n.*exitcode +: -9", message)
    assert_they_end(workers.values(), seconds=0)


def test_survivors_on_another_machine_name_the_lost_rank(begin_all):
    workers = begin_all(FOREVER, FOREVER, FOREVER)
    wait_until_they_train(workers[0])
    workers[1].kill()
    for rank in (0, 2):
        _, message = workers[rank].communicate(timeout=IN_TIME)
        assert f"worker {rank} of 3 stops: no answer from rank 1 (" in message
        assert workers[rank].returncode == 1


def test_a_frozen_host_of_the_store_is_named(begin_all):
    """It neither answers nor closes its connections, and messages to it wait without limit."""
    workers = begin_all(FOREVER, FOREVER, command=IMPATIENT)
    wait_until_they_train(workers[0])
    workers[0].send_signal(signal.SIGSTOP)
    _, message = workers[1].communicate(timeout=IN_TIME)
    assert "worker 1 of 2 stops: no answer from rank 0 (" in message
    assert workers[1].returncode == 1


def test_a_frozen_worker_is_named_by_all_others(begin_all):
    """It is not the host of the store: the others can still compare who answers."""
    workers = begin_all(FOREVER, FOREVER, FOREVER, command=IMPATIENT)
    wait_until_they_train(workers[0])
    workers[1].send_signal(signal.SIGSTOP)
    for rank in (0, 2):
        _, message = workers[rank].communicate(timeout=IN_TIME)
        assert f"worker {rank} of 3 stops: no answer from rank 1 (" in message
        assert workers[rank].returncode == 1


def test_a_worker_frozen_before_it_joins_is_named(begin_all):
    """Python starts for a second or more: the worker is frozen in that time."""
    workers = begin_all([], [], command=IMPATIENT)
    workers[1].send_signal(signal.SIGSTOP)
    output, message = workers[0].communicate(timeout=IN_TIME)
    assert "worker 0 of 2 stops: no answer from rank 1" in message
    assert workers[0].returncode == 1
    assert output == ""


def test_a_worker_frozen_below_a_launcher_keeps_nobody_waiting(begin):
    """The launcher gives it 30 s more; when it goes on in that time it ends."""
    run = begin([*launcher(2, ["--no-python", *IMPATIENT]), *FOREVER])
    wait_until_they_train(run)
    workers = workers_below(run)
    workers["1"].suspend()
    assert_they_end([workers["0"]])
    workers["1"].resume()
    assert_they_end([workers["1"]])
    _, message = run.communicate(timeout=IN_TIME)
    assert "worker 0 of 2 stops: no answer from rank 1 (" in message


def test_workers_end_with_their_launcher(begin):
    """It cannot stop them when it is killed, and they can do without it."""
    run = begin([*launcher(2), *FOREVER])
    wait_until_they_train(run)
    workers = workers_below(run)
    run.kill()
    assert_they_end(workers.values())
    assert f"of 2 stops: process {run.pid} that started it has ended" in run.communicate()[1]


# As a notebook does, reads what a launcher prints; a launcher does not notice when it has ended.
KERNEL = """
import subprocess, sys
run = subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE, text=True)
for line in run.stdout:
    print(line, flush=True)
"""


def test_workers_end_with_the_notebook_that_reads_their_output(begin):
    run = begin([sys.executable, "-c", KERNEL, *launcher(2), *FOREVER])
    wait_until_they_train(run)
    below = psutil.Process(run.pid).children(recursive=True)
    assert len(below) > 2
    run.kill()
    assert_they_end(below)
    assert "of 2 stops: what it prints has no reader any more" in run.communicate()[1]


@pytest.fixture
def watched(monkeypatch):
    """Begin to watch, at short intervals, a pretended parent and a pipe; note why it ends."""
    receiver, sender = os.pipe()
    monkeypatch.setattr(orphans, "INTERVAL", 0.01)
    monkeypatch.setattr(orphans, "_OUTPUT", sender)
    told = queue.Queue()
    with orphans.ends_when_orphaned(told.put):
        yield SimpleNamespace(told=told, receiver=receiver)
    os.close(sender)


def test_a_reader_that_ends_is_noticed(watched):
    with pytest.raises(queue.Empty):
        watched.told.get(timeout=0.2)
    os.close(watched.receiver)
    assert watched.told.get(timeout=IN_TIME) == "what it prints has no reader any more"


def test_a_worker_started_with_nohup_outlives_its_parent(watched, monkeypatch):
    handler = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        monkeypatch.setattr(os, "getppid", lambda: 1)
        with pytest.raises(queue.Empty):
            watched.told.get(timeout=0.2)
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
        assert watched.told.get(timeout=IN_TIME).endswith(" that started it has ended")
    finally:
        signal.signal(signal.SIGHUP, handler)  # which these tests may have been started to ignore
