"""The loop that all frameworks share, with steps and losses that a test makes up."""

import math

import numpy as np
import pytest

from d2lmini import loader, training

WHITE = np.random.default_rng(0).normal(size=(8, 2))


def batches(*sizes, columns=2):
    """Minibatches of ones."""
    return [(np.ones((size, columns)), np.ones(size)) for size in sizes]


def check(data_iter, num_epochs=1, hyperparams=None, rate="lr", **more):
    return training.check_arguments(data_iter, num_epochs, hyperparams or {}, rate, **more)


class Losses:
    """Return the given losses one after the other."""

    def __init__(self, *values):
        self.left = list(values)

    def __call__(self):
        return self.left.pop(0)


@pytest.fixture
def clock(monkeypatch):
    """A clock that a test moves on: ``clock[0] += seconds``."""
    now = [100.0]
    monkeypatch.setattr("d2lmini.timer.time.perf_counter", lambda: now[0])
    return now


# --- How often


@pytest.mark.parametrize(
    ("n", "expected"),
    [(1, 200), (1500, 200), (1503, 200), (1507, 200), (1508, 201), (15_000, 2000), (15_014, 2001)],
)
def test_a_log_point_each_two_fifteenths_of_the_data_but_at_least_each_200(n, expected):
    assert training.log_interval(n) == expected


def logged(sizes, num_epochs=1, n=None):
    """The examples at each log point of a quiet run."""
    with training.quiet():
        data = batches(*sizes)
        n = sum(sizes) if n is None else n
        return training.train(lambda X, y: None, lambda: 1.0, data, n, num_epochs).examples


def test_log_points_are_at_the_first_minibatch_behind_each_200_examples_and_at_the_end():
    assert logged([200, 200, 200]) == [200, 400, 600]
    assert logged([199, 1, 199, 2]) == [200, 401]
    assert logged([150, 150, 150], num_epochs=2) == [300, 450, 600, 900]
    assert logged([399, 1, 10]) == [399, 400, 410]
    assert logged([10]) == [10]
    assert logged([1]) == [1]
    assert logged([10], num_epochs=3) == [30]
    assert logged([1000, 1000, 1000], n=3000) == [1000, 2000, 3000]
    assert logged([300, 300], n=3000) == [600]


# --- A run


def test_every_minibatch_gives_one_step_in_order_in_each_epoch():
    data = [(np.full((1, 1), k), np.array([10 * k])) for k in range(3)]
    steps = []
    with training.quiet():
        training.train(lambda X, y: steps.append((X[0, 0], y[0])), lambda: 1.0, data, 3, 2)
    assert steps == [(0, 0), (1, 10), (2, 20)] * 2


def test_a_log_has_the_time_of_the_steps_alone(clock):
    """Neither evaluating nor what precedes the first step counts."""

    def evaluate():
        clock[0] += 1000
        return 0.5

    def step(X, y):
        clock[0] += 2

    with training.quiet():
        log = training.train(step, evaluate, batches(200, 200, 50), 450, 1)
    assert log.seconds == [2, 4, 6]
    assert log.losses == [0.5] * 3
    assert log.examples == [200, 400, 450]


def test_the_clock_is_read_when_the_device_has_finished(clock):
    """What a device still does belongs to the lap before, and none to the first."""
    waiting = [7.0]

    def synchronize():
        clock[0] += waiting[0]
        waiting[0] = 0.0

    def step(X, y):
        waiting[0] += 3.0

    with training.quiet():
        log = training.train(step, lambda: 1.0, batches(200, 100), 300, 1, synchronize)
    assert log.seconds == [3, 6]


def test_a_run_without_anything_to_wait_for_needs_no_function_for_it():
    with training.quiet():
        assert training.train(lambda X, y: 1, lambda: 1.0, batches(4), 4, 1).losses == [1.0]


@pytest.mark.parametrize("end", [math.inf, math.nan])
def test_a_run_stops_at_the_first_loss_that_is_not_finite(end):
    steps = []
    evaluate = Losses(1.0, 2.0, end)
    with training.quiet():
        log = training.train(lambda X, y: steps.append(1), evaluate, batches(*[200] * 5), 1000, 3)
    assert len(steps) == 2
    assert log.examples == [200, 400]
    assert log.losses[0] == 2
    assert not math.isfinite(log.losses[1])


