"""Several processes take the steps of one, or say why they do not begin."""

import json
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from itertools import repeat

import numpy as np
import pytest
import torch
import torch.distributed as dist

from d2lmini import parallel, torch as d2l
from d2lmini.parallel import __main__ as command_line, rendezvous
from tests.unit.workers import ENVIRONMENT, launcher


def report_of(world_size, folder):
    path = folder / f"{world_size}.json"
    command = [*launcher(world_size), "--batch-size", "70", "--lr", "0.3", "--output", str(path)]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert f"{world_size} workers, gloo on cpu: loss 0.24" in done.stdout
    return json.loads(path.read_text())


@pytest.fixture
def group_of_one():
    """A process group that holds this process only."""
    dist.init_process_group("gloo", store=dist.HashStore(), rank=0, world_size=1)
    yield
    dist.destroy_process_group()


def test_one_two_and_four_processes_agree(group_of_one, tmp_path):
    """Minibatches of 70 rows, which four do not divide, and a short last one of 30."""
    with ThreadPoolExecutor() as pool:
        reports = list(pool.map(report_of, (2, 4), repeat(tmp_path)))
    assert [report["threads"] for report in reports] == [1, 1]
    one = asdict(parallel.train(batch_size=70, lr=0.3))
    for report in (one, *reports):
        np.testing.assert_allclose(report["weights"], one["weights"], rtol=1e-5)
        np.testing.assert_allclose(report["losses"], one["losses"], rtol=1e-5)
        assert report["steps"] == 44
    torch.manual_seed(0)
    data_iter, feature_dim = d2l.get_data_ch11(70)
    with d2l.quiet():
        _, losses = d2l.train_ch11(d2l.sgd, None, {"lr": 0.3}, data_iter, feature_dim)
    assert one["losses"][-1] == pytest.approx(losses[-1], rel=1e-5)


def test_launchers_that_meet_at_an_address_start_one_group(begin, address):
    """As on two machines, with the options that the page names."""
    options = ["--nnodes", "2", "--nproc-per-node", "1", "--rdzv-backend", "c10d"]
    meeting = ["--rdzv-endpoint", ":".join(address.values()), "--rdzv-conf", "join_timeout=100"]
    program = ["-m", "d2lmini.parallel", "--batch-size", "70", "--lr", "0.3"]
    command = [sys.executable, "-m", "torch.distributed.run", *options, *meeting, *program]
    ended = [run.communicate(timeout=120) for run in [begin(command), begin(command)]]
    printed = "".join(output for output, _ in ended)
    assert printed.count("2 workers, gloo on cpu: loss 0.24") == 1, ended


