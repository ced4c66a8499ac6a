"""PyTorch's functions one by one, on a few numbers."""

import contextlib

import numpy as np
import pytest
import torch

from d2lmini import torch as d2l, training

X = torch.tensor([[1.0, 2.0], [3.0, -1.0], [0.5, 4.0]])
Y = torch.tensor([1.0, -2.0, 0.5])


def said(kind, function, *args, **kwargs):
    """The whole text of the error that a call raises."""
    with pytest.raises(kind) as caught:
        function(*args, **kwargs)
    return str(caught.value)


@pytest.fixture
def quietly():
    with d2l.quiet():
        yield


# --- Tensors and devices


def test_numpy_of_a_tensor_with_a_gradient():
    x = torch.ones(2, requires_grad=True)
    assert isinstance(d2l.numpy(x), np.ndarray)
    assert d2l.numpy(x).tolist() == [1, 1]
    bits = torch.view_as_complex(torch.ones(1, 2)).conj()
    assert d2l.numpy(bits, force=True).tolist() == [1 - 1j]
    with pytest.raises(TypeError):
        d2l.numpy(x, 1, 2, 3)


def test_the_best_device_is_asked_for_one_that_is_there(monkeypatch):
    asked = []

    def current(*args, **kwargs):
        asked.append((args, kwargs))

    monkeypatch.setattr(torch.accelerator, "current_accelerator", current)
    assert d2l.best_device() == torch.device("cpu")
    assert asked == [((), {"check_available": True})]


def test_an_array_becomes_a_tensor_of_its_kind_on_its_device():
    assert d2l.to_device(np.float32([1, 2])).dtype == torch.float32
    assert d2l.to_device([1, 2]).tolist() == [1, 2]
    assert d2l.to_device(X) is X
    assert d2l.to_device(X, "meta").device == torch.device("meta")
    away = X.to("meta")
    assert d2l.to_device(away) is away


@pytest.mark.parametrize("failure", [RuntimeError, AssertionError])
def test_a_device_that_is_not_there(failure, monkeypatch):
    def empty(size, device):
        raise failure

    monkeypatch.setattr(torch, "empty", empty)
    monkeypatch.setattr(d2l, "best_device", lambda: torch.device("cuda:0"))
    assert said(ValueError, d2l.to_device, X, "xpu") == (
        "device='xpu': must be one this machine has: ['cpu', 'cuda']"
    )


def test_a_loader_is_random_unless_asked_not_to_be():
    rows = torch.arange(64)
    assert d2l.load_array([rows], 8).is_shuffled is True
    loader = d2l.load_array([rows, -rows], 8, False)
    assert [x.tolist() for x, _ in loader] == rows.reshape(8, 8).tolist()
    assert isinstance(loader, d2l.ArrayLoader)
    assert (loader.batch_size, len(loader.tensors)) == (8, 2)
    assert d2l.load_array([rows], 8, device="meta").tensors[0].device.type == "meta"


def test_an_order_is_one_of_short_integers_that_a_seed_repeats():
    loader = d2l.load_array([torch.arange(50)], 50)
    torch.manual_seed(2)
    order = loader._permutation()
    torch.manual_seed(2)
    assert order.dtype == torch.int32
    assert torch.equal(order, torch.randperm(50, dtype=torch.int32))
    torch.manual_seed(2)
    assert torch.equal(next(iter(loader))[0], order)
    assert d2l.load_array([torch.arange(9)], 3, device="meta")._permutation().is_meta


# --- Model and loss


def test_the_linear_model_and_half_the_squared_error():
    w, b = torch.tensor([[2.0], [-1.0]]), torch.tensor([0.5])
    assert d2l.linreg(X, w, b).tolist() == [[0.5], [7.5], [-2.5]]
    errors = d2l.squared_loss(torch.tensor([[0.5], [7.0], [2.5]]), Y)
    assert errors.tolist() == [[0.125], [40.5], [2.0]]


def mean_of_rows(X):
    return X.mean(1, keepdim=True)


def test_half_the_squared_error_of_integers_does_not_overflow():
    for kind, y_hat, y in (("int32", 70000, 0), ("int8", 100, -100), ("uint8", 1, 3)):
        pair = (torch.tensor([number], dtype=getattr(torch, kind)) for number in (y_hat, y))
        assert d2l.squared_loss(*pair).tolist() == pytest.approx([(y_hat - y) ** 2 / 2])


