"""The device that loaders and training are given; a machine without a GPU has one: the CPU."""

import numpy as np
import pytest
import torch
from torch.utils.data import DataLoader, TensorDataset

from d2lmini import torch as d2l


def losses_on(device):
    torch.manual_seed(0)
    data_iter, feature_dim = d2l.get_data_ch11(100, device=device)
    with d2l.quiet():
        return d2l.train_ch11(d2l.sgd, None, {"lr": 0.4}, data_iter, feature_dim)[1]


def test_the_best_device_trains_as_the_cpu_does():
    np.testing.assert_allclose(losses_on(d2l.best_device()), losses_on(None), rtol=1e-4)


def test_data_follows_the_device_of_the_run():
    X, y = d2l.get_data_ch11(100)[0].tensors
    general = DataLoader(TensorDataset(X, y), 100, shuffle=True)
    with d2l.quiet():
        for data_iter in (d2l.load_array((X, y), 100), general):
            _, losses = d2l.train_ch11(d2l.sgd, None, {"lr": 0.4}, data_iter, 5, device="cpu")
            _, concise = d2l.train_concise_ch11(
                torch.optim.SGD, {"lr": 0.4}, data_iter, 2, device=torch.device("cpu")
            )
            assert len(losses) == len(concise) == 15
            assert losses[-1] < 0.27


def test_the_clock_waits_for_the_device(monkeypatch):
    """On an accelerator every log point, and the start, waits for what was begun."""
    waited = []
    monkeypatch.setattr(d2l, "_usable", lambda device: torch.device("cpu"))
    monkeypatch.setattr(d2l, "_synchronize", waited.append)
    with d2l.quiet():
        d2l.train_ch11(
            d2l.sgd, None, {"lr": 0.4}, d2l.get_data_ch11(100)[0], 5, num_epochs=1, device="cuda"
        )
    assert len(waited) == 1 + 8


@pytest.mark.skipif(torch.cuda.is_available(), reason="needs a machine without a GPU")
def test_a_device_that_is_not_there():
    data_iter, feature_dim = d2l.get_data_ch11(10)
    with pytest.raises(ValueError, match=r"device='cuda': must be one this machine has: \['cpu'\]"):
        d2l.train_ch11(d2l.sgd, None, {"lr": 0.1}, data_iter, feature_dim, device="cuda")
    with pytest.raises(ValueError, match=r"device='nowhere': must be one"):
        d2l.get_data_ch11(10, device="nowhere")
    with pytest.raises(ValueError, match=r"device='cuda': must be one"):
        d2l.train_concise_ch11(torch.optim.SGD, {"lr": 0.1}, data_iter, device="cuda")
