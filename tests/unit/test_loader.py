import tracemalloc

import numpy as np
import pytest
import torch

from d2lmini import torch as d2l


def pairs(n):
    return torch.arange(n, dtype=torch.float32), np.arange(n) * 10


@pytest.mark.parametrize("batch_size", [1, 3, 7, 10, 12])
def test_every_row_once_and_rows_stay_together(batch_size):
    data_iter = d2l.load_array(pairs(10), batch_size)
    for _ in range(2):
        batches = list(data_iter)
        assert len(batches) == len(data_iter) == -(-10 // batch_size)
        assert {len(a) for a, _ in batches[:-1]} <= {batch_size}
        a = torch.cat([a for a, _ in batches])
        b = torch.cat([b for _, b in batches])
        assert sorted(a.tolist()) == list(range(10))
        assert torch.equal(a * 10, b.float())


def test_each_epoch_has_its_own_order_and_a_seed_repeats_it():
    data_iter = d2l.load_array(pairs(100), 100)

    def orders(seed):
        torch.manual_seed(seed)
        return [next(iter(data_iter))[0].tolist() for _ in range(2)]

    first, second = orders(3)
    assert first != second
    assert orders(3) == [first, second]
    assert orders(4) != [first, second]


def test_not_for_training_keeps_the_order():
    (only,) = d2l.load_array([torch.arange(5)], 5, is_train=False)
    assert only[0].tolist() == [0, 1, 2, 3, 4]


def test_any_number_of_arrays():
    (batch,) = d2l.load_array([torch.zeros(4, 2), np.ones(4), torch.ones(4, 1, 3)], 4)
    assert [tuple(part.shape) for part in batch] == [(4, 2), (4,), (4, 1, 3)]


@pytest.mark.parametrize("batch_size", [0, -3])
def test_batch_size_out_of_range(batch_size):
    with pytest.raises(ValueError, match=rf"batch_size={batch_size}: must be an integer >= 1"):
        d2l.load_array(pairs(4), batch_size)


@pytest.mark.parametrize("batch_size", [2.0, "2", True, None])
def test_batch_size_of_the_wrong_type(batch_size):
    with pytest.raises(TypeError, match=r"batch_size=.*: must be an integer >= 1"):
        d2l.get_data_ch11(batch_size)


@pytest.mark.parametrize("lengths", [(), (0,), (3, 4), (0, 0)])
def test_unequal_or_empty_arrays(lengths):
    with pytest.raises(ValueError, match=r"data_arrays with lengths \["):
        d2l.load_array([torch.zeros(n) for n in lengths], 1)


def test_airfoil_loader():
    data_iter, feature_dim = d2l.get_data_ch11()
    X, y = next(iter(data_iter))
    assert feature_dim == 5
    assert (tuple(X.shape), tuple(y.shape)) == ((10, 5), (10,))
    assert len(data_iter) == 150
    with pytest.raises(ValueError, match=r"n=2000: must be an integer 1 to 1503"):
        d2l.get_data_ch11(n=2000)


@pytest.mark.parametrize("batch_size", [1, 7, 64, 1500])
def test_loss_does_not_depend_on_the_batch_size(batch_size):
    def net(X):
        return X.sum(1, keepdim=True)

    data_iter, _ = d2l.get_data_ch11(batch_size)
    general = torch.utils.data.DataLoader(
        torch.utils.data.TensorDataset(*data_iter.tensors), batch_size
    )
    X, y = data_iter.tensors
    expected = float(((X.double().sum(1) - y.double()) ** 2).mean() / 2)
    ours = d2l.evaluate_loss(net, data_iter, d2l.squared_loss)
    assert ours == d2l.evaluate_loss(net, d2l.get_data_ch11(3)[0], d2l.squared_loss)
    assert ours == pytest.approx(expected, rel=1e-5)
    assert d2l.evaluate_loss(net, general, d2l.squared_loss) == pytest.approx(expected, rel=1e-5)


def test_evaluating_leaves_the_random_order_alone():
    data_iter, _ = d2l.get_data_ch11(100)
    torch.manual_seed(0)
    d2l.evaluate_loss(lambda X: X[:, :1], data_iter, d2l.squared_loss)
    watched = next(iter(data_iter))[0]
    torch.manual_seed(0)
    assert torch.equal(watched, next(iter(data_iter))[0])


def test_evaluating_nothing_is_an_error():
    with pytest.raises(ValueError, match=r"data_iter=\[\]: must hold at least one example"):
        d2l.evaluate_loss(lambda X: X, [], d2l.squared_loss)


def test_a_minibatch_does_not_wait_for_the_views_of_all_others():
    data_iter = d2l.load_array((torch.zeros(200_000, 5), torch.zeros(200_000)), 1)
    tracemalloc.start()
    next(iter(data_iter))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5e6  # all views at once are over 20 MB of Python objects


@pytest.mark.parametrize("batch_size", [1, 7, 4096, 5000, 10_001])
@pytest.mark.parametrize("is_train", [True, False])
def test_many_rows_are_all_there_once_in_batches_of_one_size(batch_size, is_train):
    rows = torch.arange(10_000.0)
    batches = [x for (x,) in d2l.load_array((rows,), batch_size, is_train)]
    assert {len(x) for x in batches[:-1]} <= {batch_size}
    assert len(batches) == -(-10_000 // batch_size)
    seen = torch.cat(batches)
    assert torch.equal(seen.sort().values, rows)
    assert torch.equal(seen, rows) is not is_train


def test_the_loss_of_many_rows_is_evaluated_in_pieces():
    sizes = []

    def net(X):
        sizes.append(len(X))
        return X[:, :1]

    X, y = torch.randn(5000, 5), torch.randn(5000)
    loss = d2l.evaluate_loss(net, d2l.load_array((X, y), 10), d2l.squared_loss)
    assert max(sizes) <= 2048
    assert sum(sizes) == 5000
    assert loss == pytest.approx(float(((X[:, 0] - y) ** 2).mean() / 2), rel=1e-5)
