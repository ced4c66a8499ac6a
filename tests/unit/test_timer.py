import pytest

from d2lmini import Timer, torch as d2l
from d2lmini.timer import median_time


def test_laps(monkeypatch):
    times = iter([10.0, 11.0, 20.0, 23.0])
    monkeypatch.setattr("d2lmini.timer.time.perf_counter", lambda: next(times))
    timer = Timer()
    assert timer.stop() == 1.0
    timer.start()
    assert timer.stop() == 3.0
    assert timer.times == [1.0, 3.0]
    assert (timer.sum(), timer.avg(), timer.cumsum()) == (4.0, 2.0, [1.0, 4.0])


def test_average_of_nothing():
    with pytest.raises(ValueError, match=r"times=\[\]: avg\(\) needs at least one lap"):
        Timer().avg()


@pytest.mark.parametrize("time", [median_time, d2l.median_time])
@pytest.mark.parametrize("bad", [float("inf"), float("nan"), 0, -1.0])
def test_measuring_for_no_time_or_for_ever(time, bad):
    with pytest.raises(ValueError, match=rf"min_run_time={bad!r}: must be a finite number > 0"):
        time(lambda: None, min_run_time=bad)


def test_median_of_blocks_of_warm_calls(monkeypatch):
    """A call of one second, but for a slow first and now and then a hitch."""
    now, calls = [0.0], [0]
    monkeypatch.setattr("d2lmini.timer.time.perf_counter", lambda: now[0])

    def call():
        calls[0] += 1
        now[0] += 100.0 if calls[0] == 1 else 7.0 if calls[0] % 5 == 0 else 1.0

    synchronized = []
    assert median_time(call, 20, lambda: synchronized.append(calls[0])) == 1.0
    assert synchronized == list(range(1, calls[0] + 1))
