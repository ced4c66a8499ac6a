"""Several processes take the steps of one, and a lost worker is named."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import psutil
import pytest
import torch

from d2lmini import meeting, parallel
from d2lmini import torch as d2l

WORKER = [sys.executable, "-m", "d2lmini.parallel"]
LAUNCHER = [sys.executable, "-m", "torch.distributed.run", "--standalone"]
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "OMP_NUM_THREADS"}
FOREVER = ["--num-epochs", "1000000"]


def launcher(workers):
    return [*LAUNCHER, "--nproc-per-node", str(workers), "-m", "d2lmini.parallel"]


def report_of(workers, folder):
    path = folder / f"{workers}.json"
    command = [*launcher(workers), "--batch-size", "70", "--lr", "0.3", "--output", str(path)]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert f"{workers} workers, gloo on cpu: loss 0.24" in done.stdout
    return json.loads(path.read_text())


def test_one_two_and_four_processes_agree(tmp_path):
    """Minibatches of 70 rows, which four do not divide, and a short last one of 30."""
    reports = [report_of(workers, tmp_path) for workers in (1, 2, 4)]
    for report in reports:
        np.testing.assert_allclose(report["weights"], reports[0]["weights"], rtol=1e-5)
        np.testing.assert_allclose(report["losses"], reports[0]["losses"], rtol=1e-5)
        assert report["steps"] == 44
        assert report["threads"] == 1
        assert report["compute"] > 0
        assert report["reduce"] > 0
    torch.manual_seed(0)
    data_iter, feature_dim = d2l.get_data_ch11(70)
    with d2l.quiet():
        _, losses = d2l.train_ch11(d2l.sgd, None, {"lr": 0.3}, data_iter, feature_dim)
    assert reports[0]["losses"][-1] == pytest.approx(losses[-1], rel=1e-5)


@pytest.fixture
def begin():
    """Start processes, none of which outlives the test."""
    runs = []

    def begin(command, **environment):
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        runs.append(subprocess.Popen(command, env={**ENVIRONMENT, **environment}, **pipes))
        return runs[-1]

    yield begin
    for run in runs:
        if run.poll() is None:
            for process in psutil.Process(run.pid).children(recursive=True):
                process.kill()
            run.kill()
        run.communicate()


def wait_until_they_train(run):
    """Read lines, of which a launcher may print some, until the workers have met."""
    while line := run.stdout.readline():
        if "workers have met" in line:
            return
    pytest.fail(f"the workers did not begin to train: {run.stderr.read()}")


def test_the_launcher_names_the_killed_rank(begin):
    run = begin([*launcher(2), *FOREVER])
    wait_until_they_train(run)
    children = psutil.Process(run.pid).children()
    workers = {c.environ()["RANK"]: c for c in children if "RANK" in c.environ()}
    workers["1"].kill()
    _, complaint = run.communicate(timeout=60)
    assert run.returncode != 0
    assert re.search(r"rank +: 1 .*\n.*exitcode +: -9", complaint)
    assert not workers["0"].is_running()


@pytest.fixture
def place():
    """An address at which workers can meet, as different machines do: without a launcher."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(probe.getsockname()[1])}


@pytest.fixture
def begin_all(begin, place):
    """Start a worker with each of the lists of options."""

    def begin_all(*options, command=WORKER):
        world = {**place, "WORLD_SIZE": str(len(options))}
        return [begin([*command, *own], RANK=str(r), **world) for r, own in enumerate(options)]

    return begin_all


def test_survivors_on_another_machine_name_the_lost_rank(begin_all):
    workers = begin_all(FOREVER, FOREVER, FOREVER)
    wait_until_they_train(workers[0])
    workers[1].kill()
    for rank in (0, 2):
        _, complaint = workers[rank].communicate(timeout=60)
        assert f"worker {rank} of 3 stops: no answer from rank 1 (" in complaint
        assert workers[rank].returncode == 1


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="freezes a process")
def test_a_frozen_keeper_of_the_store_is_named(begin_all):
    """It neither answers nor closes its connections, and messages to it wait without limit."""
    code = "from d2lmini import meeting, parallel; "
    code += "meeting.PATIENCE, meeting.ANSWER_TIME = 12, 4; parallel.main()"
    workers = begin_all(FOREVER, FOREVER, command=[sys.executable, "-c", code])
    wait_until_they_train(workers[0])
    workers[0].send_signal(signal.SIGSTOP)
    _, complaint = workers[1].communicate(timeout=60)
    assert "worker 1 of 2 stops: no answer from rank 0 (" in complaint
    assert workers[1].returncode == 1


