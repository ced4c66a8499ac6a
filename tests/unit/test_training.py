import math
import pickle
import re

import numpy as np
import pytest
import torch
from torch.utils.data import DataLoader, SubsetRandomSampler, TensorDataset

from d2lmini import torch as d2l

LINE = re.compile(r"loss: \d\.\d{3}, \d+\.\d{3} sec/epoch\n")


def run(lr, batch_size, num_epochs=2, seed=0, rule=d2l.sgd, states=None):
    torch.manual_seed(seed)
    data_iter, feature_dim = d2l.get_data_ch11(batch_size)
    return d2l.train_ch11(rule, states, {"lr": lr}, data_iter, feature_dim, num_epochs)


def run_concise(lr, batch_size, num_epochs=2, seed=0):
    torch.manual_seed(seed)
    data_iter, _ = d2l.get_data_ch11(batch_size)
    return d2l.train_concise_ch11(torch.optim.SGD, {"lr": lr}, data_iter, num_epochs)


@pytest.mark.parametrize(
    ("train", "lr", "batch_size"),
    [(run, 0.005, 1), (run, 0.4, 100), (run, 0.05, 10), (run_concise, 0.05, 10)],
    ids=["sgd", "b=100", "b=10", "concise"],
)
def test_final_losses_of_ten_seeds(train, lr, batch_size):
    with d2l.quiet():
        finals = [train(lr, batch_size, seed=seed)[1][-1] for seed in range(10)]
    assert all(0.2417 <= loss <= 0.270 for loss in finals)
    assert 0.242 <= np.median(finals) <= 0.248


def test_gradient_descent_reaches_the_floor():
    with d2l.quiet():
        finals = [run(0.9, 1500, 10, seed=seed)[1][-1] for seed in range(10)]
    assert all(0.2417 <= loss <= 0.2425 for loss in finals)


def test_gradient_descent_at_learning_rate_one_diverges(capsys):
    _, losses = run(1.0, 1500, 50)
    lowest = int(np.argmin(losses))
    assert 3 <= lowest <= 8
    assert losses[lowest] < 0.25 < losses[29] < losses[-1]
    assert capsys.readouterr().out.startswith("diverged: the loss grew from 0.49")


def test_overflow_ends_the_run_and_says_so(capsys):
    seconds, losses = run(5.0, 1500, 300)
    assert not math.isfinite(losses[-1])
    assert len(seconds) == len(losses) < 300
    assert re.match(r"diverged: the loss is (inf|nan) after \d+", capsys.readouterr().out)


