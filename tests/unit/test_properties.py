"""What holds for any sizes, numbers and minibatches, of what no framework changes."""

import math
from xml.etree import ElementTree

import numpy as np
import pytest
import torch
from hypothesis import given, strategies as st

from d2lmini import Timer, parallel, train_2d
from d2lmini._checks import check_integer, check_limits, check_positive
from d2lmini.animator import Animator
from d2lmini.explore import explore
from d2lmini.lab.settings import check_setting
from d2lmini.loader import ArrayLoader
from d2lmini.plotting import plot, plt
from d2lmini.svg import forms, inline_svg
from d2lmini.training import log_interval, mean_over_examples, quiet, train
from tests.properties import SEEDS, examples

NUMBERS = st.floats(-1e6, 1e6)


# --- Minibatches and log points


@examples(60)
@given(n=st.integers(1, 9000), batch_size=st.integers(1, 9500), is_shuffled=st.booleans())
def test_an_epoch_has_each_row_once_and_the_last_minibatch_is_what_is_left(
    n, batch_size, is_shuffled
):
    """Beyond the rows that are permuted at once, too."""
    rows = np.arange(n)
    loader = ArrayLoader((rows, -rows), batch_size, is_shuffled)
    batches = list(loader)
    left = n % batch_size
    assert [len(x) for x, _ in batches] == [batch_size] * (n // batch_size) + [left] * (left > 0)
    assert len(loader) == len(batches)
    seen, negative = (np.concatenate(part) for part in zip(*batches, strict=True))
    np.testing.assert_array_equal(seen, -negative)
    np.testing.assert_array_equal(np.sort(seen) if is_shuffled else seen, rows)
    np.testing.assert_array_equal(np.concatenate([x for x, _ in loader.in_order()]), rows)


@examples(60)
@given(sizes=st.lists(st.integers(1, 900), min_size=1, max_size=12), num_epochs=st.integers(1, 3))
def test_a_point_is_logged_behind_each_interval_and_at_the_end(sizes, num_epochs):
    n = sum(sizes)
    steps = []
    batches = [(range(size), None) for size in sizes]
    with quiet():
        log = train(
            lambda X, y: steps.append(len(X)), lambda: float(len(steps)), batches, n, num_epochs
        )
    ends = np.cumsum(sizes * num_epochs)
    passed = ends // log_interval(n)
    is_logged = np.diff(passed, prepend=0) > 0
    is_logged[-1] = True
    assert steps == sizes * num_epochs
    assert list(log.examples) == ends[is_logged].tolist()
    assert log.losses == (np.flatnonzero(is_logged) + 1).tolist()
    assert log.seconds == sorted(log.seconds)


@examples(60)
@given(table=st.lists(st.lists(NUMBERS, min_size=1, max_size=5), min_size=1, max_size=5))
def test_the_mean_is_that_of_all_examples_however_they_are_cut(table):
    found = mean_over_examples(lambda X, y: sum(X), [(row, None) for row in table])
    assert found == pytest.approx(np.mean(np.concatenate(table)), rel=1e-9, abs=1e-6)


# --- Times


@examples(60)
@given(laps=st.lists(st.floats(0, 1e5), min_size=1, max_size=20))
def test_a_timer_adds_and_averages_its_laps(laps):
    ticks = iter(np.cumsum([0.0, *laps]).repeat(2)[:-1].tolist())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("d2lmini.timer.time.perf_counter", lambda: next(ticks))
        timer = Timer()
        for _ in laps:
            timer.start()
            timer.stop()
    close = {"rel": 1e-6, "abs": 1e-6}
    assert timer.times == pytest.approx(laps, **close)
    assert timer.sum() == pytest.approx(np.sum(laps), **close)
    assert timer.avg() == pytest.approx(np.mean(laps), **close)
    assert timer.cumsum() == pytest.approx(np.cumsum(laps), **close)


# --- Workers


@examples(60)
@given(n=st.integers(0, 60), world_size=st.integers(1, 70))
def test_shards_hold_each_row_once_in_order_and_are_equally_long(n, world_size):
    rows = torch.arange(n)
    shards = [parallel.shard(rows, rank, world_size) for rank in range(world_size)]
    assert torch.cat(shards).tolist() == list(range(n))
    sizes = [len(shard) for shard in shards]
    assert sizes == [len(part) for part in np.array_split(np.arange(n), world_size)]


@examples(20)
@given(n=st.integers(1, 20), width=st.integers(1, 50), cut=st.integers(0, 20), seed=SEEDS)
def test_random_features_of_a_row_do_not_depend_on_the_others(n, width, cut, seed):
    X = torch.randn(n, 3, generator=torch.Generator().manual_seed(seed))
    whole = parallel.random_features(X, width)
    parts = [parallel.random_features(part, width) for part in (X[:cut], X[cut:])]
    torch.testing.assert_close(torch.cat(parts), whole)
    assert whole.abs().max() <= math.sqrt(2 / width) * (1 + 1e-6)


# --- Paths and pictures


@examples(40)
@given(
    matrix=st.lists(st.floats(-1, 1), min_size=4, max_size=4),
    steps=st.integers(0, 12),
    has_gradient=st.booleans(),
)
def test_a_linear_rule_takes_powers_of_its_matrix(matrix, steps, has_gradient):
    A = np.reshape(matrix, (2, 2))

    def multiply(x1, x2):
        return A @ (x1, x2)

    rules = (lambda x1, x2, *s: (*multiply(x1, x2), *s), lambda x1, x2, *s, g: (*g(x1, x2), *s))
    if has_gradient:
        path = train_2d(lambda *x: rules[1](*x[:4], g=x[4]), steps, multiply)
    else:
        path = train_2d(rules[0], steps)
    expected = [np.linalg.matrix_power(A, k) @ (-5, -2) for k in range(steps + 1)]
    np.testing.assert_allclose(path, expected, atol=1e-9)


POINTS = st.lists(st.tuples(NUMBERS, *[st.none() | NUMBERS] * 2), min_size=1, max_size=8)


@examples(25)
@given(points=POINTS)
def test_an_animator_keeps_the_points_of_each_line(points):
    animator = Animator()
    for x, *ys in points:
        animator.add(x, ys)
    animator.draw()
    for i in range(2):
        expected = [(point[0], point[i + 1]) for point in points if point[i + 1] is not None]
        assert list(zip(animator.X[i], animator.Y[i], strict=True)) == expected
        assert list(zip(*animator.axes[0].lines[i].get_data(), strict=True)) == expected


@examples(8)
@given(
    controls=st.dictionaries(
        st.sampled_from(["batch_size", "lr", "a"]),
        st.lists(st.integers(0, 9), min_size=1, max_size=3, unique=True),
        min_size=1,
        max_size=2,
    ),
    data=st.data(),
)
def test_every_position_of_the_sliders_shows_its_own_setting(controls, data):
    start = {name: data.draw(st.sampled_from(values)) for name, values in controls.items()}
    explorer = explore(lambda **_: plt.figure(figsize=(1, 1)), str_of, start, **controls)
    *sliders, picture = explorer.children
    assert {s.value for s in sliders} == set(start.values())
    shown = [picture]
    for values in controls.values():
        assert all(len(stack.children) == len(values) for stack in shown)
        shown = [child for stack in shown for child in stack.children]
    expected = [[]]
    for name, values in controls.items():
        expected = [[*setting, (name, value)] for setting in expected for value in values]
    for frame, setting in zip(shown, expected, strict=True):
        assert f">{str_of(**dict(setting))}</figcaption>" in frame.value


def str_of(**setting):
    return " ".join(f"{name}={value}" for name, value in setting.items())


DRAWN = forms(plt.figure(figsize=(1, 1)))["image/svg+xml"]


@examples(60)
@given(alt=st.text(" \t\n<>&\"'aé😀", max_size=9))
def test_the_words_of_a_picture_come_back_as_they_were(alt):
    root = ElementTree.fromstring(inline_svg(DRAWN, "p", alt))
    assert root.get("aria-label") == alt


@pytest.mark.parametrize(
    "wrong",
    [
        {"xscale": "nope"},
        {"yscale": "function"},
        {"xlabel": "a\0b"},
        {"legend": ["\x1b"]},
        {"fmts": ["-", "zz"]},
        {"X": [1, 2, 3]},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_refused_call_leaves_the_picture_that_was_there(wrong):
    """And names what is wrong."""
    axes = plt.figure().add_subplot()
    plot([1, 2], [3, 4], xlabel="before", axes=axes)
    (name,) = wrong
    with pytest.raises(ValueError, match=rf"^{name}\b.*: must (be|have) "):
        plot(**{"X": [1, 2], "Y": [5, 6], "xscale": "log", "axes": axes, **wrong})
    assert [list(line.get_ydata()) for line in axes.lines] == [[3, 4]]
    assert (axes.get_xlabel(), axes.get_xscale()) == ("before", "linear")
    plt.close("all")


# --- Checks of arguments


@examples(50)
@given(
    value=st.integers() | st.integers(-3, 9),
    kind=st.sampled_from([int, np.int64, np.array]),
    lowest=st.integers(-2, 4),
    more=st.none() | st.integers(0, 4),
)
def test_an_integer_is_returned_or_named_with_its_range(value, kind, lowest, more):
    given = kind(value) if abs(value) < 2**63 else value
    highest = None if more is None else lowest + more
    if lowest <= value and (highest is None or value <= highest):
        found = check_integer("rows", given, lowest, highest)
        assert (type(found), found) == (int, value)
        return
    with pytest.raises(ValueError, match=r"^rows=.*: must be an integer ") as error:
        check_integer("rows", given, lowest, highest)
    assert repr(given) in str(error.value)
    assert str(lowest) in str(error.value).rpartition("integer")[2]


@examples(50)
@given(value=st.floats() | st.integers() | st.sampled_from([True, False, "1", "", None]))
def test_a_number_above_zero_is_returned_or_named(value):
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if is_number and 0 < value < 1e308:
        assert check_positive("lr", value) == value
    elif not is_number or not value > 0 or math.isinf(value):
        with pytest.raises((TypeError, ValueError), match=r"(?s)^lr=.*: must be a finite number"):
            check_positive("lr", value)


@examples(60)
@given(ends=st.lists(st.sampled_from([None, math.inf, math.nan]) | NUMBERS, max_size=3))
def test_limits_are_two_finite_numbers(ends):
    if len(ends) == 2 and all(end is None or math.isfinite(end) for end in ends):
        assert check_limits("xlim", ends) == tuple(ends)
    else:
        with pytest.raises(ValueError, match=r"^xlim=.*: must be two finite numbers$"):
            check_limits("xlim", ends)


@examples(60)
@given(
    low=st.integers(-9, 9), more=st.integers(0, 9), value=st.integers(-30, 30) | st.floats(-30, 30)
)
def test_a_setting_is_in_its_range(low, more, value):
    table = {"lr": {"range": [low, low + more]}}
    if low <= value <= low + more:
        assert check_setting(table, "lr", value) == value
    else:
        with pytest.raises(ValueError, match=rf"^lr=.*: must be a number {low} to {low + more}$"):
            check_setting(table, "lr", value)
