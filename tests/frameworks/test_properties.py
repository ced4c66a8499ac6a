"""What holds for any sizes, numbers and minibatches, beside NumPy, in every flavour."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from tests.fuzz.flavours import as_numpy, load
from tests.fuzz.framework import run_sgd
from tests.fuzz.training import loss_of, take_step
from tests.properties import SEEDS, examples

SIDES = st.integers(1, 6)
RATES = st.integers(1, 30).map(lambda hundredths: hundredths / 100)


def uniform(seed, *shape):
    """Return numbers from -1 to 1: with them no step of at most 0.3 is too long."""
    return np.random.default_rng(seed).uniform(-1, 1, shape).astype("float32")


@pytest.fixture(scope="session")
def flavour(name, words):
    """Return the words of the fuzz; those of these tests come first, they set up devices."""
    return load(name)


def epoch(loader):
    """Return the sizes of the minibatches, and the rows of all of them together."""
    batches = [[as_numpy(part) for part in batch] for batch in loader]
    rows = [np.concatenate(part) for part in zip(*batches, strict=True)]
    return [[len(part) for part in batch] for batch in batches], rows


# --- Minibatches


@examples(15)
@given(n=st.integers(1, 40), batch_size=st.integers(1, 45), is_train=st.booleans(), seed=SEEDS)
def test_an_epoch_has_each_row_once_and_the_last_minibatch_is_what_is_left(
    flavour, n, batch_size, is_train, seed
):
    table = np.arange(6 * n, dtype="float32").reshape(n, 2, 3)
    flavour.seed(seed)
    loader = flavour.d2l.load_array((table, table[:, 0, 0]), batch_size, is_train)
    sizes, (rows, firsts) = epoch(loader)
    left = n % batch_size
    assert sizes == [[batch_size] * 2] * (n // batch_size) + [[left] * 2] * (left > 0)
    assert len(loader) == len(sizes)
    np.testing.assert_array_equal(firsts, rows[:, 0, 0])
    order = np.argsort(firsts) if is_train else np.arange(n)
    np.testing.assert_array_equal(rows[order], table)


@examples(10)
@given(n=st.integers(1, 40), batch_size=st.integers(1, 45), seed=SEEDS)
def test_a_seed_repeats_the_orders_of_all_epochs(flavour, n, batch_size, seed):
    loader = flavour.d2l.load_array((np.arange(n, dtype="float32"),), batch_size)

    def orders():
        flavour.seed(seed)
        return [epoch(loader)[1][0].tolist() for _ in range(3)]

    first = orders()
    assert orders() == first
    assert n < 10 or first[0] != first[1]  # equal once in millions of times


@examples(10)
@given(cuts=st.lists(SIDES, min_size=1, max_size=4), seed=SEEDS)
def test_the_mean_loss_is_that_of_the_table_however_it_is_cut(flavour, cuts, seed):
    X, y = uniform(seed, sum(cuts), 2), uniform(seed + 1, sum(cuts))
    ends = np.cumsum(cuts)[:-1]
    pairs = zip(np.split(X, ends), np.split(y, ends), strict=True)
    batches = [[flavour.array(part) for part in pair] for pair in pairs]
    found = flavour.d2l.evaluate_loss(lambda X: X[:, :1], batches, flavour.d2l.squared_loss)
    assert found == pytest.approx(((X[:, 0] - y) ** 2).mean() / 2, rel=1e-5)


# --- Functions


@examples(15)
@given(n=SIDES, inner=SIDES, seed=SEEDS)
def test_predictions_are_those_of_numpy(flavour, n, inner, seed):
    parts = uniform(seed, n, inner), uniform(seed + 1, inner, 1), uniform(seed + 2, 1)
    found = as_numpy(flavour.d2l.linreg(*map(flavour.array, parts)))
    X, w, b = parts
    assert found.shape == (n, 1)
    np.testing.assert_allclose(found, X @ w + b, atol=1e-5)


@examples(15)
@given(shape=st.lists(SIDES, min_size=1, max_size=3), is_flat=st.booleans(), seed=SEEDS)
def test_half_the_squared_error_has_the_shape_of_the_predictions(flavour, shape, is_flat, seed):
    y_hat, y = uniform(seed, *shape), uniform(seed + 1, *shape)
    targets = y.ravel() if is_flat else y
    found = as_numpy(flavour.d2l.squared_loss(flavour.array(y_hat), flavour.array(targets)))
    assert found.shape == tuple(shape)
    np.testing.assert_allclose(found, (y_hat - y) ** 2 / 2, atol=1e-6)


@examples(15)
@given(
    shapes=st.lists(st.lists(SIDES, min_size=1, max_size=2), min_size=1, max_size=3),
    lr=RATES,
    seed=SEEDS,
)
def test_a_step_of_sgd_is_that_of_numpy(flavour, shapes, lr, seed):
    pairs = [(uniform(seed + i, *s), uniform(seed + 9 + i, *s)) for i, s in enumerate(shapes)]
    params = [flavour.parameter(p.copy(), g.copy()) for p, g in pairs]
    found = run_sgd(flavour, {"params": params, "states": None, "hyperparams": {"lr": lr}})
    assert len(found) == len(pairs)
    for new, (p, g) in zip(found, pairs, strict=True):
        np.testing.assert_allclose(new, p - lr * g, atol=1e-5)


# --- Runs


@pytest.mark.parametrize("way", ["scratch", "concise"])
@examples(4)
@given(
    d=st.integers(1, 4),
    n=st.integers(1, 30),
    batch_size=st.integers(1, 33),
    num_epochs=st.integers(1, 3),
    lr=RATES,
    seed=SEEDS,
)
def test_a_run_takes_the_path_of_numpy(flavour, way, d, n, batch_size, num_epochs, lr, seed):
    X, y = uniform(seed, n, d), uniform(seed + 1, n)
    data_iter = flavour.d2l.load_array((X, y), batch_size, is_train=False)
    flavour.seed(seed)
    with flavour.d2l.quiet():
        if way == "scratch":
            rule = flavour.d2l.sgd
            log = flavour.d2l.train_ch11(rule, None, {"lr": lr}, data_iter, d, num_epochs)
        else:
            rates = {flavour.rate: lr}
            log = flavour.d2l.train_concise_ch11(flavour.concise, rates, data_iter, num_epochs)
    flavour.seed(seed)
    w = np.append(as_numpy(flavour.start(d)).astype(float), 0.0)
    table = np.c_[X, np.ones(n)].astype(float)
    for start in list(range(0, n, batch_size)) * num_epochs:
        rows = slice(start, start + batch_size)
        w = take_step(w, table[rows], y[rows], lr)
    assert log.examples[-1] == n * num_epochs
    assert log.losses[-1] == pytest.approx(loss_of(w, [(table, y)]), rel=1e-3, abs=1e-6)