@pytest.mark.parametrize("kind", ["none", "mean", "sum"])
def test_the_mean_loss_over_minibatches_of_several_sizes(kind):
    data = [(X[:2], Y[:2]), (X[2:], Y[2:])]
    loss = torch.nn.MSELoss(reduction=kind)
    found = d2l.evaluate_loss(mean_of_rows, data, loss)
    assert found == pytest.approx(float(((X.mean(1) - Y) ** 2).mean()), rel=1e-6)
    assert isinstance(found, float)


def test_evaluating_builds_no_graph():
    modes = []

    def net(X):
        modes.append(torch.is_grad_enabled())
        return X[:, :1]

    d2l.evaluate_loss(net, [(X, Y)], d2l.squared_loss)
    assert modes == [False]
    assert torch.is_grad_enabled()


def test_a_step_of_sgd_for_each_parameter():
    params = [torch.tensor([1.0, 2.0], requires_grad=True), torch.ones(1, requires_grad=True)]
    (params[0] * torch.tensor([3.0, -1.0])).sum().backward()
    (2 * params[1]).backward()
    assert d2l.sgd(params, None, {"lr": 0.5}) is None
    assert [p.tolist() for p in params] == [[-0.5, 2.5], [0.0]]
    assert [p.grad.tolist() for p in params] == [[0, 0], [0]]
    assert all(p.is_leaf and p.requires_grad for p in params)


# --- The section's data


def test_the_section_s_data():
    data_iter, feature_dim = d2l.get_data_ch11()
    assert (data_iter.batch_size, data_iter.num_examples, feature_dim) == (10, 1500, 5)
    assert data_iter.is_shuffled
    few, _ = d2l.get_data_ch11(3, 7)
    assert (few.batch_size, few.num_examples) == (3, 7)
    assert torch.equal(few.tensors[0], data_iter.tensors[0][:7])
    assert torch.equal(few.tensors[1], data_iter.tensors[1][:7])
    assert d2l.get_data_ch11(3, 7, "meta")[0].tensors[0].is_meta


# --- Runs


class Rule:
    """An update rule, or optimizer, that notes what it is given and changes nothing."""

    def __init__(self):
        self.seen = []

    def __call__(self, params, states, hyperparams):
        w, b = params
        values = (w.detach().clone(), b.detach().clone(), w.grad.clone(), b.grad.clone())
        self.seen.append((values, states, hyperparams))


def expected_gradient(w, b):
    errors = X @ w + b - Y.reshape(3, 1)
    return X.T @ errors / 3, errors.mean(0)


def test_a_rule_is_given_new_gradients_its_states_and_its_hyperparameters(quietly):
    rule, states, hyperparams = Rule(), object(), {"lr": 1, "beta": 2}
    torch.manual_seed(4)
    log = d2l.train_ch11(rule, states, hyperparams, [(X, Y)], 2)
    torch.manual_seed(4)
    w = torch.normal(0.0, 0.01, size=(2, 1))
    assert len(rule.seen) == 2  # epochs, by default
    for (w_seen, b_seen, *gradients), its_states, its_hyperparams in rule.seen:
        assert torch.equal(w_seen, w)
        assert b_seen.tolist() == [0]
        for found, wanted in zip(gradients, expected_gradient(w, 0), strict=True):
            torch.testing.assert_close(found, wanted)
        assert its_states is states
        assert its_hyperparams is hyperparams
    loss = float(d2l.squared_loss(X @ w, Y).mean())
    assert log.losses == [pytest.approx(loss, rel=1e-6)]  # below 200 examples: one, at the end
    assert log.examples == [6]


def test_the_weights_have_the_kind_of_the_data(quietly):
    rule = Rule()
    d2l.train_ch11(rule, None, {"lr": 1}, [(X.double(), Y.double())], 2, 1)
    ((values, _, _),) = rule.seen
    assert {value.dtype for value in values} == {torch.float64}


def test_a_run_in_pytorch_s_words_begins_and_steps_as_from_scratch(quietly):
    data = [(X, Y), (X[:2], Y[:2])]
    for lr, num_epochs in ((0.1, 3), (0.02, 1)):
        torch.manual_seed(6)
        scratch = d2l.train_ch11(d2l.sgd, None, {"lr": lr}, data, 2, num_epochs)
        torch.manual_seed(6)
        concise = d2l.train_concise_ch11(torch.optim.SGD, {"lr": lr}, data, num_epochs)
        assert concise.losses == pytest.approx(scratch.losses, rel=1e-6)
        assert concise.examples == scratch.examples == [5 * num_epochs]


