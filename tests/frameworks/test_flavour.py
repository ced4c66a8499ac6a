"""What every flavour of the package promises, in the words of its framework."""

import ast
import inspect
import re
import sys
from pathlib import Path

import numpy as np
import pytest

import d2lmini

SOURCES = Path(d2lmini.__file__).parent
FLAVOURS = ("torch", "tensorflow", "mxnet", "jax")
LINE = re.compile(r"loss: \d\.\d{3}, \d+\.\d{3} sec/epoch\n")


def as_numpy(tensor):
    """Copy a tensor, variable or array of any framework."""
    if hasattr(tensor, "asnumpy"):
        return tensor.asnumpy().astype(float)
    if hasattr(tensor, "detach"):
        tensor = tensor.detach().numpy()
    return np.array(tensor, dtype=float)


@pytest.fixture
def run(d2l, words):
    def train(lr, batch_size, num_epochs=2, seed=0, device=None):
        words.seed(seed)
        data_iter, feature_dim = d2l.get_data_ch11(batch_size, device=device)
        return d2l.train_ch11(d2l.sgd, None, {"lr": lr}, data_iter, feature_dim, num_epochs)

    return train


@pytest.fixture
def run_concise(d2l, words):
    def train(lr, batch_size, num_epochs=2, seed=0, device=None):
        words.seed(seed)
        data_iter, _ = d2l.get_data_ch11(batch_size, device=device)
        return d2l.train_concise_ch11(words.concise, {words.rate: lr}, data_iter, num_epochs)

    return train


def test_no_other_framework_is_loaded(d2l, name):
    assert [other for other in FLAVOURS if other in sys.modules] == [name]


def test_every_flavour_has_the_same_names_in_the_same_order(d2l):
    defined = set()
    for flavour in FLAVOURS:
        tree = ast.parse((SOURCES / f"{flavour}.py").read_text())
        names = [
            node.name
            for node in tree.body
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
        ]
        defined.add(tuple(names))
    assert len(defined) == 1, defined
    assert d2l.__all__ == d2lmini.__all__
    assert all(hasattr(d2l, name) for name in d2l.__all__)


def test_every_public_function_is_documented(d2l):
    for name in d2l.__all__:
        thing = getattr(d2l, name)
        if inspect.isfunction(thing) and thing.__module__.startswith("d2lmini"):
            assert all(
                argument in thing.__doc__ for argument in inspect.signature(thing).parameters
            )


@pytest.mark.parametrize(
    ("lr", "batch_size", "num_epochs", "highest"),
    [(0.9, 1500, 10, 0.2425), (0.005, 1, 2, 0.27), (0.4, 100, 2, 0.27), (0.05, 10, 2, 0.27)],
    ids=["gd", "sgd", "b=100", "b=10"],
)
def test_final_losses_of_five_seeds(d2l, run, lr, batch_size, num_epochs, highest):
    with d2l.quiet():
        finals = [run(lr, batch_size, num_epochs, seed)[1][-1] for seed in range(5)]
    assert all(0.2417 <= loss <= highest for loss in finals), finals
    assert 0.242 <= np.median(finals) <= 0.248


def test_final_losses_of_the_concise_version(d2l, run_concise):
    with d2l.quiet():
        finals = [run_concise(0.05, 10, seed=seed)[1][-1] for seed in range(5)]
    assert all(0.2417 <= loss <= 0.27 for loss in finals), finals
    assert 0.242 <= np.median(finals) <= 0.248


@pytest.mark.parametrize(("lr", "batch_size"), [(0.9, 1500), (0.4, 64), (0.05, 10)])
def test_concise_takes_the_same_path_as_scratch(d2l, run, run_concise, lr, batch_size):
    with d2l.quiet():
        scratch, concise = run(lr, batch_size)[1], run_concise(lr, batch_size)[1]
    np.testing.assert_allclose(scratch, concise, rtol=1e-4)


