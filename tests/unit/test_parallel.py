"""Several processes take the steps of one, and a lost worker is named."""

import json
import os
import re
import socket
import subprocess
import sys
import time

import numpy as np
import psutil
import pytest
import torch

from d2lmini import parallel
from d2lmini import torch as d2l

WORKER = [sys.executable, "-m", "d2lmini.parallel"]
LAUNCHER = [sys.executable, "-m", "torch.distributed.run", "--standalone"]
ENVIRONMENT = {**os.environ, "OMP_NUM_THREADS": "1"}


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
        assert report["compute"] > 0
        assert report["reduce"] > 0
    torch.manual_seed(0)
    data_iter, feature_dim = d2l.get_data_ch11(70)
    with d2l.quiet():
        _, losses = d2l.train_ch11(d2l.sgd, None, {"lr": 0.3}, data_iter, feature_dim)
    assert reports[0]["losses"][-1] == pytest.approx(losses[-1], rel=1e-5)


def when_training(pid, seconds=40):
    """Wait until a worker has computed for a while."""
    process, deadline = psutil.Process(pid), time.monotonic() + seconds
    while time.monotonic() < deadline:
        if len(process.net_connections()) > 1 and sum(process.cpu_times()[:2]) > 4:
            time.sleep(1)
            return process
        time.sleep(0.1)
    pytest.fail("the worker did not begin to train")


def test_the_launcher_names_the_killed_rank():
    run = subprocess.Popen(
        [*launcher(2), "--num-epochs", "1000000"],
        env=ENVIRONMENT,
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 30
    workers = {}
    while len(workers) < 2 and time.monotonic() < deadline:
        time.sleep(0.1)
        children = psutil.Process(run.pid).children()
        workers = {c.environ()["RANK"]: c.pid for c in children if "RANK" in c.environ()}
    when_training(workers["1"]).kill()
    _, complaint = run.communicate(timeout=30)
    assert run.returncode != 0
    assert re.search(r"rank +: 1 .*\n.*exitcode +: -9", complaint)
    assert not psutil.pid_exists(workers["0"])


def test_survivors_on_another_machine_name_the_lost_rank():
    """Without a common launcher, as between machines."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    meeting = {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port), "WORLD_SIZE": "2"}
    workers = [
        subprocess.Popen(
            [*WORKER, "--num-epochs", "1000000"],
            env={**ENVIRONMENT, **meeting, "RANK": str(rank)},
            stderr=subprocess.PIPE,
            text=True,
        )
        for rank in range(2)
    ]
    when_training(workers[1].pid).kill()
    _, complaint = workers[0].communicate(timeout=30)
    workers[1].communicate()
    assert workers[0].returncode == 1
    assert "worker 0 of 2 stops: no answer from rank 1 (" in complaint


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
    ],
)
def test_options_out_of_range(option, complaint, monkeypatch):
    monkeypatch.setattr(parallel.dist, "get_rank", lambda: 0)
    monkeypatch.setattr(parallel.dist, "get_world_size", lambda: 1)
    options = {k: v for k, v in vars(parallel._options(option)).items() if k != "output"}
    with pytest.raises(ValueError, match=complaint):
        parallel.train(**options)
