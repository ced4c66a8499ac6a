"""The device of data and training; most machines that run these tests have the CPU only."""

import pytest
import torch

from d2lmini import torch as d2l


def test_the_best_device_is_the_accelerator_or_the_cpu(monkeypatch):
    for found, expected in ((torch.device("cuda"), "cuda"), (None, "cpu")):
        monkeypatch.setattr(
            torch.accelerator, "current_accelerator", lambda check_available, found=found: found
        )
        assert d2l.best_device().type == expected


@pytest.mark.parametrize("train", ["scratch", "concise"])
def test_the_data_decides_the_device(train, monkeypatch):
    """On the device ``meta``, which every machine has and which computes no numbers."""
    monkeypatch.setattr(d2l, "evaluate_loss", lambda net, data_iter, loss: 0.0)
    monkeypatch.setattr(d2l, "synchronize", lambda device: None)
    data_iter, feature_dim = d2l.get_data_ch11(100, device="meta")
    devices = set()

    def rule(params, states, hyperparams):
        devices.update(tensor.device.type for p in params for tensor in (p, p.grad))

    class Rule(torch.optim.SGD):
        def step(self):
            rule(self.param_groups[0]["params"], None, None)

    with d2l.quiet():
        if train == "scratch":
            d2l.train_ch11(rule, None, {"lr": 0.4}, data_iter, feature_dim, 1)
        else:
            d2l.train_concise_ch11(Rule, {"lr": 0.4}, data_iter, 1)
    assert devices == {"meta"}


def test_the_clock_waits_for_the_device(monkeypatch):
    """At the start and at every log point it is read only when the work is done."""
    devices = []
    monkeypatch.setattr(d2l, "synchronize", devices.append)
    with d2l.quiet():
        d2l.train_ch11(d2l.sgd, None, {"lr": 0.4}, d2l.get_data_ch11(100)[0], 5, num_epochs=1)
    assert devices == [torch.device("cpu")] * (1 + 8)


def test_an_accelerator_is_synchronized_and_the_cpu_is_not(monkeypatch):
    devices = []
    monkeypatch.setattr(torch.accelerator, "synchronize", devices.append)
    d2l.synchronize(torch.device("cpu"))
    d2l.synchronize(torch.device("cuda"))
    assert devices == [torch.device("cuda")]


@pytest.mark.skipif(torch.cuda.is_available(), reason="needs a machine without a GPU")
def test_a_device_that_is_not_there():
    with pytest.raises(ValueError, match=r"device='cuda': must be one this machine has: \['cpu'\]"):
        d2l.get_data_ch11(10, device="cuda")
    with pytest.raises(ValueError, match=r"device='nowhere': must be one"):
        d2l.load_array([torch.ones(3)], 1, device="nowhere")