def test_a_taken_port_keeps_nobody_waiting():
    """Another program listens there, and says nothing."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        place = f"127.0.0.1:{other.getsockname()[1]}"
        with pytest.raises(SystemExit, match=rf"worker 0 of 2 stops: cannot open {place} \("):
            meeting.Meeting(0, 2, place).join({})
        code = "from d2lmini import meeting; meeting.PATIENCE = 4; "
        code += f"meeting.Meeting(1, 2, {place!r}).join({{}})"
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, timeout=60
        )
    assert done.returncode == 1
    assert f"worker 1 of 2 stops: no answer from rank 0 at {place} within 4 s" in done.stderr


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (
            [["--lr", "0.4"], ["--lr", "0.01"]],
            "lr=0.4 on rank 0, lr=0.01 on rank 1: must be the same for all workers",
        ),
        (
            [["--output", "nowhere/report.json"], []],
            "output='nowhere/report.json': must be a file that can be written, in a folder that",
        ),
    ],
)
def test_all_workers_stop_before_the_training(options, complaint, begin_all):
    for rank, worker in enumerate(begin_all(*options)):
        output, complaints = worker.communicate(timeout=60)
        assert worker.returncode == 1
        assert f"worker {rank} of 2 stops: {complaint}" in complaints
        assert output == ""


def join_all(place, settings):
    """Return what each worker says that stops, if a worker with these settings is there."""

    def join(rank):
        member = meeting.Meeting(rank, len(settings), ":".join(place.values()))
        try:
            member.join(settings[rank])
        except SystemExit as stop:
            return str(stop)
        return member  # which keeps the store open

    present = [rank for rank, own in enumerate(settings) if own is not None]
    with ThreadPoolExecutor(len(present)) as pool:
        return list(pool.map(join, present))


def test_equal_settings_let_all_begin(place):
    said = join_all(place, [{"lr": float("nan")}] * 3)
    assert [member.rank for member in said] == [0, 1, 2]


def test_every_difference_is_named_with_its_ranks(place):
    ours, theirs = {"seed": 0, "width": 0, "lr": 0.4}, {"seed": 1, "width": 9, "lr": 0.4}
    for rank, said in enumerate(join_all(place, [ours, theirs, ours])):
        assert said == (
            f"worker {rank} of 3 stops: "
            "seed=0 on ranks 0, 2, seed=1 on rank 1: must be the same for all workers; "
            "width=0 on ranks 0, 2, width=9 on rank 1: must be the same for all workers"
        )


@pytest.mark.parametrize("missing", [0, 1])
def test_a_worker_that_does_not_come_is_named(missing, place, monkeypatch):
    monkeypatch.setattr(meeting, "PATIENCE", 6)
    monkeypatch.setattr(meeting, "ANSWER_TIME", 1)
    settings = [None if rank == missing else {} for rank in range(3)]
    for said in join_all(place, settings):
        assert f"of 3 stops: no answer from rank {missing}" in said


def test_a_worker_without_a_launcher_says_how_to_begin(monkeypatch):
    for name in ("RANK", "WORLD_SIZE", "MASTER_ADDR", "MASTER_PORT"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(SystemExit, match="RANK, WORLD_SIZE, MASTER_ADDR, MASTER_PORT not set: sta"):
        parallel.main([])


def test_shares_hold_every_row_once():
    rows = torch.arange(10)
    for workers in (1, 2, 3, 7, 12):
        shares = [parallel.share(rows, rank, workers) for rank in range(workers)]
        assert torch.cat(shares).tolist() == list(range(10))
        assert max(map(len, shares)) - min(map(len, shares)) <= 1


def test_widened_features():
    X = d2l.get_data_ch11(100)[0].tensors[0]
    assert parallel.widened(X, 0) is X
    wide = parallel.widened(X, 300)
    assert wide.shape == (1500, 300)
    assert torch.equal(wide, parallel.widened(X, 300))
    assert (wide**2).sum(1).mean().item() == pytest.approx(1, abs=0.1)


@pytest.mark.parametrize(
    ("option", "complaint"),
    [
        (["--lr", "-1"], r"lr=-1.0: must be a finite number > 0"),
        (["--num-epochs", "0"], r"num_epochs=0: must be an integer >= 1"),
        (["--width", "-3"], r"width=-3: must be an integer >= 0"),
        (
            ["--width", "5000000"],
            r"width=5000000: must be an integer 0 to 50000; a worker would take about 65\.0 GB",
        ),
    ],
)
def test_options_out_of_range(option, complaint, monkeypatch):
    monkeypatch.setattr(parallel.dist, "get_rank", lambda: 0)
    monkeypatch.setattr(parallel.dist, "get_world_size", lambda: 1)
    options = {k: v for k, v in vars(parallel._options(option)).items() if k != "output"}
    with pytest.raises(ValueError, match=complaint):
        parallel.train(**options)
