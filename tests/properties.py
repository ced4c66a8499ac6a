"""What the property tests have in common: how many examples, always the same ones, and seeds."""

from hypothesis import HealthCheck, settings, strategies as st

SEEDS = st.integers(0, 2**31 - 1)


def examples(count):
    """Return the settings of a property: so many examples, the same ones each time."""
    return settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
