"""What can be collected in this environment."""

from importlib.util import find_spec

# The environments of the other frameworks hold what the tests of a flavour need, and no more.
collect_ignore = [] if find_spec("torch") else ["built", "chapter", "lab", "unit"]