def test_an_optimizer_is_given_the_parameters_and_all_its_words(quietly):
    made = []

    class Optimizer(torch.optim.SGD):
        def __init__(self, parameters, **words):
            parameters = list(parameters)
            made.append(([p.detach().clone() for p in parameters], words))
            super().__init__(parameters, **words)

    torch.manual_seed(8)
    words = {"lr": 0.1, "momentum": 0.9}
    log = d2l.train_concise_ch11(Optimizer, words, [(X.double(), Y.double())])
    torch.manual_seed(8)
    w = torch.empty(1, 2).normal_(std=0.01).double()
    (((weight, bias), its_words),) = made
    torch.testing.assert_close(weight, w)
    assert bias.tolist() == [0]
    assert its_words == words
    assert log.examples == [12]  # four epochs by default


def words_of_both():
    return [
        lambda hyperparams, data, **more: d2l.train_ch11(
            d2l.sgd, None, hyperparams, data, more.pop("feature_dim", 2), **more
        ),
        lambda hyperparams, data, **more: d2l.train_concise_ch11(
            torch.optim.SGD, hyperparams, data, **more
        ),
    ]


@pytest.mark.parametrize("train", words_of_both(), ids=["scratch", "concise"])
def test_arguments_are_checked_before_the_run(train):
    data = [(X, Y)]
    assert said(ValueError, train, {"lr": 0}, data) == "lr=0: must be a finite number > 0"
    assert said(ValueError, train, {"lr": 1}, []) == "data_iter=[]: must hold at least one example"
    assert said(ValueError, train, {"lr": 1}, data, num_epochs=0) == (
        "num_epochs=0: must be an integer >= 1"
    )


def test_only_sgd_of_the_section_needs_a_rate_and_the_columns_are_compared(quietly):
    scratch, _ = words_of_both()
    assert said(ValueError, scratch, {}, [(X, Y)]) == (
        "hyperparams={}: must have 'lr', a finite number > 0"
    )
    assert said(ValueError, scratch, {"lr": 1}, [(X, Y)], feature_dim=3) == (
        "feature_dim=3: must be 2, the columns of the data"
    )
    d2l.train_ch11(Rule(), None, {}, [(X, Y)], 2, 1)


@pytest.mark.parametrize("train", words_of_both(), ids=["scratch", "concise"])
def test_the_loop_is_given_the_whole_run(train, monkeypatch):
    """The examples of a pass, the passes, the loss over all the data, and what waits."""
    given, waited = [], []
    monkeypatch.setattr(d2l, "synchronize", waited.append)

    def loop(step, evaluate, data_iter, n, num_epochs, synchronize):
        before = evaluate()
        step(X, Y)
        synchronize()
        given.append((data_iter, n, num_epochs, before, evaluate()))
        return "log"

    monkeypatch.setattr(training, "train", loop)
    data = [(X, Y), (X[:2], Y[:2])]
    assert train({"lr": 0.01}, data, num_epochs=7) == "log"
    ((data_iter, n, num_epochs, before, after),) = given
    assert data_iter is data
    assert (n, num_epochs) == (5, 7)
    expected = (Y.square().sum() + Y[:2].square().sum()) / 10  # nearly: the weights are small
    assert before == pytest.approx(float(expected), rel=0.1)
    assert after < before
    assert waited == [X.device]


# --- Times


@pytest.mark.parametrize("words", [{}, {"min_run_time": 0.25}])
def test_a_time_is_measured_with_the_best_device(words, monkeypatch):
    given, waited = [], []

    def median_time(function, min_run_time, synchronize):
        synchronize()
        given.append((function, min_run_time))
        return 3.0

    monkeypatch.setattr(d2l.timer, "median_time", median_time)
    monkeypatch.setattr(d2l, "synchronize", waited.append)
    monkeypatch.setattr(d2l, "best_device", lambda: torch.device("meta"))
    function = contextlib.nullcontext
    assert d2l.median_time(function, **words) == 3.0
    assert given == [(function, words.get("min_run_time", 0.1))]
    assert waited == [torch.device("meta")]