def test_a_run_draws_its_points_by_epochs_and_reports(monkeypatch, capsys, clock):
    made, points = [], []

    class Recorder:
        def __init__(self, *args, **kwargs):
            made.append((args, kwargs))

        def add(self, x, y):
            points.append((x, y))

    def step(X, y):
        clock[0] += 1

    monkeypatch.setattr(training, "Animator", Recorder)
    evaluate = Losses(0.5, 0.4, 0.3, 0.25)
    training.train(step, evaluate, batches(200, 100), 300, 2)
    assert made == [(("epoch", "loss"), {"xlim": (0, 2)})]
    assert points == [(200 / 300, 0.4), (500 / 300, 0.3), (2.0, 0.25)]
    assert capsys.readouterr().out == "loss: 0.250, 2.000 sec/epoch\n"


def test_a_run_that_overflows_says_of_how_many_epochs(monkeypatch, capsys, clock):
    evaluate = Losses(0.5, math.inf)
    training.train(lambda X, y: None, evaluate, batches(200, 200), 400, 3)
    assert capsys.readouterr().out == (
        "diverged: the loss is inf after 0.50 of 3 epochs (it began at 0.5), 0.000 sec/epoch\n"
    )


def test_a_quiet_run_draws_and_prints_nothing(monkeypatch, capsys):
    monkeypatch.setattr(training, "Animator", lambda *args, **kwargs: pytest.fail("drawn"))
    with training.quiet():
        training.train(lambda X, y: None, lambda: 1.0, batches(4), 4, 1)
    assert capsys.readouterr().out == ""


def test_quiet_ends_after_an_error_too_and_can_be_nested(capsys):
    def run():
        training.train(lambda X, y: None, lambda: 1.0, batches(4), 4, 1)
        return capsys.readouterr().out != ""

    with pytest.raises(KeyError), training.quiet():
        raise KeyError
    assert run()
    with training.quiet():
        with training.quiet():
            assert not run()
        assert not run()
    assert run()


# --- What it says at its end


def report(losses, start=0.5, seconds=3.0, examples=20, n=10, num_epochs=4):
    return training.report(
        training.Log([1.0, seconds], losses, [1, examples]), start, n, num_epochs
    )


def test_a_report_has_the_last_loss_and_the_time_of_an_epoch():
    assert report([0.9, 0.2434]) == "loss: 0.243, 1.500 sec/epoch"
    assert report([0.9, 0.5]) == "loss: 0.500, 1.500 sec/epoch"  # as it began is not worse


def test_a_report_of_a_run_that_grew():
    assert (
        report([0.4, 0.7512])
        == "diverged: the loss grew from 0.5 to 0.751, 1.500 sec/epoch"
    )  # fmt: skip


@pytest.mark.parametrize("loss", [math.inf, math.nan])
def test_a_report_of_a_run_that_overflowed(loss):
    assert report([0.4, loss], start=0.49326, examples=25) == (
        f"diverged: the loss is {loss} after 2.50 of 4 epochs (it began at 0.493), 1.200 sec/epoch"
    )


# --- A log


def test_a_log_is_a_pair_with_examples():
    log = training.Log([1.0], [0.5], [10])
    assert tuple(log) == ([1.0], [0.5])
    assert (log.seconds, log.losses, log.examples) == ([1.0], [0.5], [10])
    assert training.Log([1.0], [0.5]).examples == ()


# --- Arguments


def test_of_a_loader_all_features_are_returned_and_of_a_list_the_first():
    data_iter = loader.ArrayLoader((WHITE, WHITE[:, 0], WHITE[:, 1]), 3, True)
    X, y, n = check(data_iter, feature_dim=2)
    assert X is WHITE
    np.testing.assert_array_equal(y, WHITE[:, 0])
    assert n == 8
    data = batches(3, 2, 1)
    X, y, n = check(data)
    assert X is data[0][0]
    assert y is data[0][1]
    assert n == 6


def message(kind, *args, **kwargs):
    """What the error says that the arguments give."""
    with pytest.raises(kind) as caught:
        check(*args, **kwargs)
    return str(caught.value)


def test_a_rate_is_checked_under_its_name_and_may_be_required():
    check(batches(1), hyperparams={"lr": 0.1}, rate_required=True)
    check(batches(1))
    said = message(ValueError, batches(1), hyperparams={"eta": -1}, rate="eta")
    assert said == "eta=-1: must be a finite number > 0"
    said = message(ValueError, batches(1), rate_required=True)
    assert said == "hyperparams={}: must have 'lr', a finite number > 0"


