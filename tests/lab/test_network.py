"""The network's JavaScript against PyTorch; its program as a worker; its picture and settings."""

import json
import re
import subprocess

import numpy as np
import pytest
import torch

from d2lmini.lab.bundle import bundle
from d2lmini.lab.network import PLAN, Network
from tests.lab.node import FEATURES, NODE, TARGET, N, ask_network as ask

TABLE = np.c_[FEATURES, TARGET]
X, Y = torch.tensor(FEATURES), torch.tensor(TARGET)[:, None]
OPTIMIZERS = {
    "sgd": (torch.optim.SGD, {}, 0.1),
    "momentum": (torch.optim.SGD, {"momentum": 0.9}, 0.02),
    "adam": (torch.optim.Adam, {}, 0.01),
}


def make_network(seed):
    """Return the network in PyTorch, with its own first weights and biases."""
    torch.manual_seed(seed)
    sizes = [(5, 16), (16, 16), (16, 1)]
    linear = [torch.nn.Linear(*size, dtype=torch.float64) for size in sizes]
    return torch.nn.Sequential(linear[0], torch.nn.Tanh(), linear[1], torch.nn.Tanh(), linear[2])


def flat(tensors):
    return torch.cat([t.detach().ravel() for t in tensors]).tolist()


def loss_of(network, rows):
    return ((network(X[rows]) - Y[rows]) ** 2).mean() / 2


@pytest.mark.parametrize("size", [1, 7, 64, 1500])
def test_the_gradient_of_a_minibatch_agrees_with_pytorch(size):
    network = make_network(size)
    rows = np.random.default_rng(size).integers(N, size=size).tolist()
    loss = loss_of(network, rows)
    loss.backward()
    parameters = flat(network.parameters())
    (answer,) = ask({"kind": "gradient", "parameters": parameters, "rows": rows})
    expected = flat(p.grad for p in network.parameters())
    assert len(expected) == 385
    np.testing.assert_allclose(answer["gradient"], expected, rtol=1e-9, atol=1e-12)
    assert answer["error"] == pytest.approx(loss.item(), rel=1e-12)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_hundred_steps_take_the_path_of_pytorch(name):
    """Two epochs of 50 steps; the last minibatch of each is a smaller one."""
    network, (make, options, lr) = make_network(3), OPTIMIZERS[name]
    parameters = flat(network.parameters())
    rng = np.random.default_rng(5)
    orders = [rng.permutation(N)[:1180].tolist() for _ in range(2)]
    optimizer, path = make(network.parameters(), lr=lr, **options), []
    for order in orders:
        for rows in torch.tensor(order).split(24):
            optimizer.zero_grad()
            loss_of(network, rows).backward()
            optimizer.step()
        path.append(flat(network.parameters()))
    question = {"parameters": parameters, "orders": orders, "optimizer": name}
    (answer,) = ask({"kind": "path", **question, "batchSize": 24, "lr": lr})
    np.testing.assert_allclose(answer, path, rtol=0, atol=1e-6)
    assert np.abs(np.array(path[1]) - parameters).max() > 0.1


def test_a_cell_reports_the_rate_with_the_lowest_training_error():
    job = {
        "key": "a",
        "optimizer": "sgd",
        "batchSize": 64,
        "epochs": 3,
        "seeds": 2,
        "sorted": False,
    }
    rates = [0.01, 0.3, 1000]
    questions = [{**job, "rates": chosen} for chosen in (rates, *([rate] for rate in rates))]
    best, *single = ask(*({"kind": "cell", "job": one, "held": 300} for one in questions))
    errors = [cell["train"]["median"] for cell in single]
    assert errors[2] is None  # it diverged, and JSON has no infinity
    assert errors[1] < errors[0]
    assert (best["lr"], best["train"]["median"]) == (0.3, errors[1])
    assert best["curve"] == single[1]["curve"]
    assert len(best["curve"]["test"]) == 4
    assert best["curve"]["test"][-1] == best["test"]["median"]


def test_order_matters_for_small_batches_and_not_for_all_rows_at_once():
    job = {"key": "a", "optimizer": "sgd", "rates": [0.1], "epochs": 3, "seeds": 1}
    cells = ask(
        *(
            {"kind": "cell", "held": 300, "job": {**job, "batchSize": size, "sorted": order}}
            for size in (4, 1200)
            for order in (False, True)
        )
    )
    shuffled, in_order, *all_at_once = [cell["test"]["median"] for cell in cells]
    assert in_order > 1.2 * shuffled
    assert all_at_once[0] == pytest.approx(all_at_once[1], rel=1e-9)


def test_the_worker_is_a_classic_script(tmp_path):
    """It runs where `addEventListener` and `postMessage` are those of a worker."""
    worker = Network.data()["worker"]
    assert worker == bundle("network/worker")
    assert not re.search(r"^(import|export)\b", worker, re.M)
    job = {"key": "a", "optimizer": "adam", "batchSize": 256, "rates": [0.01, 0.1], "epochs": 2}
    request = {"table": TABLE.ravel().tolist(), "columns": 6, "held": 300}
    request["jobs"] = [{**job, "seeds": 1, "sorted": False}] * 2
    script = tmp_path / "worker.cjs"
    script.write_text(
        "let ask; const postMessage = (one) => console.log(JSON.stringify(one));"
        f"const addEventListener = (_, listener) => {{ ask = listener; }};\n{worker}\n"
        f"ask({{ data: {json.dumps(request)} }});"
    )
    done = subprocess.run([NODE, script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    replies = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["kind"] for one in replies] == ["run", "run", "cell", "run", "run", "cell", "end"]
    assert [one["done"] for one in replies if one["kind"] == "run"] == [1, 2, 3, 4]
    assert {one["total"] for one in replies if one["kind"] == "run"} == {4}


def test_the_plan_holds_the_rows_out_and_ends_with_all_others():
    assert PLAN["batch_sizes"][-1] + PLAN["held_out"] == N
    assert all(rates == sorted(set(rates)) for rates in PLAN["rates"].values())
    names = Network().table_of_settings
    assert {f"{name}_rate" for name in PLAN["rates"]} <= set(names)
    assert all(one["parameter"].startswith("network-") for one in names.values())


def test_the_still_quotes_errors_of_its_own_runs():
    figure, sentence = Network.still()
    (axes,) = figure.axes
    training, test = [line.get_ydata() for line in axes.lines]
    first, last = map(float, re.findall(r"(0\.\d+) with", sentence))
    assert (first, last) == (pytest.approx(test[0], abs=6e-4), pytest.approx(test[-1], abs=6e-4))
    assert test[0] < test[-1]
    assert training.shape == (4,)


def test_a_wrong_setting_is_refused():
    with pytest.raises(ValueError, match="num_epochs=51: must be an integer 1 to 50"):
        Network(num_epochs=51)
    with pytest.raises(ValueError, match="rates='all': must be one of 'best of a list', 'my own'"):
        Network(rates="all")