@pytest.mark.parametrize("batch_size", [1, 7, 64, 128, 199, 200, 201, 256, 512, 1000, 1500])
@pytest.mark.parametrize("num_epochs", [1, 2])
def test_a_point_each_200_examples_and_at_the_end(batch_size, num_epochs, capsys, monkeypatch):
    points = []
    monkeypatch.setattr("d2lmini.animator.Animator.add", lambda self, x, y: points.append(x))
    log = run(0.001, batch_size, num_epochs)

    ends = [min(k * batch_size, 1500) for k in range(1, -(-1500 // batch_size) + 1)]
    ends = [1500 * epoch + end for epoch in range(num_epochs) for end in ends]
    expected, logged = [], 0
    for end in ends:
        if end // 200 > logged // 200 or end == ends[-1]:
            expected.append(end / 1500)
            logged = end
    assert points == expected == [examples / 1500 for examples in log.examples]
    assert points[-1] == num_epochs
    assert len(log.seconds) == len(log.losses) == len(points)
    assert log.seconds == sorted(log.seconds)
    assert LINE.fullmatch(capsys.readouterr().out)


def test_every_batch_size_logs(capsys):
    with d2l.quiet():
        for batch_size in range(1, 1501, 37):
            torch.manual_seed(0)
            data_iter, feature_dim = d2l.get_data_ch11(batch_size, n=400)
            _, losses = d2l.train_ch11(d2l.sgd, None, {"lr": 0.01}, data_iter, feature_dim, 1)
            assert 1 <= len(losses) <= 2
    assert capsys.readouterr().out == ""


def test_the_clock_stops_while_a_point_is_drawn(monkeypatch):
    now = [0.0]
    monkeypatch.setattr("d2lmini.timer.time.perf_counter", lambda: now[0])

    def slow_point(self, x, y):
        now[0] += 1000.0

    def rule(params, states, hyperparams):
        now[0] += 1.0

    monkeypatch.setattr("d2lmini.animator.Animator.add", slow_point)
    seconds, _ = run(0.1, 500, 2, rule=rule)
    assert seconds == [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]


def test_sec_per_epoch_is_the_time_of_an_epoch(monkeypatch, capsys):
    now = [0.0]
    monkeypatch.setattr("d2lmini.timer.time.perf_counter", lambda: now[0])

    def rule(params, states, hyperparams):
        now[0] += 1.0

    run(0.1, 100, 2, rule=rule)
    assert "15.000 sec/epoch" in capsys.readouterr().out


def test_concise_takes_the_same_path_as_scratch():
    with d2l.quiet():
        for lr, batch_size in ((0.9, 1500), (0.4, 100), (0.05, 10), (0.005, 1)):
            np.testing.assert_allclose(
                run(lr, batch_size)[1], run_concise(lr, batch_size)[1], rtol=1e-4
            )


def test_agrees_with_plain_numpy():
    torch.manual_seed(5)
    data_iter, _ = d2l.get_data_ch11(64)
    w = torch.normal(0.0, 0.01, size=(5, 1)).double().numpy().ravel()
    w, expected = np.append(w, 0.0), []
    X, y = (t.double().numpy() for t in data_iter.tensors)
    X = np.c_[X, np.ones(len(X))]
    for _ in range(2):
        for Xb, yb in data_iter:
            Xb = np.c_[Xb.numpy(), np.ones(len(Xb))]
            w = w - 0.2 * Xb.T @ (Xb @ w - yb.numpy()) / len(Xb)
        expected.append(((X @ w - y) ** 2).mean() / 2)
    with d2l.quiet():
        _, losses = run(0.2, 64, seed=5)
    assert losses[-1] == pytest.approx(expected[-1], rel=1e-5)


def test_a_rule_need_not_clear_the_gradients():
    def forgetful(params, states, hyperparams):
        with torch.no_grad():
            for p in params:
                p -= hyperparams["lr"] * p.grad

    with d2l.quiet():
        np.testing.assert_allclose(run(0.05, 10, rule=forgetful)[1], run(0.05, 10)[1], rtol=1e-6)


def test_other_loaders_work_too():
    X, y = d2l.get_data_ch11(10)[0].tensors
    torch.manual_seed(0)
    general = DataLoader(TensorDataset(X, y), batch_size=10, shuffle=True)
    with d2l.quiet():
        _, losses = d2l.train_ch11(d2l.sgd, None, {"lr": 0.05}, general, 5)
        _, concise = d2l.train_concise_ch11(torch.optim.Adam, {"lr": 0.01}, general, 2)
        plain = list(general)
        _, counted = d2l.train_ch11(d2l.sgd, None, {"lr": 0.05}, plain, 5)
    assert len(losses) == len(concise) == len(counted) == 15
    assert max(losses[-1], concise[-1], counted[-1]) < 0.27


@pytest.mark.parametrize("lr", [0, -0.1, float("nan"), float("inf")])
@pytest.mark.parametrize("train", [run, run_concise])
def test_learning_rates_that_make_no_sense(lr, train):
    with pytest.raises(ValueError, match=rf"lr={lr!r}: must be a finite number > 0"):
        train(lr, 10)


def test_sgd_takes_one_step_and_sets_the_gradients_to_zero():
    p = torch.ones(1, requires_grad=True)
    (3 * p).sum().backward()
    d2l.sgd([p], None, {"lr": 0.25})
    assert (p.item(), p.grad.item()) == (0.25, 0)


@pytest.mark.parametrize("num_epochs", [0, -1])
def test_epochs_out_of_range(num_epochs):
    with pytest.raises(ValueError, match=rf"num_epochs={num_epochs}: must be an integer >= 1"):
        run(0.1, 10, num_epochs)


def test_epochs_of_the_wrong_type():
    with pytest.raises(TypeError, match=r"num_epochs=1\.5: must be an integer >= 1"):
        run(0.1, 10, 1.5)


def test_wrong_feature_dim():
    data_iter, _ = d2l.get_data_ch11()
    with pytest.raises(ValueError, match=r"feature_dim=4: must be 5"):
        d2l.train_ch11(d2l.sgd, None, {"lr": 0.1}, data_iter, 4)


def test_the_concise_version_makes_as_many_epochs_as_the_originals(capsys):
    with d2l.quiet():
        data_iter, _ = d2l.get_data_ch11(100)
        _, losses = d2l.train_concise_ch11(torch.optim.SGD, {"lr": 0.4}, data_iter)
    assert len(losses) == 30  # four epochs, as in the original's PyTorch version


def copies_of_the_table(times):
    X, y = d2l.get_data_ch11(10)[0].tensors
    return X.repeat(times, 1), y.repeat(times)


def test_log_points_do_not_grow_with_the_data():
    counts = []
    for times in (1, 10, 100):
        data_iter = d2l.load_array(copies_of_the_table(times), 1500)
        with d2l.quiet():
            log = d2l.train_ch11(d2l.sgd, None, {"lr": 0.1}, data_iter, 5, 1)
        counts.append(len(log.losses))
    assert counts == [1, 7, 8]


@pytest.mark.parametrize("kind", ["sampler", "drop_last", "list"])
def test_the_examples_of_a_pass_are_those_that_go_by(kind, monkeypatch, capsys):
    X, y = d2l.get_data_ch11(10)[0].tensors
    rows = TensorDataset(X, y)
    data_iter, passed = {
        "sampler": (DataLoader(rows, 10, sampler=SubsetRandomSampler(range(100))), 100),
        "drop_last": (DataLoader(rows, 1000, drop_last=True), 1000),
        "list": ([(X[:30], y[:30]), (X[30:50], y[30:50])], 50),
    }[kind]
    now, points = [0.0], []
    monkeypatch.setattr("d2lmini.timer.time.perf_counter", lambda: now[0])
    monkeypatch.setattr("d2lmini.animator.Animator.add", lambda self, x, y: points.append(x))

    def rule(params, states, hyperparams):
        now[0] += 1.0

    d2l.train_ch11(rule, None, {}, data_iter, 5, num_epochs=2)
    steps = -(-passed // len(next(iter(data_iter))[0]))
    assert points[-1] == 2
    assert f"{steps:.3f} sec/epoch" in capsys.readouterr().out


@pytest.mark.parametrize("dtype", [torch.float64, torch.float16])
def test_the_parameters_take_the_type_of_the_data(dtype):
    X, y = d2l.get_data_ch11(10)[0].tensors
    kinds = set()

    def rule(params, states, hyperparams):
        kinds.update(p.dtype for p in params)
        d2l.sgd(params, states, hyperparams)

    data_iter = d2l.load_array((X.to(dtype), y.to(dtype)), 10)
    with d2l.quiet():
        _, losses = d2l.train_ch11(rule, None, {"lr": 0.05}, data_iter, 5)
        _, concise = d2l.train_concise_ch11(torch.optim.SGD, {"lr": 0.05}, data_iter, 2)
    assert kinds == {dtype}
    assert max(losses[-1], concise[-1]) < 0.27


def test_numpy_tables_of_the_readers_own():
    X, y = (t.double().numpy() for t in d2l.get_data_ch11(10)[0].tensors)
    with d2l.quiet():
        data_iter = d2l.load_array((X, y), 10)
        _, losses = d2l.train_ch11(d2l.sgd, None, {"lr": 0.05}, data_iter, 5)
    assert losses[-1] < 0.27


def both_ways(data_iter):
    with d2l.quiet():
        yield lambda: d2l.train_ch11(d2l.sgd, None, {"lr": 0.1}, data_iter, 5)
        yield lambda: d2l.train_concise_ch11(torch.optim.SGD, {"lr": 0.1}, data_iter)


def test_data_that_is_not_floating_point():
    data_iter = d2l.load_array((torch.ones(20, 5, dtype=torch.int64), torch.ones(20)), 10)
    for train in both_ways(data_iter):
        with pytest.raises(TypeError, match=r"features of type torch\.int64: must be floating"):
            train()


def test_data_that_can_be_gone_through_only_once():
    general = d2l.get_data_ch11(10)[0]
    for train in both_ways(batch for batch in general):
        with pytest.raises(TypeError, match=r"data_iter=<generator .*only once; must be a list"):
            train()


@pytest.mark.parametrize("rows", [[], [0], [10, 0, 10]])
def test_data_without_an_example(rows):
    data_iter = [(torch.ones(n, 5), torch.ones(n)) for n in rows]
    for train in both_ways(data_iter):
        with pytest.raises(ValueError, match=r"data_iter=\[.*must hold at least one example"):
            train()
    with pytest.raises(ValueError, match=r"data_iter=\[.*must hold at least one example"):
        d2l.evaluate_loss(lambda X: X[:, 0], data_iter, d2l.squared_loss)


@pytest.mark.parametrize("lr", ["0.05", b"1", True, None, [0.1]])
@pytest.mark.parametrize("train", [run, run_concise])
def test_learning_rates_that_are_no_numbers(lr, train):
    with pytest.raises(TypeError, match=rf"lr={re.escape(repr(lr))}: must be a finite number > 0"):
        train(lr, 10)


@pytest.mark.parametrize("train", [run, run_concise])
def test_learning_rates_that_would_be_negated_to_positive_ones(train):
    message = r"lr=(np\.uint8\()?2\)?: must be of a type with negative numbers"
    with pytest.raises(TypeError, match=message):
        train(np.uint8(2), 10)


def test_sgd_without_a_learning_rate():
    data_iter, feature_dim = d2l.get_data_ch11()
    with pytest.raises(ValueError, match=r"hyperparams={}: must have 'lr', a finite number > 0"):
        d2l.train_ch11(d2l.sgd, None, {}, data_iter, feature_dim)


def test_quiet_ends_with_its_block(capsys):
    with d2l.quiet():
        run(0.05, 100)
    assert capsys.readouterr().out == ""
    run(0.05, 100)
    assert LINE.fullmatch(capsys.readouterr().out)


def test_a_log_unpacks_as_a_pair_and_survives_a_copy():
    with d2l.quiet():
        log = run(0.4, 100)
    seconds, losses = log
    assert (seconds, losses) == (log.seconds, log.losses)
    copied = pickle.loads(pickle.dumps(log))
    assert (copied, copied.examples) == (log, log.examples)
