"""What can be collected in this environment, and which helpers explain why they fail."""

from importlib.util import find_spec

import pytest

# The environments of the other frameworks hold what the tests of a flavour need, and no more.
collect_ignore = [] if find_spec("torch") else ["built", "chapter", "lab", "unit"]

pytest.register_assert_rewrite("tests.built.checks")