def test_agrees_with_plain_numpy(d2l):
    """A rule that records the parameters before and after a step shows the gradient behind it."""
    path = []

    def rule(params, *rest):
        before = np.concatenate([as_numpy(p).ravel() for p in params])
        returned = d2l.sgd(params, *rest)  # the new parameters in JAX, otherwise None
        after = params if returned is None else returned
        path.append((before, np.concatenate([as_numpy(p).ravel() for p in after])))
        return returned

    data_iter, feature_dim = d2l.get_data_ch11(1500)
    X, y = (as_numpy(tensor) for tensor in data_iter.tensors)
    X = np.c_[X, np.ones(len(X))]
    with d2l.quiet():
        d2l.train_ch11(rule, None, {"lr": 0.5}, data_iter, feature_dim, 3)
    for before, after in path:
        expected = before - 0.5 * X.T @ (X @ before - y) / len(X)
        np.testing.assert_allclose(after, expected, atol=1e-5)
    assert len(path) == 3


@pytest.mark.parametrize("batch_size", [1, 7, 64, 200, 256, 1500])
def test_a_point_each_200_examples_and_at_the_end(run, capsys, batch_size):
    log = run(0.001, batch_size, 1)
    seconds, losses = log
    passed = {end // 200 for end in range(batch_size, 1500, batch_size)} - {0}
    assert len(seconds) == len(losses) == len(log.examples) == len(passed) + 1
    assert {examples // 200 for examples in log.examples[:-1]} == passed
    assert log.examples[-1] == 1500
    assert seconds == sorted(seconds)
    assert LINE.fullmatch(capsys.readouterr().out)


def test_a_seed_repeats_a_run_and_another_does_not(d2l, run):
    with d2l.quiet():
        first, again, other = run(0.05, 10), run(0.05, 10), run(0.05, 10, seed=1)
    assert first[1] == again[1] != other[1]


def test_the_loader_gives_each_row_once_in_a_new_order(d2l, words):
    rows = np.arange(50, dtype="float32")
    loader = d2l.load_array((words.array(rows), words.array(2 * rows)), 8)
    epochs = []
    for _ in range(2):
        batches = [(as_numpy(x).ravel(), as_numpy(y).ravel()) for x, y in loader]
        assert [len(x) for x, _ in batches] == [8] * 6 + [2]
        assert len(loader) == 7
        for x, y in batches:
            np.testing.assert_array_equal(y, 2 * x)
        epochs.append(np.concatenate([x for x, _ in batches]))
        assert sorted(epochs[-1]) == list(rows)
    assert list(epochs[0]) != list(epochs[1])
    still = d2l.load_array((words.array(rows),), 50, is_train=False)
    assert list(as_numpy(next(iter(still))[0]).ravel()) == list(rows)


def test_other_loaders_and_optimizers_work_too(d2l, words):
    arrays = d2l.get_data_ch11(10)[0].tensors
    general = words.general(arrays, 10)
    with d2l.quiet():
        _, losses = d2l.train_ch11(d2l.sgd, None, {"lr": 0.05}, general, 5)
        _, concise = d2l.train_concise_ch11(words.adam, {words.rate: 0.01}, general, 2)
    assert len(losses) == len(concise) == 15
    assert max(losses[-1], concise[-1]) < 0.27


def test_library_losses_give_the_mean_over_all_examples(d2l, words):
    """Targets of shape (n,) beside outputs of shape (n, 1) must not become an (n, n) table."""
    data_iter, _ = d2l.get_data_ch11(64)
    X, y = (as_numpy(tensor) for tensor in data_iter.tensors)
    exact = float(((X[:, 0] - y) ** 2).mean() / 2)
    for loss, times in [(d2l.squared_loss, 1), *words.losses]:
        for batches in (data_iter, list(data_iter)):
            found = d2l.evaluate_loss(lambda X: X[:, :1], batches, loss) / times
            assert found == pytest.approx(exact, rel=1e-4), loss


def test_a_loss_is_one_for_each_example_or_one_for_all(d2l, words):
    """One for each number of a table of targets is fine, too."""
    batches = [(words.array(np.ones((6, 2))), words.array(np.ones(6)))]
    for count in (1, 6, 12):
        losses = words.array(np.full(count, 2.0))
        assert d2l.evaluate_loss(lambda X: X[:, :1], batches, lambda *_, a=losses: a) == 2
    for count in (0, 4, 5):
        losses = words.array(np.full(count, 2.0))
        with pytest.raises(ValueError, match=rf"^loss that returns {count} values for 6 examples"):
            d2l.evaluate_loss(lambda X: X[:, :1], batches, lambda *_, a=losses: a)


@pytest.mark.parametrize(("kind", "y_hat", "y"), [("int32", 70000, 0), ("int8", 100, -100)])
def test_the_error_of_integers_does_not_overflow(d2l, words, kind, y_hat, y):
    pair = (words.array(np.array([number], kind), dtype=kind) for number in (y_hat, y))
    np.testing.assert_allclose(as_numpy(d2l.squared_loss(*pair)), (y_hat - y) ** 2 / 2)


def test_a_mask_is_not_dropped_silently(d2l, name):
    """JAX itself takes no array that may have a mask."""
    table = np.ma.masked_array([1.0, 2.0], [0, 1])
    message = "array=(?s:.*): must have no masked number$"
    if name == "jax":
        message = "numpy masked arrays are not supported"
    with pytest.raises(ValueError, match=f"^{message}"):
        d2l.load_array([table], 2)
    if name != "jax":
        assert len(d2l.load_array([table[:1]], 2)) == 1


@pytest.mark.parametrize("kind", ["float64", "float16"])
def test_the_parameters_take_the_type_of_the_data(d2l, words, kind):
    if kind in words.missing_kinds:
        pytest.skip(f"no {kind} in {d2l.__name__} here: {words.missing_kinds[kind]}")
    arrays = [as_numpy(t).astype(kind) for t in d2l.get_data_ch11(10)[0].tensors]
    data_iter = d2l.load_array([words.array(a, dtype=kind) for a in arrays], 10)
    kinds = set()

    def rule(params, *rest):
        kinds.update(str(p.dtype) for p in params)
        return d2l.sgd(params, *rest)

    with d2l.quiet():
        _, losses = d2l.train_ch11(rule, None, {"lr": 0.05}, data_iter, 5)
        _, concise = d2l.train_concise_ch11(words.concise, {words.rate: 0.05}, data_iter, 2)
    assert len(kinds) == 1
    assert kind in kinds.pop()
    assert max(losses[-1], concise[-1]) < 0.27


def test_data_that_cannot_be_trained_on(d2l, words):
    whole = d2l.load_array([words.array(np.ones((4, 5), "int32")), words.array(np.ones(4))], 2)
    with pytest.raises(TypeError, match=r"features of type .*int.*: must be floating-point"):
        d2l.train_ch11(d2l.sgd, None, {"lr": 0.1}, whole, 5)
    once = (batch for batch in d2l.get_data_ch11(10)[0])
    with pytest.raises(TypeError, match=r"data_iter=<generator .*: can be gone through only once"):
        d2l.train_concise_ch11(words.concise, {words.rate: 0.1}, once)
    with pytest.raises(ValueError, match=r"hyperparams={}: must have 'lr'"):
        d2l.train_ch11(d2l.sgd, None, {}, d2l.get_data_ch11(10)[0], 5)


def test_log_points_do_not_grow_with_the_data(d2l, words):
    counts = []
    for times in (10, 100):
        arrays = [np.concatenate([as_numpy(t)] * times) for t in d2l.get_data_ch11(10)[0].tensors]
        data_iter = d2l.load_array([words.array(a, dtype="float32") for a in arrays], 1500)
        with d2l.quiet():
            counts.append(len(d2l.train_ch11(d2l.sgd, None, {"lr": 0.1}, data_iter, 5, 1)[1]))
    assert counts == [7, 8]


def test_the_tensor_names_of_the_optimization_chapter(d2l):
    x = d2l.arange(-1.0, 1.0, 0.25)
    assert d2l.numpy(x).tolist() == list(np.arange(-1, 1, 0.25))
    for name in ("sin", "cos", "sinh", "cosh", "tanh", "exp", "abs"):
        found = as_numpy(getattr(d2l, name)(x))
        np.testing.assert_allclose(found, getattr(np, name)(as_numpy(x)), rtol=1e-5)
    assert isinstance(d2l.numpy(x), np.ndarray)
    assert as_numpy(d2l.zeros((5, 1))).tolist() == [[0.0]] * 5
    assert as_numpy(d2l.ones(3)).tolist() == [1.0] * 3
    assert float(d2l.tensor(0.5)) == 0.5
    assert as_numpy(d2l.linspace(-1.0, 1.0, 5)).tolist() == [-1, -0.5, 0, 0.5, 1]
    across, up = d2l.meshgrid(d2l.linspace(0.0, 1.0, 3), d2l.linspace(0.0, 2.0, 3), indexing="ij")
    assert as_numpy(across)[:, 0].tolist() == [0, 0.5, 1]
    assert as_numpy(up)[0].tolist() == [0, 1, 2]


def test_on_the_best_device(d2l, run, run_concise):
    device = d2l.best_device()
    with d2l.quiet():
        for train in (run, run_concise):
            np.testing.assert_allclose(
                train(0.4, 100)[1], train(0.4, 100, device=device)[1], rtol=1e-4
            )
    assert d2l.median_time(lambda: None, 0.001) > 0


def test_the_data_decides_the_device(d2l, words):
    if words.second_device is None:
        pytest.skip("tests/unit/test_device.py has a second device for PyTorch")
    data_iter, feature_dim = d2l.get_data_ch11(100, device=words.second_device)
    assert {str(words.device_of(t)) for t in data_iter.tensors} == {words.second_device_name}
    devices = set()

    def rule(params, *rest):
        devices.update(str(words.device_of(p)) for p in params)
        return d2l.sgd(params, *rest)

    with d2l.quiet():
        d2l.train_ch11(rule, None, {"lr": 0.4}, data_iter, feature_dim)
    assert devices == {words.second_device_name}


def test_a_seed_gives_the_same_run_on_every_device(d2l, words, run, run_concise):
    if words.second_device is None:
        pytest.skip("PyTorch has no second device here that computes")
    with d2l.quiet():
        for train in (run, run_concise):
            here, there = train(0.4, 100)[1], train(0.4, 100, device=words.second_device)[1]
            np.testing.assert_allclose(here, there, rtol=1e-4)


def test_the_clock_waits_for_the_device(d2l, monkeypatch):
    """At the start and at each of the eight log points it is read only when the work is done."""
    calls = []
    monkeypatch.setattr(d2l, "synchronize", calls.append)
    with d2l.quiet():
        d2l.train_ch11(d2l.sgd, None, {"lr": 0.4}, d2l.get_data_ch11(100)[0], 5, num_epochs=1)
    assert len(calls) == 1 + 8


def test_a_device_that_is_not_there(d2l, words):
    for load in (d2l.get_data_ch11, lambda device: d2l.load_array([np.ones(3)], 1, device=device)):
        with pytest.raises(ValueError, match=r"device=.*: must be one this machine has"):
            load(device=words.wrong_device)


@pytest.mark.parametrize("lr", [0, -0.1, float("nan"), float("inf")])
def test_learning_rates_that_make_no_sense(run, run_concise, lr):
    for train in (run, run_concise):
        with pytest.raises(ValueError, match=rf"{lr!r}: must be a finite number > 0"):
            train(lr, 10)


def test_arguments_out_of_range(d2l, run, words):
    with pytest.raises(ValueError, match=r"num_epochs=0: must be an integer >= 1"):
        run(0.1, 10, 0)
    with pytest.raises(ValueError, match=r"batch_size=0: must be an integer >= 1"):
        d2l.get_data_ch11(0)
    with pytest.raises(ValueError, match=r"feature_dim=4: must be 5"):
        d2l.train_ch11(d2l.sgd, None, {"lr": 0.1}, d2l.get_data_ch11(10)[0], 4)
    with pytest.raises(ValueError, match=r"lengths \[2, 3\]"):
        d2l.load_array((words.array([1.0, 2.0]), words.array([1.0, 2.0, 3.0])), 1)
    with pytest.raises(ValueError, match="at least one example"):
        d2l.evaluate_loss(lambda X: X, [], d2l.squared_loss)


def test_divergence_is_named(run, capsys):
    run(1.0, 1500, 50)
    assert capsys.readouterr().out.startswith("diverged: the loss grew")


def test_the_comparison_figure_of_the_section(d2l):
    def train_sgd(lr, batch_size, num_epochs=2):
        data_iter, feature_dim = d2l.get_data_ch11(batch_size)
        return d2l.train_ch11(d2l.sgd, None, {"lr": lr}, data_iter, feature_dim, num_epochs)

    results = [train_sgd(1, 1500, 10), train_sgd(0.4, 100), train_sgd(0.05, 10)]
    d2l.set_figsize([6, 3])
    d2l.plot(
        *list(map(list, zip(*results))),  # noqa: B905
        "time (sec)",
        "loss",
        xlim=[1e-2, 10],
        legend=["gd", "batch size=100", "batch size=10"],
    )
    d2l.plt.gca().set_xscale("log")
    assert [len(line.get_xdata()) for line in d2l.plt.gca().lines] == [10, 15, 15]