def test_data_that_ends_is_refused():
    once = iter(batches(1))
    assert message(TypeError, once) == (
        f"data_iter={once!r}: can be gone through only once; must be a list of minibatches or a "
        "loader, which every epoch can go through again"
    )


def test_data_of_another_kind_or_shape_is_refused():
    whole = [(np.ones((2, 2), int), np.ones(2))]
    assert message(TypeError, whole) == (
        "data_iter with features of type int64: must be floating-point numbers, such as float32"
    )
    for shape in ((3,), (3, 2, 1)):
        assert message(ValueError, [(np.ones(shape), np.ones(3))]) == (
            f"data_iter with features of shape {shape}: must have rows and columns"
        )


def test_the_number_of_columns_is_that_of_the_data():
    check(batches(1), feature_dim=2)
    said = message(ValueError, batches(1), feature_dim=3)
    assert said == "feature_dim=3: must be 2, the columns of the data"
    assert message(TypeError, batches(1), feature_dim=2.0).startswith("feature_dim=2.0: must be")


@pytest.mark.parametrize(("num_epochs", "kind"), [(0, ValueError), (1.0, TypeError)])
def test_epochs_are_a_number_above_zero(num_epochs, kind):
    said = message(kind, batches(1), num_epochs)
    assert said == f"num_epochs={num_epochs}: must be an integer >= 1"


def test_no_data_and_empty_minibatches_are_refused():
    assert message(ValueError, []) == "data_iter=[]: must hold at least one example"
    for sizes in ((0,), (3, 0)):
        said = message(ValueError, batches(*sizes))
        assert said.startswith("data_iter=[(array(")
        assert said.endswith(": each minibatch must hold at least one example")


# --- The mean loss


class Fading:
    """Minibatches that are there for some passes only, and afterwards empty or missing."""

    def __init__(self, passes, then):
        self.left, self.then = passes, then

    def __iter__(self):
        self.left -= 1
        return iter([(np.ones((3, 2)), np.ones(3))] if self.left >= 0 else self.then)


@pytest.mark.parametrize("passes", [0, 1])
@pytest.mark.parametrize("then", [[], [(np.ones((0, 2)), np.ones(0))]])
def test_data_that_fades_is_named(passes, then):
    data_iter = Fading(passes, then)

    def evaluate():
        return training.mean_over_examples(lambda X, y: 1.0, data_iter) if passes else 1.0

    with training.quiet(), pytest.raises(ValueError, match=r"^data_iter=.*must hold at least one"):
        training.train(lambda X, y: None, evaluate, data_iter, 3, 2)


def test_the_mean_is_over_examples_whatever_the_minibatches():
    data = [(np.array([[1.0], [2.0], [6.0]]), None), (np.array([[7.0]]), None)]
    assert training.mean_over_examples(lambda X, y: float(X.sum()), data) == 4
    seen = []

    def batch_loss(X, y):
        seen.append((X.tolist(), y.tolist()))
        return 0.0

    training.mean_over_examples(batch_loss, loader.ArrayLoader((WHITE, WHITE[:, 0]), 2, True))
    assert seen == [(WHITE.tolist(), WHITE[:, 0].tolist())]


def test_there_is_no_mean_of_nothing():
    with pytest.raises(ValueError, match=r"^data_iter=\[\]: must hold at least one example$"):
        training.mean_over_examples(lambda X, y: 0.0, [])
    with pytest.raises(ValueError, match=r"^data_iter=\[\(.*: each minibatch must hold at least"):
        training.mean_over_examples(lambda X, y: 0.0, batches(1, 0))


# --- Minibatches of NumPy arrays


def test_a_loader_of_numpy_arrays_has_each_row_once_in_an_order_that_a_seed_repeats():
    rows = np.arange(10_000.0)
    data_iter = loader.ArrayLoader((rows, -rows), 7, True)

    def epoch():
        pairs = list(data_iter)
        assert {len(x) for x, _ in pairs[:-1]} == {7}
        assert len(pairs) == len(data_iter)
        assert all((x == -y).all() for x, y in pairs)
        return np.concatenate([x for x, _ in pairs]).tolist()

    np.random.seed(0)  # noqa: NPY002
    first, second = epoch(), epoch()
    np.random.seed(0)  # noqa: NPY002
    assert epoch() == first != second
    assert sorted(first) == sorted(second) == rows.tolist()
    still = loader.ArrayLoader((rows,), 4096, False)
    assert np.concatenate([x for (x,) in still]).tolist() == rows.tolist()
