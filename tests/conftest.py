"""What can be collected in this environment."""

from importlib.util import find_spec

import pytest

# The environments of TensorFlow and MXNet hold what the tests of a flavour need, and no more.
collect_ignore = [] if find_spec("torch") else ["built", "chapter", "lab", "unit"]

pytest.register_assert_rewrite("tests.built.checks")