def test_a_port_in_use_keeps_no_worker_waiting():
    """Another program listens there, and says nothing."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        address = f"127.0.0.1:{other.getsockname()[1]}"
        with pytest.raises(SystemExit, match=rf"worker 0 of 2 stops: cannot open {address} \("):
            rendezvous.Rendezvous(0, 2, address).join({})
        code = "from d2lmini.parallel import rendezvous; rendezvous.EXIT_TIMEOUT = 4; "
        code += f"rendezvous.Rendezvous(1, 2, {address!r}).join({{}})"
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, timeout=60
        )
    assert done.returncode == 1
    assert f"worker 1 of 2 stops: no answer from rank 0 at {address} within 4 s" in done.stderr


@pytest.mark.parametrize(
    ("options", "message"),
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
def test_all_workers_stop_before_the_training(options, message, begin_all):
    for rank, worker in enumerate(begin_all(*options)):
        output, messages = worker.communicate(timeout=60)
        assert worker.returncode == 1
        assert f"worker {rank} of 2 stops: {message}" in messages
        assert output == ""


def join_all(address, settings):
    """Return, for each worker, its message if it stops, otherwise the worker."""

    def join(rank):
        member = rendezvous.Rendezvous(rank, len(settings), ":".join(address.values()))
        try:
            member.join(settings[rank])
        except SystemExit as stop:
            return str(stop)
        return member  # which keeps the store open

    present = [rank for rank, own in enumerate(settings) if own is not None]
    with ThreadPoolExecutor(len(present)) as pool:
        return list(pool.map(join, present))


def test_equal_settings_let_all_begin(address):
    results = join_all(address, [{"lr": float("nan")}] * 3)
    assert [member.rank for member in results] == [0, 1, 2]


def test_every_difference_is_named_with_its_ranks(address):
    ours, theirs = {"seed": 0, "width": 0, "lr": 0.4}, {"seed": 1, "width": 9, "lr": 0.4}
    for rank, message in enumerate(join_all(address, [ours, theirs, ours])):
        assert message == (
            f"worker {rank} of 3 stops: "
            "seed=0 on ranks 0, 2, seed=1 on rank 1: must be the same for all workers; "
            "width=0 on ranks 0, 2, width=9 on rank 1: must be the same for all workers"
        )


@pytest.mark.parametrize("missing", [0, 1])
def test_a_worker_that_does_not_come_is_named(missing, address, monkeypatch):
    monkeypatch.setattr(rendezvous, "EXIT_TIMEOUT", 6)
    monkeypatch.setattr(rendezvous, "MESSAGE_TIMEOUT", 1)
    settings = [None if rank == missing else {} for rank in range(3)]
    for message in join_all(address, settings):
        assert f"of 3 stops: no answer from rank {missing}" in message


def test_a_worker_without_a_launcher_says_how_to_begin(monkeypatch):
    for name in ("RANK", "WORLD_SIZE", "MASTER_ADDR", "MASTER_PORT"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(SystemExit, match="RANK, WORLD_SIZE, MASTER_ADDR, MASTER_PORT not set: sta"):
        command_line.main([])


def test_shards_hold_every_row_once():
    rows = torch.arange(10)
    for world_size in (1, 2, 3, 7, 12):
        shards = [parallel.shard(rows, rank, world_size) for rank in range(world_size)]
        assert torch.cat(shards).tolist() == list(range(10))
        assert max(map(len, shards)) - min(map(len, shards)) <= 1


@pytest.mark.parametrize(
    ("rank", "world_size", "message"),
    [
        (-1, 2, "rank=-1: must be an integer 0 to 1"),
        (2, 2, "rank=2: must be an integer 0 to 1"),
        (0, 0, "world_size=0: must be an integer >= 1"),
    ],
)
def test_there_is_no_shard_for_a_worker_who_is_not_there(rank, world_size, message):
    with pytest.raises(ValueError, match=message):
        parallel.shard(torch.arange(10), rank, world_size)


def test_no_random_features_beyond_memory():
    with pytest.raises(ValueError, match="width=50001: must be an integer 0 to 50000"):
        parallel.random_features(torch.ones(3, 2), 50_001)


def test_random_features():
    X = d2l.get_data_ch11(100)[0].tensors[0]
    assert parallel.random_features(X, 0) is X
    wide = parallel.random_features(X, 300)
    assert wide.shape == (1500, 300)
    assert torch.equal(wide, parallel.random_features(X, 300))
    assert (wide**2).sum(1).mean().item() == pytest.approx(1, abs=0.1)


@pytest.mark.parametrize(
    ("variable", "value", "allowed"),
    [
        ("RANK", "abc", "0 to 1"),
        ("RANK", "5", "0 to 1"),
        ("RANK", "-1", "0 to 1"),
        ("WORLD_SIZE", "0", ">= 1"),
        ("MASTER_PORT", "99999", "0 to 65535"),
        ("MASTER_PORT", "abc", "0 to 65535"),
    ],
)
def test_variables_out_of_range(variable, value, allowed, monkeypatch):
    usual = {"RANK": "0", "WORLD_SIZE": "2", "MASTER_ADDR": "localhost", "MASTER_PORT": "29500"}
    for name, text in {**usual, variable: value}.items():
        monkeypatch.setenv(name, text)
    message = rf"^d2lmini\.parallel: {variable}='{value}': must be an integer {allowed}$"
    with pytest.raises(SystemExit, match=message):
        command_line.main([])


def test_a_run_that_diverges_says_so(address, monkeypatch, capsys):
    for name, value in {**address, "RANK": "0", "WORLD_SIZE": "1"}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit, match=r"^d2lmini\.parallel: diverged: the loss is (nan|inf); "):
        command_line.main(["--lr", "50"])
    assert "loss nan" in capsys.readouterr().out
    assert not dist.is_initialized()


@pytest.mark.parametrize(
    ("option", "message"),
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
def test_options_out_of_range(option, message, address, monkeypatch):
    for name, value in {**address, "RANK": "0", "WORLD_SIZE": "1"}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit, match=rf"^d2lmini\.parallel: {message}"):
        command_line.main(option)
    dist.destroy_process_group()
