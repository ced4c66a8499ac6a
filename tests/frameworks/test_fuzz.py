"""A short fuzz of the flavour: `make fuzz` is the long one."""

from tests.fuzz.run import describe, functions_of, fuzz

CALLS = {"torch": 300, "jax": 120, "tensorflow": 200, "mxnet": 300}


def test_each_call_is_right_or_an_error(d2l, name):
    report = fuzz(name, CALLS[name], seed=1)
    assert not report.faults, describe(report, name, 1)
    assert report.calls.total() == CALLS[name]
    assert len(report.calls) > 0.8 * len(functions_of(name))
    assert report.right.total() > CALLS[name] / 4
