import pytest

from d2lmini import Timer


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
